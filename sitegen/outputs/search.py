"""The index of a search: a file of titles, and files of words, of which a search reads a few.

A file of words has a line for each document that has any of them: its id of three characters, then
its words, each with its level (`content.words`). That is shorter than a list of documents for each
word, and nothing has to be turned around for it. How many files there are depends on the site, so
that each is worth its request; in which of them a word is, on its first two characters alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from posixpath import commonprefix
from urllib.parse import quote

from sitegen.model.output import Output
from sitegen.model.site import Findable
from sitegen.outputs.kind import OutputKind, RenderContext, SitePlan
from sitegen.site.search import ids_of
from sitegen.text.words import SHELVES

_TITLES, _WORDS = "search titles", "search words"
_OWNER = "the search index"
DOCUMENTS_OF_A_FILE = 4
"""Documents for each file of words, at least: then a file has some ten thousand characters, of
which a third is sent."""


_IN_SLUG = re.compile(r"[a-z0-9\x80-\U0010ffff]+")
_MOST_SHARED = 90
"""Characters that can be counted by one of ASCII."""


def files_of(documents: int) -> int:
    """How many files of words there are for so many documents: a power of two."""
    return min(SHELVES, 1 << max(0, (documents // DOCUMENTS_OF_A_FILE).bit_length() - 1))


def _plan_titles(site: SitePlan) -> Iterator[Output]:
    if "search" in site.facets:
        yield site.file("search/titles.json", _TITLES, _OWNER)


def _titles(_: Output, context: RenderContext) -> bytes:
    """What can be found, in order of the addresses, and in columns: they pack better than rows.

    Only what is left to say of each address is beside its title, since they are much alike.
    """
    base = context.view.read("site:base_path")
    found: Findable = context.view.read("search")
    urls = [url.removeprefix(base) for url in found.urls]
    rows = sorted(zip(urls, found.titles, ids_of(found.paths), found.minutes, strict=True))
    columns = {
        "files": files_of(len(rows)),
        "ids": "".join(row[2] for row in rows),
        "minutes": [row[3] for row in rows],
        "pages": [text for pair in _shortened(rows) for text in pair],
    }
    return json.dumps(columns, ensure_ascii=False, separators=(",", ":")).encode()


def _shortened(rows: Iterable[tuple[str, str, str, int]]) -> Iterator[tuple[str, str]]:
    """The addresses and titles of these rows, each address without what can be known.

    That is the slug of its title, of which a space takes the place; and what it then shares with
    the address before it, which one character counts: a space if it is none, `!` for one, and on.
    """
    before = ""
    for url, title, *_ in rows:
        head, slug, tail = url.rpartition(slug_of(title) or " ")
        rest = f"{head} {tail}" if slug else url
        shared = len(commonprefix((before, rest))[:_MOST_SHARED])
        yield chr(ord(" ") + shared) + rest[shared:], title
        before = rest


def slug_of(title: str) -> str:
    """A title as most addresses have it. `theme/scripts/search/index.js` has the same rule."""
    return quote("-".join(_IN_SLUG.findall(title.lower())))


def _plan_words(site: SitePlan) -> Iterator[Output]:
    found: Findable | None = site.facets.get("search")
    total = files_of(len(found.paths)) if found else 0
    for number in range(total):
        output = site.file(f"search/{number:02x}.txt", _WORDS, _OWNER)
        yield replace(output, number=number + 1, total=total)


def _words(output: Output, context: RenderContext) -> bytes:
    for shelf in _shelves(output):
        context.view.read(f"search:{shelf:02x}")
    return bytes(context.stored.words[output.path])


def _shelves(output: Output) -> range:
    """The shelves that are in a file of words: each one has whole shelves."""
    return range(output.number - 1, SHELVES, output.total)


def words_of_files(
    outputs: Sequence[Output], documents: Iterable[tuple[str, Mapping[int, str]]]
) -> Mapping[str, bytearray]:
    """What those of the outputs hold that are files of words, by path.

    `documents` are the ids and the words (`content.words`) of all that can be found, in order of
    their paths. They are looked at only if there is such an output, and each once.
    """
    files = {output.path: bytearray() for output in outputs if output.kind == _WORDS}
    if not files:
        return files
    places = {shelf: o.path for o in outputs if o.kind == _WORDS for shelf in _shelves(o)}
    for found, words in documents:
        lines: dict[str, str] = {}
        for shelf in min(words, places, key=len):
            if shelf in words and shelf in places:
                path = places[shelf]
                lines[path] = f"{lines[path]} {words[shelf]}" if path in lines else words[shelf]
        for path, line in lines.items():
            files[path] += f"{found}{line}\n".encode()
    return files


SEARCH_TITLES = OutputKind(_TITLES, _plan_titles, render=_titles)
SEARCH_WORDS = OutputKind(_WORDS, _plan_words, render=_words)

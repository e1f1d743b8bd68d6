"""The index of a search: a file of titles, and files of words, of which a search reads a few.

A file of words has a line for each document that has any of them: its id of three characters, then
its words, each with its level (`content.words`). That is shorter than a list of documents for each
word, and nothing has to be turned around for it. How many files there are depends on the site, so
that each is worth its request; in which of them a word is, on its first two characters alone.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from sitegen.model.output import Output
from sitegen.model.site import Findable
from sitegen.outputs.kind import OutputKind, RenderContext, SitePlan
from sitegen.text.words import SHELVES

_TITLES, _WORDS = "search titles", "search words"
_OWNER = "the search index"
DOCUMENTS_OF_A_FILE = 4
"""Documents for each file of words, at least: then a file has some ten thousand characters, of
which a third is sent."""


def files_of(documents: int) -> int:
    """How many files of words there are for so many documents: a power of two."""
    return min(SHELVES, 1 << max(0, (documents // DOCUMENTS_OF_A_FILE).bit_length() - 1))


def _plan_titles(site: SitePlan) -> Iterator[Output]:
    if "search" in site.facets:
        yield site.file("search/titles.json", _TITLES, _OWNER)


def _titles(_: Output, context: RenderContext) -> bytes:
    """What can be found, in columns, which are sent in less bytes than a line for each document.

    Only each address, which is below the base path, is beside its title: they are much alike.
    """
    base = context.view.read("site:base_path")
    found: tuple[Findable, ...] = context.view.read("search")
    columns = {
        "files": files_of(len(found)),
        "ids": "".join(it.id for it in found),
        "minutes": [it.minutes for it in found],
        "pages": [text for it in found for text in (it.url.removeprefix(base), it.title)],
    }
    return json.dumps(columns, ensure_ascii=False, separators=(",", ":")).encode()


def _plan_words(site: SitePlan) -> Iterator[Output]:
    total = files_of(len(site.facets["search"])) if "search" in site.facets else 0
    for number in range(total):
        output = site.file(f"search/{number:02x}.txt", _WORDS, _OWNER)
        yield replace(output, number=number + 1, total=total)


def _words(output: Output, context: RenderContext) -> bytes:
    for shelf in _shelves(output):
        context.view.read(f"search:{shelf}")
    return bytes(context.stored.words[output.path])


def _shelves(output: Output) -> tuple[str, ...]:
    """The shelves that are in a file of words: each one has whole shelves."""
    return tuple(f"{shelf:02x}" for shelf in range(output.number - 1, SHELVES, output.total))


def words_of_files(
    outputs: Sequence[Output], documents: Iterable[tuple[str, str]]
) -> Mapping[str, bytearray]:
    """What those of the outputs hold that are files of words, by path.

    `documents` are the ids and the words (`content.words`) of all that can be found, in order of
    their paths. They are looked at only if there is such an output, and each once.
    """
    files = {output.path: bytearray() for output in outputs if output.kind == _WORDS}
    if not files:
        return files
    places = {s: o.path for o in outputs if o.kind == _WORDS for s in _shelves(o)}
    for found, words in documents:
        lines: dict[str, list[str]] = defaultdict(list)
        for line in words.split("\n"):
            if (path := places.get(line[:2])) is not None:
                lines[path].append(line[2:])
        for path, some in lines.items():
            files[path] += f"{found}{' '.join(some)}\n".encode()
    return files


SEARCH_TITLES = OutputKind(_TITLES, _plan_titles, render=_titles)
SEARCH_WORDS = OutputKind(_WORDS, _plan_words, render=_words)

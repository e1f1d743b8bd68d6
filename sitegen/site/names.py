"""What a wikilink names: a document or a file, found as Obsidian finds it, wherever it is.

In this order, without case:

    [[rome]], [[trips/rome]]      a file of this name, below such folders, with its date or without;
                                  a file that is no document has its ending: [[map.pdf]]
    [[./rome]], [[../b/rome]]     one in just that folder
    [[flask-to-fastapi]]          the id of a document
    [[Three days in Rome]]        its title, or an alias that is a name and no path
    [[manual]], [[python]]        the folder of a section, or a term that is described

Of several, that in the folder of the link is meant. If none is there, the link is ambiguous, and
leads to the first by the number of folders, and then by path.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set

from sitegen.model.document import Document, Heading
from sitegen.model.source import MARKDOWN, Kind
from sitegen.text.dates import date_in_name
from sitegen.text.heading_ids import HEADING_IDS
from sitegen.text.wikilinks import OF_BLOCK, key_of_name

Bearers = tuple[tuple[str, ...], ...]
"""The source paths of what has a name: as that of a file, as an id, as a title, as a section."""

_FILE, _ID, _TITLE, _SECTION = range(4)


def paths_meant(name: str, path: str, named: Callable[[str], Bearers | None]) -> tuple[str, ...]:
    """The source paths of what a name means in the document at `path`, the best first.

    More than one: the name is ambiguous.
    """
    folders, _, last = name.rpartition("/")
    is_in = _is_below(folders.lstrip("/"), posixpath.dirname(path))
    tiers = named(key_of_name(last)) or ((),) * 4
    files, sections = (tuple(filter(is_in, tiers[tier])) for tier in (_FILE, _SECTION))
    if found := files or sections:
        beside = [file for file in found if _place(file)[0] == posixpath.dirname(path)]
        return tuple(beside) if len(beside) == 1 else found
    whole = named(key_of_name(name)) or ((),) * 4
    return whole[_ID] or whole[_TITLE]


def _is_below(folders: str, here: str) -> Callable[[str], bool]:
    """Whether a file is in such folders: from that of the link where they start with a dot."""
    if folders.startswith("."):
        wanted = posixpath.normpath(posixpath.join(here, folders)).removeprefix(".")
        return lambda path: _place(path)[0] == wanted
    end = f"/{key_of_name(folders)}" if folders else ""
    return lambda path: f"/{key_of_name(_place(path)[0])}".endswith(end)


def named_by(
    documents: Iterable[Document], files: Iterable[str], wanted: Set[str] | None = None
) -> Mapping[str, Bearers]:
    """What has each name, of these documents and files; of the wanted names alone, if given."""
    if wanted is not None and not wanted:
        return {}
    found: dict[str, tuple[set[str], ...]] = defaultdict(lambda: (set(), set(), set(), set()))
    for key, tier, path in (*_of_documents(documents), *_of_files(files)):
        if key and (wanted is None or key in wanted):
            found[key][tier].add(path)
    return {key: tuple(map(_in_order, tiers)) for key, tiers in found.items()}


def _of_documents(documents: Iterable[Document]) -> Iterator[tuple[str, int, str]]:
    for document in documents:
        source, meta = document.source, document.meta
        tier = _SECTION if source.kind in (Kind.SECTION, Kind.TERM) else _FILE
        stem = source.stem
        yield key_of_name(stem), tier, source.path
        yield key_of_name(date_in_name(stem)[1]), tier, source.path
        yield key_of_name(meta.id), _ID, source.path
        yield key_of_name(meta.title or document.rendered.title or ""), _TITLE, source.path
        yield from ((key_of_name(it), _TITLE, source.path) for it in meta.aliases if "/" not in it)


def _of_files(paths: Iterable[str]) -> Iterator[tuple[str, int, str]]:
    for path in paths:
        yield key_of_name(posixpath.basename(path)), _FILE, path


def _in_order(paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(paths, key=lambda path: (path.count("/"), path)))


def _place(path: str) -> tuple[str, str]:
    """The folder in which something is found, and what it is called there.

    A document is called like its folder if it is the index of that.
    """
    folder, file = posixpath.split(path)
    stem, ending = posixpath.splitext(file)
    if ending.lower() not in MARKDOWN:
        return folder, file
    return (
        posixpath.split(folder) if stem.lower() in ("index", "_index", "readme") else (folder, stem)
    )


def names_wanted(documents: Iterable[Document]) -> frozenset[str]:
    """All that the wikilinks of these documents name."""
    return frozenset(name for it in documents if it.rendered.names for name in it.rendered.names)


def text_of_target(title: str, heading: str) -> str:
    """What a link shows that leads to a document of this title: with the heading it leads to, but
    not with the id of a block, which says nothing."""
    return f"{title} › {heading}" if heading and not heading.startswith(OF_BLOCK) else title


def fragment_of(heading: str, contents: Iterable[Heading], anchors: str) -> str:
    """The id of a heading by its text, or an id itself, with `#` before it; else nothing.

    `anchors` says how ids are made of headings that are not in the table of contents.
    """
    if not heading or heading.startswith(OF_BLOCK):
        return heading.replace(OF_BLOCK, "#", 1)
    wanted = heading.casefold()
    found = (it.id for it in contents if wanted in (it.text.casefold(), it.id.casefold()))
    return f"#{next(found, None) or HEADING_IDS[anchors](heading, heading)}"

"""Documents that embed themselves, directly or through others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import Document, Link
from sitegen.site.names import Bearers, paths_meant
from sitegen.text.wikilinks import parse_wikilink

_Embeds = Mapping[str, list[tuple[Link, str]]]
"""By source path: the links of a document that show others, each with the path of the other."""


def embed_loops(
    documents: Iterable[Document], named: Mapping[str, Bearers]
) -> Iterator[Diagnostic]:
    """SG425 where a loop of documents that embed each other is closed, in order of their paths."""
    embeds = {
        document.source.path: list(_embedded(document, named))
        for document in documents
        if document.rendered.embeds
    }
    seen = set[str]()
    for path in sorted(embeds):
        if path not in seen:
            yield from _from(path, embeds, seen)


def _embedded(document: Document, named: Mapping[str, Bearers]) -> Iterator[tuple[Link, str]]:
    path = document.source.path
    for number in document.rendered.embeds:
        link = document.rendered.links[number]
        name = parse_wikilink(link.href).name
        found = paths_meant(name, path, named.get)[:1] if name else (path,)
        yield from ((link, target) for target in found)


def _from(start: str, embeds: _Embeds, seen: set[str]) -> Iterator[Diagnostic]:
    """The loops that are met on the way from a document, depth first, without recursion."""
    way, rest = [start], [iter(embeds[start])]
    while rest:
        seen.add(way[-1])
        link, target = next(rest[-1], (None, ""))
        if link is None:
            rest.pop()
            way.pop()
        elif target in way:
            yield _loop(link, way[way.index(target) :])
        elif target in embeds and target not in seen:
            way.append(target)
            rest.append(iter(embeds[target]))


def _loop(link: Link, way: list[str]) -> Diagnostic:
    message = f"'!{link.href}' shows a document in itself: {' → '.join((*way, way[0]))}"
    hint = f"link to it instead, without the '!': {link.href}"
    problem = Diagnostic("SG425", message, way[-1], link.line, link.column, hint, link.length)
    return replace(problem, target=link.href)

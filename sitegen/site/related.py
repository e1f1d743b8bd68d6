"""Which posts are related to each, and which documents link to it.

Related are posts by the tags that they share, and by links from one to another.

A shared tag counts the more, the fewer posts have it: those of two posts 500, of a thousand 100.
A link counts as much as any two tags, in either direction. Where two posts count the same, the one
nearer in the list of all posts comes first.

A post is compared only with those that are near it among the posts of a tag (`COMPARED`): the cost
grows with the tags of a post and not with the posts of a tag, and a new post changes what is
related to its neighbours alone. For the same reason a tag weighs by powers of two: a count that
grows by one seldom changes it.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

from sitegen.model.dataclass import dataclass
from sitegen.model.site import Card
from sitegen.site.index import Related, SiteIndex
from sitegen.site.links import candidates, id_in, split_href
from sitegen.site.names import Bearers, named_by, names_wanted, paths_meant
from sitegen.text.notations import own_notation
from sitegen.text.urls import with_base
from sitegen.text.wikilinks import is_wikilink, parse_wikilink

COMPARED = 12
"""Posts of a tag on either side of a post that it is compared with."""
TAG_COUNTS, LINK_COUNTS = 1000, 1000
"""What a tag counts at most, by the bits of its posts; and what a link counts."""


Tied = tuple[str, str, str, str, tuple[str, ...], tuple[str, ...]]
"""Of a document: path, id, URL, the slugs of series and tags, and links as written."""


@dataclass(frozen=True, slots=True)
class Ties:
    """All that decides which posts are related, and which documents link to each."""

    posts: tuple[Tied, ...]
    """All listed posts."""
    content: str
    base_url: str
    is_nested: bool
    count: int
    """Posts that are named, at most."""
    has_backlinks: bool = False
    pages: tuple[Tied, ...] = ()
    """Those that are listed, where it is asked who links to each."""


def ties_of(site: SiteIndex) -> Ties:
    """What ties the posts of a site together."""
    documents = {e.document.source.path: e.document for e in site.placement.documents}
    named = named_by(documents.values(), (), names_wanted(documents.values()))

    def tied(card: Card) -> Tied:
        links = documents[card.path].rendered.links
        tags, hrefs = tuple([t.slug for t in card.tags]), tuple([link.href for link in links])
        if documents[card.path].rendered.names:
            hrefs = tuple(_without_names(hrefs, card.path, named))
        series = card.series.slug if card.series else ""
        return card.path, card.id, card.url, series, tags, hrefs

    config, theme = site.config, site.config.theme
    return Ties(
        tuple([tied(card) for card in site.posts]),
        site.content,
        config.base_url,
        site.placement.is_nested,
        theme.related,
        theme.backlinks,
        tuple([tied(card) for card in site.pages]) if theme.backlinks else (),
    )


def _without_names(hrefs: Iterable[str], path: str, named: Mapping[str, Bearers]) -> Iterator[str]:
    """The links of a document, with the path in place of each wikilink that leads to another."""
    for href in hrefs:
        if not is_wikilink(href):
            yield href
        elif meant := paths_meant(parse_wikilink(href).name, path, named.get):
            yield f"/{meant[0]}"


def backlinks(ties: Ties) -> Related:
    """The places of those that link to each document: of all posts, and behind them the pages."""
    if not ties.has_backlinks:
        return ()
    found: list[list[int]] = [[] for _ in (*ties.posts, *ties.pages)]
    for one, other in _links(ties):
        found[other].append(one)
    return tuple([tuple(places) for places in found])


def related(ties: Ties) -> Related:
    """The posts that are related to each."""
    if not ties.count:
        return ()
    scores = _scores(ties)
    for places in _by_series(ties).values():
        for here in places:
            for other in places & scores[here].keys():
                del scores[here][other]
    return tuple(_best(here, found, ties.count) for here, found in enumerate(scores))


def _by_series(ties: Ties) -> dict[str, set[int]]:
    """The places of the posts of each series, all of which a post lists anyway."""
    found: dict[str, set[int]] = defaultdict(set)
    for place, (_, _, _, series, _, _) in enumerate(ties.posts):
        if series:
            found[series].add(place)
    return found


def _best(here: int, scores: dict[int, int], count: int) -> tuple[int, ...]:
    """The places that count most; of equal ones those nearer to this, and then the newer."""
    # As one number, which sorts quicker than a tuple.
    ranked = sorted([(-s << 48) + (abs(here - there) << 24) + there for there, s in scores.items()])
    return tuple([number & 0xFFFFFF for number in ranked[:count]])


def _scores(ties: Ties) -> list[dict[int, int]]:
    """How much each post has in common with others, by their places."""
    scores: list[dict[int, int]] = [{} for _ in ties.posts]
    tagged: dict[str, list[int]] = defaultdict(list)
    for place, (_, _, _, _, tags, _) in enumerate(ties.posts):
        for tag in tags:
            tagged[tag].append(place)
    for places in tagged.values():
        weight = TAG_COUNTS // len(places).bit_length()
        for at, place in enumerate(places):
            found = scores[place]
            for other in places[max(0, at - COMPARED) : at + COMPARED + 1]:
                found[other] = found.get(other, 0) + weight
            del found[place]
    for one, other in _links(ties):
        if max(one, other) >= len(scores):
            continue
        for here, there in ((one, other), (other, one)):
            scores[here][there] = scores[here].get(there, 0) + LINK_COUNTS
    return scores


def _links(ties: Ties) -> Iterator[tuple[int, int]]:
    """The places of two documents for each link from the first to the second, which counts once."""
    target = _resolver(ties)
    for place, (path, _, _, _, _, hrefs) in enumerate((*ties.posts, *ties.pages)):
        if hrefs:
            folder = posixpath.dirname(path)
            found = {target(href, folder) for href in hrefs} - {None, place}
            yield from ((place, other) for other in found if other is not None)


def _resolver(ties: Ties) -> Callable[[str, str], int | None]:
    """What gives the place of the document that a link means, in one of a folder."""
    places: dict[str, int] = {}
    for place, names in enumerate((*ties.posts, *ties.pages)):
        for name in names[:3]:
            places.setdefault(name, place)

    @cache
    def target(href: str, folder: str) -> int | None:
        address, _ = split_href(href)
        if address.startswith("id:"):
            return places.get(id_in(address))
        url = with_base(own_notation(address), ties.base_url, is_nested=ties.is_nested)
        names = (*candidates(address, f"{folder}/_", ties.content), url)
        return next((places[name] for name in names if name in places), None)

    return target

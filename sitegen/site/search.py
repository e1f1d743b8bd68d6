"""What a search can find: every listed document, by a short id that no other document changes.

A number would be shorter, but each document that is added or removed would change those of others,
and with them every file of the index.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter
from zlib import crc32

from sitegen.model.digest import digest
from sitegen.model.site import Card, Findable
from sitegen.model.source import NOT_FOUND_PAGE, Kind
from sitegen.site.index import SiteIndex
from sitegen.text.words import SHELF_DIGEST, SHELVES

_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_IDS = len(_SIGNS) ** 3
"""How many ids there are: more than the documents of the largest site."""


def findable(site: SiteIndex) -> list[Card]:
    """What a search can find: all that is listed, in order of path."""
    routes = site.placement.routes
    found = (
        card
        for card in site.cards
        if not card.unlisted
        and card.kind is not Kind.TERM
        and routes[card.path].path != NOT_FOUND_PAGE
    )
    return sorted(found, key=attrgetter("path"))


def search_of(site: SiteIndex) -> Iterator[tuple[str, object]]:
    """All that can be found; and for each shelf, the digest of what is on it.

    Nothing, where the site has no search.
    """
    if not site.config.theme.search:
        return
    cards = findable(site)
    paths = tuple([card.path for card in cards])
    yield (
        "",
        Findable(
            paths=paths,
            urls=tuple([card.url for card in cards]),
            titles=tuple([card.title for card in cards]),
            minutes=tuple([card.minutes for card in cards]),
        ),
    )
    displaced = digest(_numbers(paths)[1])
    for shelf in range(SHELVES):
        at = shelf * SHELF_DIGEST
        yield f"{shelf:02x}", site.shelves[at : at + SHELF_DIGEST] + displaced


def ids_of(paths: Iterable[str]) -> list[str]:
    """The id of each document, in the order of these paths of all that can be found."""
    return [_SIGNS[n >> 12] + _SIGNS[n >> 6 & 63] + _SIGNS[n & 63] for n in _numbers(paths)[0]]


def _numbers(paths: Iterable[str]) -> tuple[list[int], tuple[tuple[str, int], ...]]:
    """The ids as numbers, and the documents whose own was taken, which have another.

    There are a few of these on a large site, and any new one makes the whole index again.
    """
    taken: dict[int, None] = {}
    displaced = []
    for path in paths:
        number = first = crc32(path.encode()) % _IDS
        while number in taken:
            number = (number + 1) % _IDS
        if number != first:
            displaced.append((path, number))
        taken[number] = None
    return list(taken), tuple(displaced)

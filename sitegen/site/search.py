"""What a search can find: every listed document, by a short id that no other document changes.

A number would be shorter, but each document that is added or removed would change those of others,
and with them every file of the index.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b

from sitegen.model.site import Findable
from sitegen.model.source import NOT_FOUND_PAGE, Kind
from sitegen.site.index import SiteIndex
from sitegen.text.words import SHELF_DIGEST, SHELVES

_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_IDS = len(_SIGNS) ** 3
"""How many ids there are: more than the documents of the largest site."""


def search_of(site: SiteIndex) -> Iterator[tuple[str, object]]:
    """All that can be found, in order of path; and for each shelf, the digest of what is on it.

    Nothing, where the site has no search.
    """
    if not site.config.theme.search:
        return
    published = {entry.document.source.path: entry for entry in site.placement.documents}
    cards = sorted(
        (
            card
            for card in site.cards
            if not card.unlisted
            and card.kind is not Kind.TERM
            and published[card.path].route.path != NOT_FOUND_PAGE
        ),
        key=lambda card: card.path,
    )
    ids, displaced = _ids(card.path for card in cards)
    yield "", tuple(Findable(ids[c.path], c.path, c.url, c.title, c.minutes) for c in cards)
    every = 0
    for card in cards:
        every ^= int.from_bytes(published[card.path].document.shelves)
    digests = every.to_bytes(SHELVES * SHELF_DIGEST)
    for shelf in range(SHELVES):
        at = shelf * SHELF_DIGEST
        yield f"{shelf:02x}", (digests[at : at + SHELF_DIGEST], displaced)


def _ids(paths: Iterable[str]) -> tuple[dict[str, str], tuple[tuple[str, int], ...]]:
    """The id of each document, and those that found theirs taken.

    There are a few of these on a large site, and any new one makes the whole index again.
    """
    taken: dict[int, str] = {}
    displaced = []
    for path in paths:
        number = first = int.from_bytes(blake2b(path.encode(), digest_size=4).digest()) % _IDS
        while number in taken:
            number = (number + 1) % _IDS
        if number != first:
            displaced.append((path, number))
        taken[number] = path
    return {path: _signs(number) for number, path in taken.items()}, tuple(displaced)


def _signs(number: int) -> str:
    return _SIGNS[number >> 12] + _SIGNS[number >> 6 & 63] + _SIGNS[number & 63]

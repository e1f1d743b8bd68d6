"""The titles file of a search index, as `theme/scripts/search/index.js` reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote


def addresses(titles: Mapping[str, Any]) -> dict[str, str]:
    """The address of each document by its id, in order, as it is below that of the site."""
    ids = titles["ids"]
    return {ids[n * 3 : n * 3 + 3]: url for n, url in enumerate(_addresses(titles["pages"]))}


def _addresses(pages: list[str]) -> Iterator[str]:
    known = ""
    for rest, title in zip(pages[::2], pages[1::2], strict=True):
        known = known[: ord(rest[0]) - 32] + rest[1:]
        slug = "-".join(re.findall("[a-z0-9\x80-\U0010ffff]+", title.lower()))
        yield known.replace(" ", quote(slug))

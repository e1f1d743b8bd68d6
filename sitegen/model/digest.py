"""Values and bytes to digests: what the engine compares instead of the things themselves."""

from __future__ import annotations

import marshal
from collections.abc import Mapping, Set
from datetime import datetime
from enum import Enum
from hashlib import blake2b
from typing import Any

from sitegen.model.dataclass import values_of

SIZE = 16
"""Bytes: of 2^64 different values, two may be expected to have one digest."""

VERSION = 2
"""Of the format of `marshal`: it writes a value as it is. Later ones write an object that is used
twice once, so that equal values would differ."""
LONG = 128
"""Bytes; a longer dataclass is in others by its digest, so that lists of cards hold no texts."""

PLAIN_TYPES = frozenset({str, int, float, bool, bytes, type(None)})


def digest_of_bytes(*parts: bytes) -> bytes:
    """The digest of the parts, one after the other as if they were one."""
    hasher = blake2b(digest_size=SIZE)
    for part in parts:
        hasher.update(part)
    return hasher.digest()


def digest(value: object) -> bytes:
    """The digest of a value: the same in every process, on every machine, for equal values only.

    Values are those of `model` and `config`: plain ones, tuples and lists, mappings (their order
    counts, since a template can see it), sets, enums, datetimes and dataclasses of such. Anything
    else is a TypeError, never a digest that misses a part.
    """
    return Digester()(value)


class Digester:
    """Digests of values that have parts in common, such as the lists that a card is in.

    It keeps what it has seen, and looks at each dataclass, enum and datetime once.
    """

    __slots__ = ("_seen",)

    def __init__(self) -> None:
        self._seen: dict[int, tuple[object, tuple[Any, ...]]] = {}
        """By identity: each with its plain form, and kept alive by being here."""

    def __call__(self, value: object) -> bytes:
        """The `digest` of a value."""
        plain = self._any(value)
        if isinstance(plain, tuple) and plain[:1] == (...,) and isinstance(plain[1], bytes):
            return plain[1]
        return blake2b(marshal.dumps(plain, VERSION), digest_size=SIZE).digest()

    def _plain(self, value: Any) -> tuple[Any, ...]:  # noqa: ANN401 (`marshal` has no names)
        """The value in what `marshal` knows, each kind of value with a mark of its own."""
        kind: Any = type(value)
        if kind is tuple:
            return tuple([v if type(v) in PLAIN_TYPES else self._plain(v) for v in value])
        if (seen := self._seen.get(id(value))) is not None:
            return seen[1]
        if values := values_of(kind):
            items = [v if type(v) in PLAIN_TYPES else self._plain(v) for v in values(value)]
            plain = _shortened((..., kind.__name__, *items))
        else:
            plain = self._marked(value)
        self._seen[id(value)] = (value, plain)
        return plain

    def _marked(self, value: object) -> tuple[Any, ...]:
        match value:
            case Enum():
                return (..., type(value).__name__, value._name_)  # `name` is a slow property
            case datetime():
                # The offset too: what a time zone means changes with the system's tables.
                return (..., "datetime", value.isoformat(), value.tzname())
            case Mapping():
                pairs = ((self._any(k), self._any(v)) for k, v in value.items())
                return (..., "mapping", *pairs)
            case list():
                return (..., "list", *map(self._any, value))
            case Set():
                return (..., "set", *sorted(marshal.dumps(self._any(it), VERSION) for it in value))
            case _ if hasattr(value, "isoformat"):  # a date or a time, as front matter may hold
                return (..., type(value).__name__, value.isoformat())
            case _:
                raise TypeError(f"no digest of a {type(value).__name__}")

    def _any(self, value: object) -> Any:  # noqa: ANN401
        return value if type(value) in PLAIN_TYPES else self._plain(value)


def _shortened(plain: tuple[Any, ...]) -> tuple[Any, ...]:
    """The plain form of a dataclass, or in its place, where that is long, its digest."""
    data = marshal.dumps(plain, VERSION)
    return (..., blake2b(data, digest_size=SIZE).digest()) if len(data) > LONG else plain

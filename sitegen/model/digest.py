"""Values and bytes to digests: what the engine compares instead of the things themselves."""

from __future__ import annotations

import marshal
from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from hashlib import blake2b
from operator import attrgetter
from typing import Any

SIZE = 16
"""Bytes: of 2^64 different values, two may be expected to have one digest."""

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
    # Version 2 of the format writes a value as it is; later ones write twice-used objects once,
    # so that equal values would differ.
    return blake2b(marshal.dumps(_plain(value), 2), digest_size=SIZE).digest()


def _plain(value: Any) -> Any:  # noqa: ANN401 (what marshal knows has no name)
    """The value in what `marshal` knows, each kind of value with a mark of its own."""
    kind: Any = type(value)
    if kind in PLAIN_TYPES:
        return value
    if kind is tuple:
        return tuple([v if type(v) in PLAIN_TYPES else _plain(v) for v in value])
    if values := values_of(kind):
        items = [v if type(v) in PLAIN_TYPES else _plain(v) for v in values(value)]
        return (..., kind.__name__, *items)
    return _marked(value)


def _marked(value: object) -> tuple[object, ...]:
    match value:
        case Enum():
            return (..., type(value).__name__, value._name_)  # `name` is a slow property
        case datetime():
            # The offset too: what a time zone means changes with the system's tables.
            return (..., "datetime", value.isoformat(), value.tzname())
        case Mapping():
            return (..., "mapping", *((_plain(k), _plain(v)) for k, v in value.items()))
        case list():
            return (..., "list", *map(_plain, value))
        case Set():
            return (..., "set", *sorted(marshal.dumps(_plain(item), 2) for item in value))
        case _ if hasattr(value, "isoformat"):  # a date or a time, as front matter may hold
            return (..., type(value).__name__, value.isoformat())
        case _:
            raise TypeError(f"no digest of a {type(value).__name__}")


@cache
def values_of(kind: Any) -> Any:  # noqa: ANN401 (any type)
    """What gives the values of the fields of a dataclass as a tuple; None for other types."""
    if not is_dataclass(kind):
        return None
    names = [field.name for field in fields(kind)]
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)

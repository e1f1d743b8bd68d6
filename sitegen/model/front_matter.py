"""What code of a site says about front matter and data: the keys that are not sitegen's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from sitegen.model.dataclass import dataclass
from sitegen.model.source import Kind


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a value is refused."""

    code: str
    keys: tuple[str | int, ...]
    """Which lead to the value, or to what is missing; empty for the document as a whole."""
    why: str
    """In a few words; or what the value must be, where the code is about its type or choices."""
    hint: str | None = None
    is_of_key: bool = False
    """Whether the key is wrong, and not its value."""


@dataclass(frozen=True, slots=True)
class CheckedKeys:
    """The values of a site's own keys, as code of the site has read them."""

    values: Mapping[str, object]
    """By name, in what templates can show and the engine can compare."""
    names: tuple[str, ...] = ()
    """The keys that the code knows."""
    objections: tuple[Objection, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedData:
    """The value of a data file, as code of the site has read it."""

    value: object
    objections: tuple[Objection, ...] = ()


@dataclass(frozen=True, slots=True)
class DataType:
    """What a data file has to be."""

    check: Callable[[object], CheckedData]
    """Called with what the file says: plain values, its lists as tuples."""
    schema: Callable[[], Mapping[str, object]]
    """The same as JSON Schema."""


CheckKeys: TypeAlias = Callable[[Kind, Mapping[str, object], Mapping[str, object]], CheckedKeys]
"""Called with the kind of a document, its own keys as YAML or TOML reads them, and what sitegen has
read of the keys that it knows, by their names."""

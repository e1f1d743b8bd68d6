"""The fields of front matter, each declared once: where the class that holds its value has it.

    subtitle: str | None = front_matter(FieldType.TEXT, "a second line of its title", default=None)

All else follows from the declaration: how the value is read and checked, which keys are known, and
the tables of the manual.
"""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from enum import Enum
from typing import TypeVar

from sitegen.model.dataclass import dataclass

_Value = TypeVar("_Value")

KEY = "front matter"
"""Under which a declaration lies in the metadata of a dataclass's field."""
WRAPPERS = ("params", "extra")
"""Mappings whose keys are keys of the document: of Hugo, where they mean what they mean above it,
and of Zola, where they are the author's own."""


class FieldType(Enum):
    """What an author writes for a field."""

    TEXT = "text"
    FLAG = "flag"
    NUMBER = "number"
    MOMENT = "moment"
    NAMES = "names"
    """A list, or one text with commas."""
    AUTHORS = "authors"
    """Names, or mappings that have a `name`."""
    PATHS = "paths"
    """A list, or one path alone."""


@dataclass(frozen=True, slots=True)
class Field:
    """What front matter may say about one thing."""

    type: FieldType
    meaning: str
    """In Markdown, as a row of a table has it."""
    default: object
    aliases: tuple[str, ...]
    """Other keys for it; the first of all names that is written counts."""
    opposite: str | None
    """The key that says no to a flag."""
    name: str = ""
    """That of the attribute, which is also a key."""

    @property
    def names(self) -> tuple[str, ...]:
        """The keys for its value."""
        return (self.name, *self.aliases)

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys that have to do with it."""
        return (*self.names, self.opposite) if self.opposite else self.names


def front_matter(
    type: FieldType,  # noqa: A002 (as `Field` has it)
    meaning: str,
    *,
    default: _Value,
    aliases: tuple[str, ...] = (),
    opposite: str | None = None,
) -> _Value:
    """An attribute of a dataclass whose value is what front matter says; see `Field`."""
    declaration = Field(type, meaning, default, aliases, opposite)
    made: _Value = dataclasses.field(default=default, metadata={KEY: declaration})
    return made


def declared(kind: type) -> dict[str, Field]:
    """The fields of front matter that a dataclass declares or inherits, by name."""
    return {
        attribute.name: replace(attribute.metadata[KEY], name=attribute.name)
        for attribute in dataclasses.fields(kind)
        if KEY in attribute.metadata
    }

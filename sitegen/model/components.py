"""Components: what a body calls, and what a template can be called with."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple, TypeAlias

from sitegen.model.dataclass import dataclass

COMPONENTS_FOLDER = "components/"
"""The folder of the templates that are components."""


class CallForm(Enum):
    """How a component is called."""

    LEAF = "::name{…}"
    CONTAINER = ":::name"
    INLINE = ":name[…]"


@dataclass(frozen=True, slots=True)
class Argument:
    """What a call gives by name, and where in the file that is written."""

    name: str
    value: str | None
    """As written, without its quotes; None for a name alone, which switches something on."""
    line: int
    column: int
    length: int


class ParameterType(Enum):
    """What an argument can be: the words of its annotation, and those of a message."""

    STRING = "string", "a text"
    INTEGER = "integer", "a whole number"
    NUMBER = "number", "a number"
    BOOLEAN = "boolean", "true or false"
    LINK = "link", "a link"
    IMAGE = "image", "an image"
    POST = "post", "the id or the path of a post or page"

    def __init__(self, annotation: str, words: str) -> None:
        self.annotation, self.words = annotation, words


class LinkValue(NamedTuple):
    """An argument that leads somewhere, by the index of its link in the document."""

    number: int
    type: ParameterType


ArgumentValue: TypeAlias = str | int | float | bool | LinkValue


@dataclass(frozen=True, slots=True)
class Call:
    """A component that a body calls."""

    name: str
    form: CallForm
    arguments: tuple[Argument, ...]
    has_label: bool
    """Whether it has brackets: they hold the text of the component, or the title of a container."""
    has_body: bool
    """Whether there is anything between the lines of a container."""
    line: int
    column: int
    length: int
    like: str = ""
    """The container of Markdown itself that its name is nearest to, if any is."""
    values: tuple[tuple[str, ArgumentValue], ...] | None = None
    """What the template is called with, once that is checked; None: it cannot be called."""

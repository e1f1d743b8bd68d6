"""What a component can be called with."""

from __future__ import annotations

from enum import Enum

from sitegen.model.components import ParameterType
from sitegen.model.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a component can be given by name."""

    name: str
    type: ParameterType = ParameterType.STRING
    is_required: bool = True
    choices: tuple[str, ...] = ()
    """The texts that it can be; empty for any."""


class Need(Enum):
    """Whether a component takes a text: that which its template shows with `caller()`."""

    NEVER = "never"
    MAYBE = "maybe"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Component:
    """What a template in `components/` can be called with."""

    name: str
    parameters: tuple[Parameter, ...]
    text: Need

"""Names that nothing defines: an error as soon as one is used, never an empty text."""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import StrictUndefined, TemplateRuntimeError, UndefinedError
from jinja2.utils import missing

from sitegen.outputs.context import Page, Site, Theme


class UnknownNameError(UndefinedError):
    """A template uses a name that nothing defines."""

    def __init__(self, message: str, name: str, owner: object) -> None:
        super().__init__(message)
        self.name = name
        self.owner = owner
        """What was asked for the name; `missing` where it is the name of a variable."""


class Undefined(StrictUndefined):
    """A value that is not there. Using it says so in the words of a template's author."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: object = missing,
        name: str | None = None,
        exc: type[TemplateRuntimeError] = UndefinedError,
    ) -> None:
        super().__init__(hint, obj, name, exc)
        self._undefined_exception = lambda _: _unknown(str(name), obj, hint)  # type: ignore[assignment]


def _unknown(name: str, owner: object, message: str | None) -> UnknownNameError:
    if owner is not missing:
        message = message or _lacking(owner, name)
    return UnknownNameError(message or f"'{name}' is not defined", name, owner)


def _lacking(owner: object, name: str) -> str:
    """What to say of a value without this attribute, where only the value is known."""
    if isinstance(owner, Mapping):
        return f"no key '{name}' in this mapping"
    return f"'{_kind(owner)}' has no attribute '{name}'"


def _kind(owner: object) -> str:
    match owner:
        case None:
            return "None"
        case Site():
            return "site"
        case Page():
            return "page"
        case Theme():
            return "site.theme"
    return type(owner).__name__

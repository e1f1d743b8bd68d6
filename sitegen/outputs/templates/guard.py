"""What a template may ask of a value: nothing that could make its page differ from build to build.

A page is a function of the facets that it reads. Their values are frozen (`model.frozen`); here
are the other ways out: the clock and the zone of the machine behind a date, the internals of
Python behind any value, and values whose only text is their address in memory.

This keeps honest mistakes out of pages. It is no wall against a template that means harm.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, tzinfo
from functools import wraps
from typing import Any

from jinja2 import Environment, TemplateRuntimeError
from jinja2.sandbox import SandboxedEscapeFormatter, SandboxedFormatter
from markupsafe import Markup

from sitegen.model.frozen import frozen

ADDRESS = re.compile(r"\bat (0x[0-9A-Fa-f]{6,})\b")
"""As Python shows an object that has no text of its own."""
ADDRESS_MARK = " at 0x"
"""What each address starts with: far quicker to look for."""

CLOCKS = frozenset({"now", "today", "utcnow"})
MACHINE_ZONED = frozenset({"fromtimestamp", "astimezone", "timestamp", "strftime"})
"""Methods of dates that may ask the machine for its time zone."""
FORMATTERS = frozenset({"format", "format_map"})
INTERNALS = frozenset({"mro", "gi_code", "gi_frame", "gi_yieldfrom"})
"""Attributes that lead to the code behind a value, beside those that start with an underscore."""
WATCHED = CLOCKS | MACHINE_ZONED | FORMATTERS | INTERNALS


class RefusedError(TemplateRuntimeError):
    """A template asks for something that it cannot have."""

    def __init__(self, message: str, word: str = "", hint: str | None = None) -> None:
        super().__init__(message)
        self.word, self.hint = word, hint


class GuardedEnvironment(Environment):
    """Jinja, with a look at the names of attributes that are asked for.

    Cost: a look into a set for each, where Jinja's own sandbox takes longer than the look-up.
    """

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 (as Jinja has it)
        if attribute in WATCHED or attribute[:1] == "_":
            return self._guarded(obj, attribute)
        try:  # as Jinja does it, and without a call of that
            return getattr(obj, attribute)
        except AttributeError:
            pass
        try:
            return obj[attribute]
        except (TypeError, LookupError, AttributeError):
            return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401 (as Jinja has it)
        try:
            return obj[argument]
        except (AttributeError, TypeError, LookupError):
            if isinstance(argument, str):
                return self.getattr(obj, str(argument))
            return self.undefined(obj=obj, name=argument)

    def _guarded(self, obj: Any, name: str) -> Any:  # noqa: ANN401 (as Jinja has it)
        """The value of an attribute whose name is watched, which is mostly one of another kind."""
        if isinstance(obj, Mapping) and name in obj:
            return obj[name]
        if isinstance(obj, date) or (isinstance(obj, type) and issubclass(obj, date)):
            if name in CLOCKS:
                hint = "use a date of the site, such as page.date or site.posts[0].date"
                raise RefusedError("a page cannot know the current time", name, hint)
            if name in MACHINE_ZONED:
                return _in_no_zone_of_the_machine(obj, name)
        if isinstance(obj, str) and name in FORMATTERS:
            return _format(self, obj, name)
        if (name in INTERNALS or name.startswith("_")) and hasattr(obj, name):
            raise RefusedError(f"'{name}' is internal to Python, and not for templates", name)
        return super().getattr(obj, name)


def _in_no_zone_of_the_machine(when: Any, name: str) -> Callable[..., Any]:  # noqa: ANN401 (a date)
    """The method of a date, or RefusedError where it would use the time zone of the machine."""

    def refused() -> RefusedError:
        hint = "the dates of a page are in the time zone of sitegen.toml"
        return RefusedError(f"here, '{name}' would use the time zone of this machine", name, hint)

    def method(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 (whatever it takes)
        given = (*arguments, *named.values())
        if name == "strftime":
            needs_zone = any("%s" in str(each).replace("%%", "") for each in given)
        else:
            is_aware = isinstance(when, datetime) and when.tzinfo is not None
            has_zone = any(isinstance(each, tzinfo) for each in given)
            needs_zone = {
                "timestamp": not is_aware,
                "astimezone": not (is_aware and has_zone),
                "fromtimestamp": not has_zone,
            }[name]
        if needs_zone:
            raise refused()
        return getattr(when, name)(*arguments, **named)

    return method


def _format(environment: Environment, text: str, name: str) -> Callable[..., str]:
    """`str.format` of a text: its `{0.name}` is an attribute like any other."""
    formatter = (
        SandboxedEscapeFormatter(environment, escape=text.escape)
        if isinstance(text, Markup)
        else SandboxedFormatter(environment)
    )

    def formatted(*arguments: Any, **named: Any) -> str:  # noqa: ANN401 (as str.format)
        if name == "format_map":
            arguments, named = (), *arguments
        return type(text)(formatter.vformat(text, arguments, named))

    return formatted


def pure(of: Callable[..., Any]) -> Callable[..., Any]:
    """A function of a plug-in whose results a template cannot change, for the next page to find."""

    @wraps(of)
    def called(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 (whatever it takes)
        return frozen(of(*arguments, **named))

    return called


def foreign_addresses(text: str, known: Callable[[], str]) -> set[str]:
    """The addresses of objects in a text, but for those that what it is made of holds as text.

    A post may well show one. `known` gives all of that, and is asked only where it matters.
    """
    found = set(ADDRESS.findall(text)) if ADDRESS_MARK in text else set()
    if not found:
        return found
    source = known()
    return {address for address in found if address not in source}


def without_text(text: str) -> RefusedError:
    """Why a value that came out as this text, which holds an address, cannot be shown."""
    if re.search(r"<(async_)?generator |iterator object at", text):
        hint = "add '| list' or '| join(\", \")'"
        return RefusedError("this is a sequence that has no text of its own", hint=hint)
    if found := re.search(r"<(?:bound method|function|built-in method) ([\w.<>]+)", text):
        name = found[1].rpartition(".")[2]
        hint = f"call it: {name}(…)" if name.isidentifier() else "call it, with parentheses"
        return RefusedError("this is a function, which has no text of its own", hint=hint)
    hint = "show one of its attributes, such as site.title"
    return RefusedError("this value has no text of its own", hint=hint)

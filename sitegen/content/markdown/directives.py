"""The text of a directive: `name[label]{key=value}`, behind its colons.

As in the generic directives proposed for CommonMark: a name, a label of Markdown in brackets, and
arguments in braces. Each is directly behind the one before. Linear in the length of the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from sitegen.text.patterns import compiled

NAME_OF_CALL = r"[A-Za-z][A-Za-z0-9]*+(?:[-_][A-Za-z0-9]++)*+"

_ARGUMENT = (
    r"""(?:[#.][^\s{}"'#.=,]++"""
    r"""|[A-Za-z][\w-]*+(?:=(?:"[^"\n]*+"|'[^'\n]*+'|[^\s"'{}]*+))?)"""
)
ARGUMENTS = rf"\{{[ \t]*+(?:{_ARGUMENT}(?:[ \t]++{_ARGUMENT})*+[ \t]*+)?\}}"
"""All arguments, in their braces."""
_ONE = (
    r"""(?P<sign>[#.])(?P<short>[^\s{}"'#.=,]++)"""
    r"""|(?P<name>[A-Za-z][\w-]*+)(?:=(?:"(?P<double>[^"\n]*+)"|'(?P<single>[^'\n]*+)'"""
    r"""|(?P<bare>[^\s"'{}]*+)))?"""
)
_SHORT = {"#": "id", ".": "class"}
"""What `#x` and `.x` give."""


class WrittenArgument(NamedTuple):
    """An argument as it is written, and where: offsets in the text."""

    name: str
    value: str | None
    start: int
    end: int


def arguments_in(text: str, start: int, end: int) -> Iterator[WrittenArgument]:
    """The arguments between braces, which are at these offsets of the text."""
    for found in compiled(_ONE).finditer(text, start + 1, end - 1):
        if found["sign"]:
            yield WrittenArgument(_SHORT[found["sign"]], found["short"], *found.span())
            continue
        values = (found["double"], found["single"], found["bare"])
        value = next((each for each in values if each is not None), None)
        yield WrittenArgument(found["name"].replace("-", "_"), value, *found.span())


def end_of_label(text: str, start: int, end: int) -> int:
    """Where the brackets end that open there, behind them; -1 where they do not before the end.

    Brackets within are balanced, and those behind a backslash count for nothing.
    """
    stop = _brackets(text).get(start, end)
    return stop + 1 if stop < end else -1


@lru_cache(2)  # of a body, and of a block in it
def _brackets(text: str) -> dict[int, int]:
    """Where each bracket of a text is closed that is, by where it opens."""
    closed: dict[int, int] = {}
    opened: list[int] = []
    for found in compiled(r"\\.|[\[\]]").finditer(text):
        if found[0] == "[":
            opened.append(found.start())
        elif found[0] == "]" and opened:
            closed[opened.pop()] = found.start()
    return closed

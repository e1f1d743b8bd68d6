"""What is found in one body: the first of each kind at its place, and how many more there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic

_LONGEST = 40
"""Characters of a message that quote the body."""

Place = tuple[int, int, int]
"""Line and column in the body, both from 0, and a length on that line."""


@dataclass(slots=True)
class _Found:
    """The first of a kind, and how many there are."""

    first: Diagnostic
    place: Place
    count: int


class Findings:
    """The findings of one body, by kind."""

    def __init__(self, body: str) -> None:
        self.body = body
        self._found: dict[str, _Found] = {}

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the body."""
        return self.body.split("\n")

    def add(self, kind: str, problem: Diagnostic, place: Place, count: int = 1) -> None:
        """Some more of this kind, the first of them there."""
        found = self._found.setdefault(kind, _Found(problem, place, 0))
        found.count += count
        if place < found.place:
            found.first, found.place = problem, place

    def quote(self, place: Place) -> str:
        """What is written there, short enough for a message."""
        line, column, length = place
        text = self.lines[line][column : column + length].strip()
        return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()} …"

    def diagnostics(self, line: int) -> Iterator[Diagnostic]:
        """One of each kind, for a body that starts on this line of its file."""
        for found in self._found.values():
            first, (row, column, length) = found.first, found.place
            more = f" (and {found.count - 1} more in this file)" if found.count > 1 else ""
            yield replace(
                first,
                message=first.message + more,
                line=line + row,
                column=column + 1,
                length=length,
            )

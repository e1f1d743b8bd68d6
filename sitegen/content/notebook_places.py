r"""Where in the file of a notebook each character of its cells is.

The file is JSON (RFC 8259), so a line of a cell is a string, and a tab in it is `\t`. Only the file
itself knows where that is, and what reads JSON forgets it. So the source of each cell is found in
the text again, by the scanner of Python's own decoder.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

_SPACE = re.compile(r"[ \t\n\r,:]*")
_CHARACTER = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\]"
)
"""A character as a string of JSON has it; those above U+FFFF can be two escapes."""
_DECODER = json.JSONDecoder()


class FilePlace(NamedTuple):
    """A place in a file, from 1."""

    line: int
    column: int


class CellPlaces:
    """The places of the characters of all cells, of a notebook in the current format."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._offsets: dict[int, list[int]] = {}

    def place(self, cell: int, at: int) -> FilePlace:
        """Where a character of a cell is, both from 0; where that is unknown, the start."""
        if cell not in self._offsets:
            strings = self._strings[cell] if cell < len(self._strings) else ()
            self._offsets[cell] = [each for start in strings for each in self._characters(start)]
        offsets = self._offsets[cell]
        return self._in_file(offsets[min(at, len(offsets) - 1)] if offsets else 0)

    def metadata(self, name: str) -> tuple[str, FilePlace] | None:
        """A value of the notebook's metadata as it is written, and where."""
        for start in _values(self._text, _SPACE.match(self._text).end(), "metadata"):  # type: ignore[union-attr]
            for value in _values(self._text, start, name):
                return self._text[value : _end(self._text, value)], self._in_file(value)
        return None

    @cached_property
    def _lines(self) -> list[int]:
        """The offset of the start of each line."""
        return [0, *(found.end() for found in re.finditer("\n", self._text))]

    def _in_file(self, offset: int) -> FilePlace:
        line = bisect_right(self._lines, offset)
        return FilePlace(line, offset - self._lines[line - 1] + 1)

    @cached_property
    def _strings(self) -> list[tuple[int, ...]]:
        """The offsets of the strings that the source of each cell consists of."""
        text = self._text
        cells = (c for start in _values(text, 0, "cells") for c in _elements(text, start))
        return [
            tuple(s for start in _values(text, c, "source") for s in _parts(text, start))
            for c in cells
        ]

    def _characters(self, start: int) -> Iterator[int]:
        end = _end(self._text, start) - 1
        return (found.start() for found in _CHARACTER.finditer(self._text, start + 1, end))


def _parts(text: str, start: int) -> Iterator[int]:
    """The strings of a source, which is one or a list of them."""
    return iter((start,)) if text[start] == '"' else _elements(text, start)


def _next(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _end(text: str, start: int) -> int:
    return _DECODER.raw_decode(text, start)[1]


def _elements(text: str, start: int) -> Iterator[int]:
    """The offsets of the elements of a list."""
    at = _next(text, start + 1) if text[start] == "[" else len(text)
    while at < len(text) and text[at] != "]":
        yield at
        at = _next(text, _end(text, at))


def _values(text: str, start: int, name: str) -> Iterator[int]:
    """The offsets of the values of this name in an object."""
    start = _next(text, start)
    at = _next(text, start + 1) if text.startswith("{", start) else len(text)
    while at < len(text) and text[at] != "}":
        key, at = _DECODER.raw_decode(text, at)
        at = _next(text, at)
        if key == name:
            yield at
        at = _next(text, _end(text, at))

"""Fenced code in Markdown, as far as lines alone can tell (CommonMark 0.31 §4.5).

For those who look at a text before it is read as Markdown, or at a part of it. Once it is read,
`Rendered.fences` knows.
"""

from __future__ import annotations

import re

_OPENING = re.compile(
    r"(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*(?:(`{3,})[^`]*|(~{3,}).*)", re.DOTALL
)


class Fenced:
    """Which lines of a text are fenced code. Lines are given one after the other."""

    def __init__(self) -> None:
        self._marks = ""

    def takes(self, line: str) -> bool:
        """Whether the line is part of a block of code, as also those are that open and close it."""
        if not self._marks:
            opening = _OPENING.fullmatch(line)
            self._marks = (opening[1] or opening[2]) if opening else ""
            return opening is not None
        marks = line.strip(" \t>\n")
        if marks.startswith(self._marks) and not marks.strip(self._marks[0]):
            self._marks = ""
        return True

"""Where the content of a Markdown block is in its source.

A parser takes the markers of lists, quotes and headings away, and the indentation, and gives a
block's content with the lines that it came from. Of every source line a content line is the end,
so it is found again by searching from the right. The cells of a table row share a line, so they
are found from the left, each behind the one before.
"""

from __future__ import annotations

from bisect import bisect_right
from operator import itemgetter

from markdown_it.token import Token

from sitegen.model.dataclass import dataclass

Spot = tuple[int, int, int]
"""From this offset on, the content is at this line and column, both from 0."""


@dataclass(frozen=True, slots=True)
class Content:
    """A block's content and its spots, in order; there is at least one."""

    text: str
    spots: tuple[Spot, ...]

    def place(self, start: int, end: int) -> tuple[int, int, int]:
        """Line and column of a part, both from 0, and its length as far as it is on that line."""
        index = bisect_right(self.spots, start, key=itemgetter(0)) - 1
        offset, line, column = self.spots[max(0, index)]
        newline = self.text.find("\n", start, end)
        return (
            line,
            column + max(0, start - offset),
            max(1, (end if newline < 0 else newline) - start),
        )


class Lines:
    """The lines of a source, in which blocks are looked for in the order of the source."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self._row = self._column = 0

    def block(self, content: str, first: int, end: int) -> Content:
        """The content of a block, for which the parser gave the lines from `first` to `end`."""
        texts = content.removesuffix("\n").split("\n")
        # The parser may have stripped lines that only no-break spaces made part of a paragraph.
        head = texts[0].strip()
        first = next((n for n in range(first, end) if head in self.lines[n]), first)
        spots, offset = [], 0
        for number, text in enumerate(texts, first):
            column = self.lines[number].rfind(text.strip())
            spots.append((offset + len(text) - len(text.lstrip()), number, max(0, column)))
            offset += len(text) + 1
        return Content(content, tuple(spots))

    def cell(self, content: str, row: int) -> Content:
        """The content of a table cell, whose `|` the source writes as `\\|`."""
        if row != self._row:
            self._row, self._column = row, 0
        written = content.replace("|", r"\|")
        column = max(self._column, self.lines[row].find(written, self._column))
        self._column = column + len(written)
        pipes = (offset for offset, character in enumerate(content) if character == "|")
        shifted = ((pipe, row, column + pipe + n) for n, pipe in enumerate(pipes, 1))
        return Content(content, ((0, row, column), *shifted))

    def content(self, before: Token, token: Token) -> Content:
        """The content of a token, which stands behind another one."""
        first, end = token.map or (0, 0)
        if before.type in ("th_open", "td_open"):
            return self.cell(token.content, first)
        return self.block(token.content, first, end)

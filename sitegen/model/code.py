"""Blocks of code that something can point into, and how a link names lines of one."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote

from sitegen.model.dataclass import dataclass

_FRAGMENT = re.compile(r"(?!fn(?:ref)?:)([^:]+):(\d{1,6})(?:-(\d{1,6}))?")
"""Not `#fn:1`, which is a footnote elsewhere."""


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """A block of code with an id of its own."""

    id: str
    title: str
    """What its bar shows, most often the name of a file; empty if there is no bar."""
    start: int
    """The number of its first line."""
    lines: tuple[str, ...]

    def shown(self, reference: LineReference) -> str:
        """What readers see of a reference to it: `app.py:9`, or `L9` where there is no title."""
        numbers = reference.numbers.replace("-", "–")
        return f"{self.title}:{numbers}" if self.title else f"L{numbers}"

    def text(self, first: int, last: int) -> tuple[str, ...]:
        """The lines with these numbers; none where it does not have all of them."""
        if not self.start <= first <= last < self.start + len(self.lines):
            return ()
        return self.lines[first - self.start : last - self.start + 1]


@dataclass(frozen=True, slots=True)
class CodeFile:
    """A file that blocks of code in a document show."""

    path: str
    """Below the folder of all files of the document, such as `src/app.py`."""
    text: str


class LineReference(NamedTuple):
    """Lines of a block of code, as the fragment of a link names them: `main:9` or `main:9-12`.

    Lines have the numbers that readers see.
    """

    block: str
    """The id of the block."""
    first: int
    last: int

    @property
    def numbers(self) -> str:
        """The numbers, as links write them: `9` or `9-12`."""
        return f"{self.first}-{self.last}" if self.last > self.first else f"{self.first}"

    @property
    def anchor(self) -> str:
        """The id of the first line."""
        return f"{self.block}-{self.first}"

    @property
    def tail(self) -> str:
        """What a URL has behind that of the document: `?to=12#main-9`, of which the fragment alone
        leads there, and a script lights the other lines (`parts/lines.js`).
        """
        to = f"?to={self.last}" if self.last > self.first else ""
        return f"{to}#{self.anchor}"


def line_reference(href: str) -> LineReference | None:
    """The lines that a link names, if its fragment has that form."""
    found = _FRAGMENT.fullmatch(unquote(href.partition("#")[2]))
    if found is None:
        return None
    first = int(found[2])
    return LineReference(found[1], first, int(found[3] or first))

"""What a terminal can show: its width, and its colours.

Colour is for terminals. `NO_COLOR` turns it off (no-color.org), `FORCE_COLOR` turns it on anywhere
(force-color.org).
"""

from __future__ import annotations

import os
import re
from shutil import get_terminal_size
from typing import TextIO
from unicodedata import category, east_asian_width

WIDEST = 100
"""Columns of running text, at most."""
SGR = re.compile(r"\x1b\[[\d;]*m")


def is_smart(stream: TextIO) -> bool:
    """Whether the stream is a terminal that obeys control sequences (terminfo(5))."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def has_colour(stream: TextIO) -> bool:
    """Whether to write in colour; the order of precedence is that of Python 3.13."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or is_smart(stream)


def painted(text: str, codes: str) -> str:
    """The text in these colours (ECMA-48 SGR)."""
    return f"\x1b[{codes}m{text}\x1b[0m"


def columns() -> int:
    """The width of running text: that of the terminal, if it is not too wide to read."""
    return min(get_terminal_size((WIDEST, 0)).columns, WIDEST)


def width_of(text: str) -> int:
    """The columns of a terminal that a text takes up (Unicode 15, UAX #11), colours apart."""
    return sum(
        0 if category(c) in ("Mn", "Me", "Cf") else 2 if east_asian_width(c) in "WF" else 1
        for c in SGR.sub("", text)
    )


def wrapped(text: str, width: int, head: str = "", indent: str = "") -> str:
    """The text in lines of the width, broken at spaces alone, so that no word or path is.

    `head` starts the first line and `indent` each other.
    """
    first, *words = text.split(" ")
    lines = [head + first]
    for word in words:
        longer = f"{lines[-1]} {word}"
        if width_of(longer) <= width or not lines[-1].strip():
            lines[-1] = longer
        else:
            lines.append(indent + word)
    return "\n".join(line.rstrip() for line in lines)


def as_paragraph(text: str, head: str = "", indent: str = "") -> str:
    """The text in lines as wide as the terminal."""
    return wrapped(text, columns(), head, indent)

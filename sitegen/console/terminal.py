"""What a terminal can show: its width, and its colours.

Colour is for terminals. `NO_COLOR` turns it off (no-color.org), `FORCE_COLOR` turns it on anywhere
(force-color.org).
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if (
    TYPE_CHECKING
):  # without `typing`, which takes longer to load than all the rest of a quick answer
    from typing import TextIO

WIDEST = 100
"""Columns of running text, at most."""


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
    """The width of running text: that of the terminal, if it is not too wide to read.

    As `shutil.get_terminal_size` finds it, which is too slow to load.
    """
    given = os.environ.get("COLUMNS", "")
    width = int(given) if given.isdecimal() else 0
    if not width and sys.__stdout__:
        try:
            width = os.get_terminal_size(sys.__stdout__.fileno()).columns
        except (OSError, ValueError):  # it is no terminal, or closed
            width = 0
    return min(width or WIDEST, WIDEST)

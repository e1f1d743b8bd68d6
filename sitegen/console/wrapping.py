"""Text in lines that fit a terminal."""

from __future__ import annotations

import re
from unicodedata import category, east_asian_width

from sitegen.console.terminal import columns

SGR = re.compile(r"\x1b\[[\d;]*m")


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

"""The library that draws: pyvips, which only some sites need."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import Any

from sitegen.drawing.fonts import MONO, own_environment


class DrawingError(Exception):
    """Something cannot be drawn; the text says why."""


def can_draw() -> bool:
    """Whether the library is installed."""
    return find_spec("pyvips") is not None


@cache
def library() -> Any:  # noqa: ANN401 (it has no types)
    """The library, once it knows the fonts. Raises DrawingError where it cannot be used."""
    with own_environment():
        try:
            import pyvips

            pyvips.Image.text("x", font=MONO)
        except Exception as error:  # of the module, of what it loads, or of that at work
            raise DrawingError(str(error)) from error
    return pyvips

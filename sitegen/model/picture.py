"""What pages need to know of an image file to show it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """An image file of the site."""

    format: str
    size: tuple[int, int] | None
    """Width and height in pixels, as they are seen; None where it fits any, as some SVG do."""

"""Draws a picture as an icon: in a square of some size, on a ground or on none."""

from __future__ import annotations

import struct
from typing import Any

from sitegen.drawing.library import DrawingError, library

LARGEST_ICON = 64_000_000
"""Pixels of a picture that icons are made from, at most."""


def draw_icon(picture: bytes, size: int, share: float = 1, ground: str = "") -> bytes:
    """A square PNG with a picture in its middle.

    `size` is in pixels, `share` how much of that the picture takes, unless it fills a square with
    colour; `ground` is the colour behind it, or empty for none. Raises DrawingError.
    """
    vips = library()
    try:
        inner = _opened(picture, size, vips)
        if not _fills(inner):
            inner = _opened(picture, round(size * share), vips)
        square = inner.gravity("centre", size, size, extend="background", background=[0, 0, 0, 0])
        if ground:
            square = _square(ground, size, vips).composite2(square, "over").flatten()
        data: bytes = square.pngsave_buffer(compression=9, keep="none")
        return data
    except vips.Error as error:
        raise DrawingError("it is not an image that can be read") from error


def as_ico(png: bytes, size: int) -> bytes:
    """A file of icons with one in it, a PNG as all browsers read it there.

    It is the format of Windows: ICONDIR and ICONDIRENTRY.
    """
    directory = struct.pack("<HHH", 0, 1, 1)
    entry = struct.pack("<BBBBHHLL", size % 256, size % 256, 0, 0, 1, 32, len(png), 22)
    return directory + entry + png


def _opened(picture: bytes, size: int, vips: Any) -> Any:  # noqa: ANN401 (it has no types)
    """The picture, as large as it fits into a square of this size, with transparency."""
    known = vips.Image.new_from_buffer(picture, "")
    if known.width * known.height > LARGEST_ICON:
        raise DrawingError(f"it has {known.width} × {known.height} pixels, which are too many")
    found = vips.Image.thumbnail_buffer(picture, size, height=size).colourspace("srgb")
    opened = found if found.hasalpha() else found.addalpha()
    return opened.copy_memory()  # or it could be read but once


def _fills(picture: Any) -> bool:  # noqa: ANN401 (the same)
    """Whether no ground would be seen."""
    return bool(picture.width == picture.height and picture[3].min() == 255)


def _square(ground: str, size: int, vips: Any) -> Any:  # noqa: ANN401 (the same)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}">'
    return vips.Image.svgload_buffer(
        f'{svg}<rect width="{size}" height="{size}" fill="{ground}"/></svg>'.encode()
    )

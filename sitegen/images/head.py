"""What the first bytes of a file tell of the image in it: its format, and its size.

They are read by the specifications of the formats, one module each. Whatever the bytes are, no more
than they hold is looked at, and at worst there is an ImageError.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sitegen.images.avif import avif_size, is_avif
from sitegen.images.errors import ImageError
from sitegen.images.gif import GIF_SIGNATURES, gif_size
from sitegen.images.jpeg import JPEG_SIGNATURE, jpeg_size
from sitegen.images.png import PNG_SIGNATURE, png_size
from sitegen.images.svg import is_svg, svg_size
from sitegen.images.webp import is_webp, webp_size

HEAD_SIZE = 1 << 20
"""Bytes of a file that are looked at: profiles and previews can lie before the size of a JPEG."""


class _Format(NamedTuple):
    name: str
    is_one: Callable[[bytes], bool]
    size: Callable[[bytes], tuple[int, int] | None]


IMAGE_FORMATS = (
    _Format("PNG", lambda data: data.startswith(PNG_SIGNATURE), png_size),
    _Format(
        "JPEG",
        lambda data: data.startswith(JPEG_SIGNATURE),
        jpeg_size,
    ),
    _Format("GIF", lambda data: data.startswith(GIF_SIGNATURES), gif_size),
    _Format("WebP", is_webp, webp_size),
    _Format("AVIF", is_avif, avif_size),
    _Format("SVG", is_svg, svg_size),
)
"""The formats that all browsers show."""


class ImageHead(NamedTuple):
    """What the head of an image tells."""

    format: str
    size: tuple[int, int] | None
    """Width and height in pixels, as they are seen; None where it fits any, as some SVG do."""


def image_head(data: bytes) -> ImageHead:
    """What the first bytes of a file, at most `HEAD_SIZE`, tell. Raises ImageError."""
    if not data:
        raise ImageError("it is empty")
    for each in IMAGE_FORMATS:
        if each.is_one(data):
            size = each.size(data)
            if size is not None and not all(size):
                raise ImageError(f"it is {size[0]} × {size[1]} pixels large")
            return ImageHead(each.name, size)
    raise ImageError("its content is of no image format that they know")

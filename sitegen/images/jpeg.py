"""JPEG (ITU-T T.81, annex B), whose Exif data is in a segment APP1 (Exif 3.0, §4.7.2)."""

from __future__ import annotations

from sitegen.images.data import big, piece
from sitegen.images.errors import ImageError
from sitegen.images.exif import TURNED, orientation

JPEG_SIGNATURE = b"\xff\xd8\xff"

FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The markers of a frame header: all of SOF0 to SOF15 (table B.1)."""
ALONE = frozenset((0x01, *range(0xD0, 0xD9)))
"""The markers without a segment behind them."""
APP1, START_OF_SCAN, END_OF_IMAGE = 0xE1, 0xDA, 0xD9


def jpeg_size(data: bytes) -> tuple[int, int]:
    """Width and height as they are seen, which is how browsers turn it. Raises ImageError."""
    at, is_turned = 2, False
    while True:
        marker, at = _marker(data, at)
        if marker in ALONE:
            continue
        if marker in (START_OF_SCAN, END_OF_IMAGE):
            raise ImageError("its size is not in front of its pixels")
        length = big(data, at, 2)
        if length < 2:
            raise ImageError("a segment of it has no length")
        if marker in FRAMES:
            height, width = big(data, at + 3, 2), big(data, at + 5, 2)
            return (height, width) if is_turned else (width, height)
        if marker == APP1 and piece(data, at + 2, 6)[:6] == b"Exif\0\0":
            is_turned = orientation(data[at + 8 : at + length]) in TURNED
        at += length


def _marker(data: bytes, at: int) -> tuple[int, int]:
    """The marker there, which any number of FF may fill up to, and where it ends (§B.1.1.2)."""
    if big(data, at, 1) != 0xFF:
        raise ImageError("a segment of it does not end where it should")
    while (code := big(data, at, 1)) == 0xFF:
        at += 1
    return code, at + 1

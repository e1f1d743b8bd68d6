"""JPEG (ITU-T T.81, annex B), whose Exif data is in a segment APP1 (Exif 3.0, §4.7.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitegen.images.data import big, piece
from sitegen.images.errors import ImageError
from sitegen.images.exif import TURNED, orientation

JPEG_SIGNATURE = b"\xff\xd8\xff"

FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The markers of a frame header: all of SOF0 to SOF15 (table B.1)."""
ALONE = frozenset((0x01, *range(0xD0, 0xD9)))
"""The markers without a segment behind them."""
APP1, START_OF_SCAN, END_OF_IMAGE = 0xE1, 0xDA, 0xD9
EXIF = b"Exif\0\0"
_BEHIND_PIXELS = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""A marker: in pixels, FF has 00 or the number of a restart behind it (§B.1.1.5)."""


def jpeg_size(data: bytes) -> tuple[int, int]:
    """Width and height as they are seen, which is how browsers turn it. Raises ImageError."""
    is_turned = False
    for marker, at, after in jpeg_segments(data):
        if marker in FRAMES:
            height, width = big(data, at + 1, 2), big(data, at + 3, 2)
            return (height, width) if is_turned else (width, height)
        if marker == APP1 and piece(data, at, 6) == EXIF:
            is_turned = orientation(data[at + 6 : after]) in TURNED
    raise ImageError("its size is not in front of its pixels")


def jpeg_segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Each segment in front of the pixels: its marker, and where its content starts and ends.

    Raises ImageError where they are not as they should be.
    """
    at = 2
    while True:
        marker, at = _marker(data, at)
        if marker in (START_OF_SCAN, END_OF_IMAGE):
            return
        if marker in ALONE:
            yield marker, at, at
            continue
        length = big(data, at, 2)
        if length < 2:
            raise ImageError("a segment of it has no length")
        yield marker, at + 2, at + length
        at += length


def end_of_jpeg(data: bytes, at: int) -> int:
    """Where the image ends whose last segment in front of the pixels ends here; behind it, cameras
    put previews and films. Raises ImageError where it has no end.
    """
    while True:
        marker, at = _marker(data, at)
        if marker == END_OF_IMAGE:
            return at
        at += big(data, at, 2)
        if marker == START_OF_SCAN:
            found = _BEHIND_PIXELS.search(data, at)
            if found is None:
                raise ImageError("it ends in the middle of its pixels")
            at = found.start()


def _marker(data: bytes, at: int) -> tuple[int, int]:
    """The marker there, which any number of FF may fill up to, and where it ends (§B.1.1.2)."""
    if big(data, at, 1) != 0xFF:
        raise ImageError("a segment of it does not end where it should")
    while (code := big(data, at, 1)) == 0xFF:
        at += 1
    return code, at + 1

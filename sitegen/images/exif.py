"""Exif data, of which browsers show the orientation (Exif 3.0, §4.6.5.1.6; TIFF 6.0, section 2)."""

from __future__ import annotations

from typing import Literal

ORIENTATION = 0x0112
TURNED = frozenset(range(5, 9))
"""The orientations in which the rows of a file are the columns that are seen."""


def orientation(tiff: bytes) -> int:
    """How the rows and columns of an image are meant, from its Exif data: 1 to 8.

    1, which is as they are, where the data does not say or makes no sense.
    """
    if tiff[:2] not in (b"II", b"MM"):
        return 1
    order: Literal["little", "big"] = "little" if tiff[:2] == b"II" else "big"

    def number(start: int, length: int) -> int:
        return int.from_bytes(tiff[start : start + length], order)

    start = number(4, 4)
    for entry in range(start + 2, start + 2 + 12 * number(start, 2), 12):
        if entry + 12 > len(tiff):
            break
        if number(entry, 2) == ORIENTATION:
            value = number(entry + 8, 2)
            return value if 1 <= value <= 8 else 1
    return 1

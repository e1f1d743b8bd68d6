"""PNG (Portable Network Graphics Specification, third edition, §5.3, §11.2.1 and §11.3.4.4)."""

from __future__ import annotations

from sitegen.images.data import big, piece
from sitegen.images.errors import ImageError
from sitegen.images.exif import TURNED, orientation

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
CHUNKS = 256
"""Chunks that are looked at for the orientation, at most."""


def png_size(data: bytes) -> tuple[int, int]:
    """Width and height as they are seen. Raises ImageError."""
    if piece(data, 8, 8) != b"\0\0\0\x0dIHDR":
        raise ImageError("its first chunk is not IHDR")
    width, height = big(data, 16, 4), big(data, 20, 4)
    return (height, width) if _orientation(data) in TURNED else (width, height)


def _orientation(data: bytes) -> int:
    """As its Exif data has it, where that lies before the pixels."""
    at = 33
    for _ in range(CHUNKS):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if kind == b"eXIf":
            return orientation(data[at + 8 : at + 8 + length])
        if kind in (b"IDAT", b""):
            break
        at += length + 12
    return 1

"""WebP (RFC 9649, §2.7 and §3.4; RFC 6386, §9.1). Browsers do not turn one by its Exif data."""

from __future__ import annotations

from sitegen.images.data import little, piece
from sitegen.images.errors import ImageError


def is_webp(data: bytes) -> bool:
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def webp_size(data: bytes) -> tuple[int, int]:
    """Width and height of its canvas. Raises ImageError."""
    kind = piece(data, 12, 4)
    if kind == b"VP8X":
        return little(data, 24, 3) + 1, little(data, 27, 3) + 1
    if kind == b"VP8L":
        if piece(data, 20, 1) != b"\x2f":
            raise ImageError("its lossless data does not start as it should")
        bits = little(data, 21, 4)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        if piece(data, 23, 3) != b"\x9d\x01\x2a":
            raise ImageError("its frame does not start as it should")
        return little(data, 26, 2) & 0x3FFF, little(data, 28, 2) & 0x3FFF
    raise ImageError("its first chunk is none of WebP")

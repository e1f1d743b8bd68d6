"""The first bytes of a file, read without ever reading behind them."""

from __future__ import annotations

from sitegen.images.errors import ImageError


def piece(data: bytes, start: int, length: int) -> bytes:
    """So many bytes from there. Raises ImageError where there are fewer."""
    found = data[start : start + length]
    if len(found) < length:
        raise ImageError("it ends in the middle of its header")
    return found


def big(data: bytes, start: int, length: int) -> int:
    """The number in these bytes, the most significant first. Raises ImageError as `piece`."""
    return int.from_bytes(piece(data, start, length), "big")


def little(data: bytes, start: int, length: int) -> int:
    """The number in these bytes, the least significant first. Raises ImageError as `piece`."""
    return int.from_bytes(piece(data, start, length), "little")

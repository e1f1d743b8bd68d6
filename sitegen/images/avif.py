"""AVIF (AV1 Image File Format 1.1): boxes of ISO/IEC 14496-12, properties of ISO/IEC 23008-12.

The size is the property `ispe` of the primary item (§6.5.3), and `irot` turns it (§6.5.10).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sitegen.images.data import big, piece
from sitegen.images.errors import ImageError

BRANDS = (b"avif", b"avis")
BOXES = 256
"""Boxes that are looked at in any other, at most."""


class AvifBox(NamedTuple):
    """A part of the file, in which there can be others."""

    kind: bytes
    start: int
    """Of what is in it."""
    end: int


def is_avif(data: bytes) -> bool:
    """Whether it says so, as its own kind or as one that it is compatible with (§6.2)."""
    if data[4:8] != b"ftyp":
        return False
    brands = data[8 : min(int.from_bytes(data[:4], "big"), 256)]
    return any(brands[at : at + 4] in BRANDS for at in (0, *range(8, len(brands), 4)))


def avif_size(data: bytes) -> tuple[int, int]:
    """Width and height as they are seen. Raises ImageError."""
    meta = avif_box(data, 0, len(data), b"meta")
    inside = meta.start + 4, meta.end
    primary = _primary(data, avif_box(data, *inside, b"pitm"))
    properties = avif_box(data, *inside, b"iprp")
    within = properties.start, properties.end
    container = avif_box(data, *within, b"ipco")
    known = tuple(avif_boxes(data, container.start, container.end))
    size, turns = None, 0
    for index in _associated(data, avif_box(data, *within, b"ipma"), primary):
        kind, start, _ = known[index - 1] if 0 < index <= len(known) else AvifBox(b"", 0, 0)
        if kind == b"ispe":
            size = big(data, start + 4, 4), big(data, start + 8, 4)
        elif kind == b"irot":
            turns = big(data, start, 1) & 3
    if size is None:
        raise ImageError("its image has no size")
    return size[::-1] if turns % 2 else size


def avif_boxes(data: bytes, start: int, end: int, most: int = BOXES) -> Iterator[AvifBox]:
    """The boxes from there to there (ISO/IEC 14496-12, §4.2), no more than that."""
    for _ in range(most):
        if start + 8 > end:
            return
        length, kind, head = big(data, start, 4), piece(data, start + 4, 4), 8
        if length == 1:
            length, head = big(data, start + 8, 8), 16
        elif length == 0:
            length = end - start
        if length < head:
            raise ImageError("a box of it has no length")
        yield AvifBox(kind, start + head, min(start + length, end))
        start += length


def avif_box(data: bytes, start: int, end: int, kind: bytes) -> AvifBox:
    """The first box of this kind from there to there. Raises ImageError."""
    for box in avif_boxes(data, start, end):
        if box.kind == kind:
            return box
    raise ImageError(f"it has no box '{kind.decode()}'")


def _primary(data: bytes, box: AvifBox) -> int:
    return big(data, box.start + 4, 2 if big(data, box.start, 1) == 0 else 4)


def _associated(data: bytes, box: AvifBox, item: int) -> Iterator[int]:
    """The numbers of the properties of an item, from 1 (ISO/IEC 23008-12, §9.3.1)."""
    version, is_wide = big(data, box.start, 1), big(data, box.start + 3, 1) & 1
    count, at = big(data, box.start + 4, 4), box.start + 8
    width, mask = (2, 0x7FFF) if is_wide else (1, 0x7F)
    for _ in range(min(count, BOXES)):
        size = 2 if version < 1 else 4
        found, number = big(data, at, size), big(data, at + size, 1)
        at += size + 1
        if found == item:
            yield from (big(data, at + n * width, width) & mask for n in range(number))
        at += number * width

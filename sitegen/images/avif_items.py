"""The items of an AVIF file: pictures, and what is said about them (ISO/IEC 14496-12, §8.11)."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.images.avif import AvifBox, avif_box, avif_boxes
from sitegen.images.data import big, piece
from sitegen.images.errors import ImageError

_EXIF, _MIME, _XMP = b"Exif", b"mime", b"application/rdf+xml"
"""The types of items with metadata, and the media type of one of them (AVIF 1.1, appendix A)."""
_UNKNOWN = b"free"
"""A type that nothing has: readers pass over such items."""
_ITEMS = 1024
"""That are looked at, and parts of them, at most."""

_Extents = list[tuple[int, int]]
"""From where to where an item is, in its order."""


def without_items(data: bytes) -> bytes:
    """The file with zeros in place of Exif data and XMP, so that all else stays in its place.

    Raises ImageError where the bytes are not in the file, or are those of another item too.
    """
    meta = avif_box(data, 0, len(data), b"meta")
    found = dict(_metadata(data, meta))
    places = dict(_places(data, meta)) if found else {}
    others = [extent for item, extents in places.items() if item not in found for extent in extents]
    if sum(map(len, places.values())) > _ITEMS:
        raise ImageError("it has more items than any picture")
    bare = bytearray(data)
    for item, kind in found.items():
        bare[kind : kind + 4] = _UNKNOWN
        for start, end in places.get(item, ()):
            if any(start < until and since < end for since, until in others):
                raise ImageError("metadata and a picture share bytes")
            bare[start:end] = bytes(end - start)
    return bytes(bare)


def _metadata(data: bytes, meta: AvifBox) -> Iterator[tuple[int, int]]:
    """The number of each item with metadata, and where its type is written (§8.11.6)."""
    infos = avif_box(data, meta.start + 4, meta.end, b"iinf")
    first = infos.start + (6 if big(data, infos.start, 1) == 0 else 8)
    for _, start, end in avif_boxes(data, first, infos.end, _ITEMS):
        width = {2: 2, 3: 4}.get(
            big(data, start, 1), 0
        )  # of the number; before, there were no types
        kind = start + 4 + width + 2
        name = piece(data, kind, 4) if width else b""
        if name == _EXIF or (name == _MIME and _XMP in data[kind:end]):
            yield big(data, start + 4, width), kind


def _places(data: bytes, meta: AvifBox) -> Iterator[tuple[int, _Extents]]:
    """Where each item is (§8.11.3)."""
    box = avif_box(data, meta.start + 4, meta.end, b"iloc")
    reader = _Reader(data, box.start)
    version, _ = reader.next(1), reader.next(3)
    sizes = reader.next(2)
    offset, length, base, index = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    for _ in range(reader.next(2 if version < 2 else 4)):
        item = reader.next(2 if version < 2 else 4)
        method = reader.next(2) & 15 if version else 0
        elsewhere, start = reader.next(2), reader.next(base)
        extents = []
        for _ in range(reader.next(2)):
            reader.next(index if version else 0)
            at, size = start + reader.next(offset), reader.next(length)
            extents.append((at, at + size))
        yield item, _in_file(data, meta, method, extents, is_elsewhere=elsewhere > 0)


def _in_file(
    data: bytes, meta: AvifBox, method: int, extents: _Extents, *, is_elsewhere: bool
) -> _Extents:
    """Where extents are in the file that are counted from its start, or from that of a box."""
    start = avif_box(data, meta.start + 4, meta.end, b"idat").start if method == 1 else 0
    placed = [(start + since, start + until) for since, until in extents]
    is_known = method < 2 and not is_elsewhere
    if not is_known or any(until <= since or until > len(data) for since, until in placed):
        raise ImageError("an item of it is not in the file")
    return placed


class _Reader:
    """Numbers one after the other."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data, self._at = data, at

    def next(self, width: int) -> int:
        """That of the next bytes, so many. Raises ImageError at the end of the file."""
        self._at += width
        return big(self._data, self._at - width, width) if width else 0

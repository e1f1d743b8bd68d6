"""Images without what cameras and programs have written into them: where, when, with what, by whom.

The pixels stay as they are, byte for byte, and so does all that decides how they are seen: the
orientation and the profile of colours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from zlib import crc32

from sitegen.images.data import big, little
from sitegen.images.errors import ImageError
from sitegen.images.exif import orientation
from sitegen.images.head import image_head
from sitegen.images.jpeg import APP1, EXIF, end_of_jpeg, jpeg_segments
from sitegen.images.names import format_of_name

JPEG_COMMENT, APP13 = 0xFE, 0xED
"""The segments of a JPEG with a comment (ITU-T T.81, §B.2.4.5), and with IPTC data (Photoshop)."""
PNG_TEXTS = frozenset((b"tEXt", b"zTXt", b"iTXt", b"tIME"))
"""The chunks with texts, XMP among them, and a time (PNG, third edition, §11.3.3 and §11.3.6)."""
WEBP_FLAGS = {b"EXIF": 0x08, b"XMP ": 0x04}
"""The chunks with metadata, and the bits of the header that announce them (RFC 9649, §2.7)."""


def may_have_metadata(path: str) -> bool:
    """Whether a file is called like an image of which `without_metadata` knows the format."""
    return format_of_name(path) in _REWRITES


def without_metadata(data: bytes) -> bytes:
    """The image without metadata, or these very bytes where there is none, or no image to read."""
    try:
        rewrite = _REWRITES.get(image_head(data).format)
        return rewrite(data) if rewrite else data
    except ImageError:
        return data


def _jpeg(data: bytes) -> bytes:
    parts, end, turned = [data[:2]], 2, 1
    for marker, start, after in jpeg_segments(data):
        if marker == APP1 and data.startswith(EXIF, start):
            turned = orientation(data[start + len(EXIF) : after])
        if marker not in (APP1, APP13, JPEG_COMMENT):
            parts.append(data[end:after])
        end = after
    if turned != 1:
        content = EXIF + _only(turned)
        parts.insert(1, b"\xff\xe1" + (len(content) + 2).to_bytes(2, "big") + content)
    return _joined(data, [*parts, data[end : end_of_jpeg(data, end)]])


def _png(data: bytes) -> bytes:
    parts = [data[:8]]
    for kind, start, after in _png_chunks(data):
        if kind == b"eXIf":
            if (turned := orientation(data[start + 8 : after - 4])) != 1:
                parts.append(_png_chunk(kind, _only(turned)))
        elif kind not in PNG_TEXTS:
            parts.append(data[start:after])
    return _joined(data, parts)


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """The type of each chunk, where it starts and where it ends (§5.3)."""
    at = 8
    while at < len(data):
        after = at + 12 + big(data, at, 4)
        yield data[at + 4 : at + 8], at, after
        at = after


def _png_chunk(kind: bytes, content: bytes) -> bytes:
    checked = kind + content
    return len(content).to_bytes(4, "big") + checked + crc32(checked).to_bytes(4, "big")


def _webp(data: bytes) -> bytes:
    parts, removed, at = [], 0, 12
    while at < len(data):
        kind, size = data[at : at + 4], little(data, at + 4, 4)
        after = at + 8 + size + size % 2
        if kind in WEBP_FLAGS:
            removed |= WEBP_FLAGS[kind]
        else:
            parts.append(data[at:after])
        at = after
    if not removed:
        return data
    parts = [_with_flags(part, ~removed) if part[:4] == b"VP8X" else part for part in parts]
    content = b"WEBP" + b"".join(parts)
    return b"RIFF" + len(content).to_bytes(4, "little") + content


def _with_flags(chunk: bytes, kept: int) -> bytes:
    return chunk[:8] + bytes((chunk[8] & kept,)) + chunk[9:]


def _only(turned: int) -> bytes:
    """Exif data that says nothing but an orientation (TIFF 6.0, section 2)."""
    entry = b"\x01\x12\x00\x03\x00\x00\x00\x01" + turned.to_bytes(2, "big") + b"\0\0"
    return b"MM\0\x2a\0\0\0\x08\0\x01" + entry + b"\0\0\0\0"


def _joined(data: bytes, parts: list[bytes]) -> bytes:
    joined = b"".join(parts)
    return data if joined == data else joined


def _avif(data: bytes) -> bytes:
    from sitegen.images.avif_items import without_items

    return _joined(data, [without_items(data)])


_REWRITES: dict[str, Callable[[bytes], bytes]] = {
    "JPEG": _jpeg,
    "PNG": _png,
    "WebP": _webp,
    "AVIF": _avif,
}

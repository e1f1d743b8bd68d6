"""Edits of a file: its bytes with other text at the places that diagnostics name.

A diagnostic counts lines and columns in the text that was read: without byte order mark and control
characters, with LF for every end of a line. A file keeps its own, and all that no edit is about.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterable

from sitegen.model.diagnostics import Replacement
from sitegen.text.encoding import FORBIDDEN

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_END = re.compile(r"\r\n|\r|\n")


def text_in(data: bytes) -> str | None:
    """The text of a file with its ends of lines as they are; None where it is not UTF-8."""
    try:
        return data.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError:
        return None


def offset_in(text: str, line: int, column: int) -> int:
    """The offset of a place in a text whose lines end as in its file, and which has all of its
    characters: those that are not read count for no column.
    """
    lines = _LINE.finditer(text)
    for _ in range(line - 1):
        next(lines)
    found = next(lines)
    offset = found.start() + column - 1
    for unread in FORBIDDEN.finditer(text, *found.span()):
        offset += unread.start() <= offset
    return offset


def edited(data: bytes, edits: Iterable[Replacement]) -> bytes | None:
    """The bytes of a file with these edits, which do not overlap; None where it is not UTF-8, or a
    character that is not read is within one.
    """
    text = text_in(data)
    if text is None:
        return None
    line_end = found[0] if (found := _END.search(text)) else "\n"
    # From the last to the first, so that the places of those before it stay.
    for edit in sorted(edits, reverse=True):
        start = offset_in(text, edit.line, edit.column)
        end = start + edit.length
        if FORBIDDEN.search(text, start, end):
            return None
        text = text[:start] + edit.text.replace("\n", line_end) + text[end:]
    return with_text(data, text)


def with_text(data: bytes, text: str) -> bytes:
    """The bytes of a file with another text, behind the byte order mark that it has."""
    mark = BOM_UTF8 if data.startswith(BOM_UTF8) else b""
    return mark + text.encode()

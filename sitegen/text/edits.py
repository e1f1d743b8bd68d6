"""Edits of a file: its bytes with other text at the places that diagnostics name.

A diagnostic counts lines and columns in the text that was read: without byte order mark, with LF
for every end of a line. A file keeps its own, and all else that no edit is about.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterable

from sitegen.model.diagnostics import Replacement
from sitegen.text.encoding import FORBIDDEN

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_END = re.compile(r"\r\n|\r|\n")


def text_as_counted(data: bytes) -> str | None:
    """The text of a file with its ends of lines as they are; None where places in it are unsure.

    That is where it is not UTF-8, or has characters that are not counted in columns.
    """
    try:
        text = data.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError:
        return None
    return None if FORBIDDEN.search(text) else text


def offset_in(text: str, line: int, column: int) -> int:
    """The offset of a place in a text whose lines end as in its file."""
    lines = _LINE.finditer(text)
    for _ in range(line - 1):
        next(lines)
    return next(lines).start() + column - 1


def edited(data: bytes, edits: Iterable[Replacement]) -> bytes | None:
    """The bytes of a file with these edits, which do not overlap; None where places are unsure."""
    text = text_as_counted(data)
    if text is None:
        return None
    end = found[0] if (found := _END.search(text)) else "\n"
    # From the last to the first, so that the places of those before it stay.
    for edit in sorted(edits, reverse=True):
        start = offset_in(text, edit.line, edit.column)
        text = text[:start] + edit.text.replace("\n", end) + text[start + edit.length :]
    return with_text(data, text)


def with_text(data: bytes, text: str) -> bytes:
    """The bytes of a file with another text, behind the byte order mark that it has."""
    mark = BOM_UTF8 if data.startswith(BOM_UTF8) else b""
    return mark + text.encode()

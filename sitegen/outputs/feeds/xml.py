"""XML as text: elements a line each, indented, free of what XML 1.0 forbids; and dates.

Feeds are written several times in each build, with whole posts in them. A tree of objects for every
element would take most of that time.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta, timezone

from sitegen.model.site import MONTHS
from sitegen.text.encoding import FORBIDDEN

TEXT = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r", "&#13;"))
"""A carriage return that stays as it is would be read as a line feed (XML 1.0 §2.11)."""
VALUE = (*TEXT, ('"', "&quot;"), ("\n", "&#10;"), ("\t", "&#09;"))
"""In the value of an attribute, every white space would be read as a space (XML 1.0 §3.3.3)."""
_PLAIN = b"\t\n\r" + bytes(range(0x20, 0x80))
"""What most texts are made of, and nothing that is forbidden: four times as quick to look for."""

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def xml_safe(text: str) -> str:
    """The text without the characters that XML 1.0 forbids even as references."""
    is_plain = text.isascii() and not text.encode().translate(None, _PLAIN)
    return text if is_plain else FORBIDDEN.sub("", text)


def element(name: str, text: str = "", /, **attributes: str) -> str:
    """An element that holds text, or nothing."""
    start = f"{name}{_attributes(attributes)}"
    inner = _escaped(text, TEXT)
    return f"<{start}>{inner}</{name}>" if inner else f"<{start} />"


def group(name: str, children: Iterable[str], depth: int = 0, /, **attributes: str) -> str:
    """An element inside `depth` others, with a line for each child that is not empty."""
    indent = "  " * depth
    lines = "".join(f"{indent}  {child}\n" for child in children if child)
    return f"<{name}{_attributes(attributes)}>\n{lines}{indent}</{name}>"


def document(root: str) -> bytes:
    """The whole, from its outermost element."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root}\n'.encode()


def document_of(root: str, end: str, entries: Iterable[bytes]) -> bytes:
    """The whole, with entries that are written already before the last of this end tag.

    Entries are most of a feed, and there are many feeds: each is copied but once.
    """
    start, *rest = document(root).rpartition(end.encode())
    return b"".join((start, *entries, *rest))


def _attributes(attributes: dict[str, str]) -> str:
    return "".join(f' {name}="{_escaped(value, VALUE)}"' for name, value in attributes.items())


def _escaped(text: str, references: tuple[tuple[str, str], ...]) -> str:
    text = xml_safe(text)
    for character, reference in references:
        text = text.replace(character, reference)
    return text


def rfc822(date: datetime) -> str:
    """As `email.utils` formats it, which loads sockets and MIME for that."""
    date = _to_the_minute(date)
    day, month = DAYS[date.weekday()], MONTHS[date.month - 1][:3]
    return f"{day}, {date:%d} {month} {date.year:04} {date:%H:%M:%S %z}"


def rfc3339(date: datetime) -> str:
    return _to_the_minute(date).isoformat(timespec="seconds").replace("+00:00", "Z")


def _to_the_minute(date: datetime) -> datetime:
    """The date with its offset from UTC cut to minutes, which is all that both formats can say.

    Local mean time, in force until about 1900, has seconds: Berlin was at +00:53:28. The clock is
    left alone, because 0001-01-01, which Hugo writes for "no date", has no earlier hour to go to.
    """
    offset = date.utcoffset() or timedelta()
    return date.replace(tzinfo=timezone(timedelta(minutes=int(offset / timedelta(minutes=1)))))

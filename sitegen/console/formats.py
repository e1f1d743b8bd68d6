"""A diagnostic as text for a terminal, as JSON, and as a GitHub annotation."""

from __future__ import annotations

from dataclasses import asdict
from itertools import accumulate
from unicodedata import category

from sitegen.console.terminal import WIDEST, painted
from sitegen.console.wrapping import width_of, wrapped
from sitegen.model.codes import Severity, url_of
from sitegen.model.diagnostics import Diagnostic, edit_of, location

COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}


CONTROLS = ("Cc", "Cs")
"""The Unicode categories of what must not reach a terminal: controls and lone surrogates."""


def as_text(diagnostic: Diagnostic, width: int | None = None, *, colour: bool = False) -> str:
    """The diagnostic for a person, with a code frame where the source is known.

    `width` is that of the terminal, in columns; without one, each part stays on one line.
    """

    def paint(text: str, codes: str) -> str:
        return painted(text, codes) if colour else text

    def fitted(text: str, indent: str) -> str:
        return wrapped(text, width, indent=indent) if width else text

    d = diagnostic
    where = _harmless(location(d))
    head = f"{paint(where, '1')}: " if where else ""
    level = paint(f"{d.severity} {d.code}", f"1;{COLOURS[d.severity]}")
    lines = [fitted(f"{head}{level}: {_harmless(d.message)}", "   ")]
    if d.frame and d.frame.strip() and d.line:
        number = str(d.line)
        room = (width or WIDEST) - len(f"   {number} | ")
        source, underline = _frame(d.frame, d.column or 1, d.length, room)
        lines.append(f"   {number} | {source}")
        if d.column:
            lines.append(f"   {' ' * len(number)} | {paint(underline, COLOURS[d.severity])}")
    lines += [f"   | {_harmless(line)}" for line in d.said]
    if d.hint:
        lines.append(fitted(f"   {paint('hint:', '1;32')} {_harmless(d.hint)}", " " * 6))
    return "\n".join(lines)


def _harmless(text: str) -> str:
    """The text with what a terminal would obey, or cannot show, written as an escape."""
    return "".join(ascii(c)[1:-1] if category(c) in CONTROLS else c for c in text)


def _frame(text: str, column: int, length: int, room: int) -> tuple[str, str]:
    """The source line and its underline, cut to so many columns around the place."""
    shown = "".join(" " if category(c) in CONTROLS else c for c in text).rstrip()
    before, after = shown[: column - 1], shown[column - 1 :]
    if width_of(shown) > room:
        marked = width_of(after[:length])
        beside = max(0, (room - marked) // 2, room - width_of(after))
        before = _fitting(before[::-1], beside)[::-1]
        after = _fitting(after, room - width_of(before))
    underline = "^" * max(1, width_of(after[:length]))
    return before + after, f"{' ' * width_of(before)}{underline}"


def _fitting(text: str, room: int) -> str:
    """As much of the beginning of a text as these columns hold."""
    ends = accumulate(map(width_of, text[: 2 * room]))
    return text[: sum(end <= room for end in ends)]


def as_json(diagnostic: Diagnostic) -> dict[str, object]:
    """The diagnostic as a JSON object; absent parts are null. `url` is where it is explained, and
    `fix` what `sitegen check --fix` would write, and where.
    """
    url = url_of(diagnostic.code) if diagnostic.code else None
    edit = edit_of(diagnostic)
    more = {"severity": str(diagnostic.severity), "url": url, "fix": edit and edit._asdict()}
    return asdict(diagnostic) | more


def as_github(diagnostic: Diagnostic, folder: str = "") -> str:
    """The diagnostic as a workflow command, which GitHub shows beside the line it points to.

    `folder` is that of the site in its repository, with a slash at the end, or empty.
    """
    d = diagnostic
    level = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
    file = d.path and f"{folder}{d.path}"
    places = {"file": file, "line": d.line, "col": d.column, "title": d.code}
    properties = ",".join(f"{k}={_escape(v, ':,')}" for k, v in places.items() if v is not None)
    text = "\n".join((d.message, *d.said, *((f"hint: {d.hint}",) if d.hint else ())))
    return f"::{level[d.severity]} {properties}::{_escape(text)}"


def _escape(value: object, more: str = "") -> str:
    return "".join(f"%{ord(c):02X}" if c in "%\r\n" + more else c for c in str(value))

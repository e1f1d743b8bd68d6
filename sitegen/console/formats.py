"""A diagnostic as text for a terminal, as JSON, and as a GitHub annotation."""

from __future__ import annotations

from dataclasses import asdict
from unicodedata import category, east_asian_width

from sitegen.model.codes import Severity
from sitegen.model.diagnostics import Diagnostic, location

COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}


FRAME_WIDTH = 100


CONTROLS = ("Cc", "Cs")
"""The Unicode categories of what must not reach a terminal: controls and lone surrogates."""


def as_text(diagnostic: Diagnostic, *, colour: bool = False) -> str:
    """The diagnostic for a person, with a code frame where the source is known."""

    def paint(text: str, codes: str) -> str:
        return f"\x1b[{codes}m{text}\x1b[0m" if colour else text

    d = diagnostic
    where = _harmless(location(d))
    head = f"{paint(where, '1')}: " if where else ""
    level = paint(f"{d.severity} {d.code}", f"1;{COLOURS[d.severity]}")
    lines = [f"{head}{level}: {_harmless(d.message)}"]
    if d.frame and d.frame.strip() and d.line:
        source, underline = _frame(d.frame, d.column or 1, d.length)
        number = str(d.line)
        lines.append(f"   {number} | {source}")
        if d.column:
            lines.append(f"   {' ' * len(number)} | {paint(underline, COLOURS[d.severity])}")
    if d.hint:
        lines.append(f"   {paint('hint:', '1;32')} {_harmless(d.hint)}")
    return "\n".join(lines)


def _harmless(text: str) -> str:
    """The text with what a terminal would obey, or cannot show, written as an escape."""
    return "".join(ascii(c)[1:-1] if category(c) in CONTROLS else c for c in text)


def _frame(text: str, column: int, length: int) -> tuple[str, str]:
    """The source line and its underline, cut to a readable width around the place."""
    at = min(column - 1, len(text))
    start = max(0, at - FRAME_WIDTH // 2) if len(text) > FRAME_WIDTH else 0
    part = text[start : start + FRAME_WIDTH]
    shown = "".join(" " if category(c) in CONTROLS else c for c in part).rstrip()
    before, marked = shown[: at - start], shown[at - start :][:length]
    return shown, f"{' ' * _width(before)}{'^' * max(1, _width(marked))}"


def _width(text: str) -> int:
    """The columns of a terminal that a text takes up (Unicode 15, UAX #11)."""
    return sum(
        0 if category(c) in ("Mn", "Me", "Cf") else 2 if east_asian_width(c) in "WF" else 1
        for c in text
    )


def as_json(diagnostic: Diagnostic) -> dict[str, object]:
    """The diagnostic as a JSON object; absent parts are null."""
    return asdict(diagnostic) | {"severity": str(diagnostic.severity)}


def as_github(diagnostic: Diagnostic) -> str:
    """The diagnostic as a workflow command, which GitHub shows beside the line it points to."""
    d = diagnostic
    level = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
    places = {"file": d.path, "line": d.line, "col": d.column, "title": d.code}
    properties = ",".join(f"{k}={_escape(v, ':,')}" for k, v in places.items() if v is not None)
    text = f"{d.message}\nhint: {d.hint}" if d.hint else d.message
    return f"::{level[d.severity]} {properties}::{_escape(text)}"


def _escape(value: object, more: str = "") -> str:
    return "".join(f"%{ord(c):02X}" if c in "%\r\n" + more else c for c in str(value))

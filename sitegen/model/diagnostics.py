"""What sitegen says about a site: values with stable codes, never log lines or tracebacks.

Stages return diagnostics beside their results, so one bad post never hides another problem.

    SitegenError                 cannot continue
    ├── UsageError               the command or the configuration is wrong: exit status 2
    └── OutputError              the output folder cannot be written: exit status 1
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from sitegen.model.codes import CODES, Severity
from sitegen.model.dataclass import dataclass


class Fix(NamedTuple):
    """What surely mends a problem: another text for a part of what is underlined.

    A stage gives one only where nobody can have meant anything else, and where nothing is lost.
    """

    old: str
    """As it is written there; once, or once as the address of a link."""
    new: str
    """With LF for the end of a line, whatever the file has."""


class Replacement(NamedTuple):
    """A part of a line, and the text that takes its place."""

    line: int
    """From 1, and so is the column."""
    column: int
    length: int
    """In characters."""
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem: what, where, and what to do about it."""

    code: str
    message: str
    path: str | None = None
    line: int | None = None
    column: int | None = None
    hint: str | None = None
    length: int = 1
    """Characters of the line to underline."""
    severity: Severity = Severity.ERROR
    """Set by `judged`; stages leave it alone."""
    frame: str | None = None
    """The source line, set by `framed`."""
    target: str | None = None
    """What a link refers to, or the key that has no effect, as its author wrote it; None where the
    problem is none of these."""
    said: tuple[str, ...] = ()
    """The last lines of what a program printed that is to blame."""
    fix: Fix | None = None
    """What `sitegen check --fix` writes; None where that is for the author to know."""


class SitegenError(Exception):
    """The command cannot continue. Carries the diagnostics that say why."""

    status = 1

    def __init__(self, message: str, *diagnostics: Diagnostic, hint: str | None = None) -> None:
        super().__init__(message)
        self.diagnostics = diagnostics
        self.hint = hint


class UsageError(SitegenError):
    """The command line or the configuration is wrong."""

    status = 2


class OutputError(SitegenError):
    """The output folder cannot be written."""


def judged(
    diagnostics: Iterable[Diagnostic], severities: Mapping[str, str], *, strict: bool
) -> tuple[Diagnostic, ...]:
    """The diagnostics with their final severity, in order of path, line and column.

    `severities` is the configuration's table; a code set to `off` is dropped. With `strict`,
    warnings are errors.
    """

    def judge(diagnostic: Diagnostic) -> Diagnostic | None:
        code = CODES[diagnostic.code]
        name = severities.get(diagnostic.code)
        if name == "off" and not code.fixed:
            return None
        severity = Severity[name.upper()] if name and not code.fixed else code.severity
        if strict and severity is Severity.WARNING:
            severity = Severity.ERROR
        return replace(diagnostic, severity=severity)

    return in_order(filter(None, map(judge, diagnostics)))


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics by path, line and column, each once."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=_order))


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of the judged diagnostics forbids publishing."""
    return any(map(is_error, diagnostics))


def is_error(diagnostic: Diagnostic) -> bool:
    """Whether this judged diagnostic forbids publishing."""
    return diagnostic.severity is Severity.ERROR


def _order(diagnostic: Diagnostic) -> tuple[str, int, int, str, str]:
    d = diagnostic
    return (d.path or "", d.line or 0, d.column or 0, d.code, d.message)


def framed(
    diagnostics: Iterable[Diagnostic], read: Callable[[str], str | None]
) -> tuple[Diagnostic, ...]:
    """The diagnostics with the source line each points to; `read` gives a file's text by path."""
    texts: dict[str, list[str]] = {}

    def line_of(path: str, line: int) -> str | None:
        if path not in texts:
            texts[path] = (read(path) or "").split("\n")
        return texts[path][line - 1] if line <= len(texts[path]) else None

    return tuple(
        replace(d, frame=line_of(d.path, d.line)) if d.path and d.line else d for d in diagnostics
    )


_OPENERS = ("](", "](<", '="', "='")
"""What comes before the address of a link."""


def edit_of(diagnostic: Diagnostic) -> Replacement | None:
    """Where exactly a framed diagnostic has its fix; None where it has none, or the place of what
    it replaces is not plain.
    """
    d = diagnostic
    if d.fix is None or d.frame is None or d.line is None:
        return None
    start = (d.column or 1) - 1
    part = d.frame[start : start + d.length]
    places = [found.start() for found in re.finditer(re.escape(d.fix.old), part)]
    if len(places) > 1:
        places = [at for at in places if part[:at].endswith(_OPENERS)]
    if len(places) != 1:
        return None
    return Replacement(d.line, start + places[0] + 1, len(d.fix.old), d.fix.new)


def mending_of(diagnostic: Diagnostic) -> tuple[str, str]:
    """What is underlined, as it is and as its fix has it; all of the line where that is little."""
    d, edit = diagnostic, edit_of(diagnostic)
    if edit is None or d.frame is None:
        return "", ""
    at = edit.column - 1
    start, end = (d.column or 1) - 1, (d.column or 1) - 1 + d.length
    if d.length < _SHORTEST_SHOWN:
        start, end = 0, len(d.frame)
    after = d.frame[start:at] + edit.text + d.frame[at + edit.length : end]
    return d.frame[start:end].strip(), after.strip()


_SHORTEST_SHOWN = 3
"""Characters that say something without their line."""


def identity_of(diagnostic: Diagnostic) -> tuple[str, str, str]:
    """What makes a framed diagnostic the same one in a later version of the site: its path, its
    code, and the text that it is about, wherever in the file that is.
    """
    d = diagnostic
    line = (d.frame or "").strip()
    return d.path or "", d.code, d.target or line or d.message


def location(diagnostic: Diagnostic) -> str:
    """`path:line:column` as far as known, or an empty string."""
    parts = (diagnostic.path, diagnostic.line, diagnostic.column)
    return ":".join(str(part) for part in parts if part is not None)

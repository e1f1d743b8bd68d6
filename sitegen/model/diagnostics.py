"""What sitegen says about a site: values with stable codes, never log lines or tracebacks.

Stages return diagnostics beside their results, so one bad post never hides another problem.

    SitegenError                 cannot continue
    ├── UsageError               the command or the configuration is wrong: exit status 2
    └── OutputError              the output folder cannot be written: exit status 1
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from sitegen.model.codes import CODES, Severity


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

    kept = dict.fromkeys(filter(None, map(judge, diagnostics)))
    return tuple(sorted(kept, key=_order))


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of the judged diagnostics forbids publishing."""
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)


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


def location(diagnostic: Diagnostic) -> str:
    """`path:line:column` as far as known, or an empty string."""
    parts = (diagnostic.path, diagnostic.line, diagnostic.column)
    return ":".join(str(part) for part in parts if part is not None)

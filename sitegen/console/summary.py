"""A build and its problems in a line: the words that build, check, publish and serve share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from sitegen.console.console import Console
from sitegen.console.plain import timed
from sitegen.model.codes import Severity
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.report import Absence, LeftOut, Report
from sitegen.text.plural import counted

WAYS_IN = {Absence.DRAFT: "--drafts", Absence.SCHEDULED: "--future"}
"""The options that include what is left out."""
NEXT = 3
"""Scheduled documents that are named, at most."""


def page_count(paths: Iterable[str]) -> int:
    """How many of the files are pages."""
    return sum(path.endswith(".html") for path in paths)


def written_counts(report: Report) -> str:
    """`3 pages and 1 other file`."""
    count = page_count(report.written)
    others = len(report.written) - count
    files = f" and {counted(others, 'other file')}" if others else ""
    return f"{counted(count, 'page')}{files}"


def build_summary(report: Report, seconds: float) -> str:
    """The line that says what a build did."""
    if not report.is_published:
        problems = problem_counts(report.diagnostics)
        return f"{problems}: nothing is published, the output folder is unchanged"
    return timed(_what_was_built(report), seconds)


def idle_lines(report: Report) -> list[str]:
    """What a build with nothing to do says, the result last, and without the time it takes."""
    return [*left_out_lines(report.left_out), _what_was_built(report)]


def _what_was_built(report: Report) -> str:
    kept, removed = page_count(report.unchanged), page_count(report.removed)
    return f"built {written_counts(report)}, {kept} unchanged, {removed} removed"


def problem_counts(diagnostics: Iterable[Diagnostic]) -> str:
    """`1 error, 2 warnings`."""
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    errors = counted(counts[Severity.ERROR], "error")
    return f"{errors}, {counted(counts[Severity.WARNING], 'warning')}"


def show_left_out(console: Console, left_out: tuple[LeftOut, ...]) -> None:
    """Say how many documents are left out, and which are due next; all of them with `--verbose`."""
    for line in left_out_lines(left_out, is_complete=console.verbose):
        console.say(line)


def left_out_lines(left_out: tuple[LeftOut, ...], *, is_complete: bool = False) -> Iterator[str]:
    """The documents that are due next, or all that are left out; and how many there are."""
    due = sorted((entry for entry in left_out if entry.reason is Absence.SCHEDULED), key=_due)
    for entry in left_out if is_complete else due[:NEXT]:
        yield f"left out {entry.path}: {_reason(entry)}"
    if counts := Counter(entry.reason for entry in left_out):
        reasons = [reason for reason in Absence if counts[reason]]
        drafts = {Absence.DRAFT: counted(counts[Absence.DRAFT], "draft")}
        listed = [drafts.get(reason, f"{counts[reason]} {reason.value}") for reason in reasons]
        options = ", ".join(WAYS_IN[reason] for reason in reasons if reason in WAYS_IN)
        hint = f" (include with {options})" if options else ""
        yield f"left out {', '.join(listed)}{hint}"


def _due(entry: LeftOut) -> float:
    return entry.date.timestamp() if entry.date else 0


def _reason(entry: LeftOut) -> str:
    moment = f"{entry.date:%Y-%m-%d %H:%M %Z}" if entry.date else ""
    if entry.reason is Absence.SCHEDULED:
        return f"a build after {moment} publishes it"
    return f"{entry.reason.value} {moment}".rstrip()

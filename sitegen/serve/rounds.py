"""What `sitegen serve` says: a line for each build, with the problems it found above."""

from __future__ import annotations

from time import strftime

from sitegen.console.console import Console
from sitegen.console.summary import page_count, problem_counts, show_left_out, written_counts
from sitegen.model.diagnostics import SitegenError
from sitegen.model.report import Report
from sitegen.text.plural import counted


def show_address(console: Console, url: str, *, is_public: bool) -> None:
    """Say where the site is."""
    if is_public:
        console.warn("anyone who can reach this computer can read the site, drafts included")
    console.result(f"serving {url} (press Ctrl-C to stop)")


def show_build(console: Console, report: Report, changed: tuple[str, ...]) -> None:
    """Say what a build after changes of these files did; the first build follows none."""
    seconds = console.seconds
    console.diagnostics(report.diagnostics)
    if not changed:
        show_left_out(console, report.left_out)
    outcome = f"{problem_counts(report.diagnostics)}: nothing is published"
    if report.is_published:
        removed = page_count(report.removed)
        gone = f", {counted(removed, 'page')} removed" if removed else ""
        outcome = f"{written_counts(report)}{gone} in {seconds:.2f} s"
    _show_round(console, changed, outcome)


def show_failure(console: Console, error: SitegenError, changed: tuple[str, ...]) -> None:
    """Say why there could be no build after changes of these files."""
    console.error(error)
    _show_round(console, changed, "nothing is published")


def _show_round(console: Console, changed: tuple[str, ...], outcome: str) -> None:
    """When, after which change, and what came of it."""
    more = f" and {counted(len(changed) - 1, 'other file')}" if len(changed) > 1 else ""
    cause = f"{changed[0]}{more}: " if changed else ""
    console.result(f"{strftime('%H:%M:%S')} {cause}{outcome}")

"""What a person, or a program, gets to see of a command: results, problems and progress.

Results go to standard output, everything about them to standard error. Colour is for terminals,
and `NO_COLOR` is honoured.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from textwrap import fill
from time import perf_counter, strftime
from typing import TYPE_CHECKING, NoReturn, Self

import typer

from sitegen.console.formats import as_github, as_json, as_text
from sitegen.model.codes import Severity
from sitegen.model.diagnostics import Diagnostic, SitegenError, has_errors
from sitegen.model.report import Absence, Checked, Report

if TYPE_CHECKING:
    from sitegen.diagnosis.why import Answer

if TYPE_CHECKING:
    from sitegen.publish.publish import Published


class Format(StrEnum):
    """How a command reports."""

    text = "text"
    json = "json"
    github = "github"


INTERRUPTED = 128 + signal.SIGINT
"""The exit status after Ctrl-C, as shells have it."""

MOMENT, REDRAW, BAR = 0.7, 0.05, 30
"""Seconds before a progress bar shows, seconds between its drawings, and its width."""

WAYS_IN = {Absence.DRAFT: "--drafts", Absence.SCHEDULED: "--future"}
"""The options that publish what is left out."""


class Shown:
    """What the person, or the program, that ran the command gets to see.

    Results go to standard output, everything about them to standard error.
    """

    def __init__(
        self,
        format_: Format,
        verbose: bool,
        interrupted: str = "the output folder is as it was",
    ) -> None:
        self._format, self._verbose, self._if_interrupted = format_, verbose, interrupted
        self._start = self._drawn = perf_counter()
        is_smart = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._has_bar = is_smart and format_ is Format.text

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        """Shows what ended a command, if it is a mistake of the user's or Ctrl-C, and exits."""
        if isinstance(error, SitegenError):
            self.failure(error)
        if isinstance(error, KeyboardInterrupt):
            self.interrupted()

    def progress(self, what: str, done: int, total: int) -> None:
        """A bar, on a terminal, once the work takes longer than a moment."""
        now = perf_counter()
        if self._has_bar and now - self._start > MOMENT and now - self._drawn > REDRAW:
            self._drawn = now
            bar = ("█" * (BAR * done // total)).ljust(BAR, "░")
            typer.echo(f"\r{what:<9} {bar} {done}/{total}\x1b[K", err=True, nl=False)

    def waiting(self, process: str) -> None:
        """Say who has to finish first."""
        typer.echo(f"waiting for another build of this site (process {process})", err=True)

    def answers(self, answers: Iterable[Answer]) -> None:
        """Show what there is to say of pages: a block for each."""
        self._clear()
        for answer in answers:
            typer.echo(self._paint(answer.subject, "1"))
            for heading, text in answer.lines:
                indent = " " * 15
                wrapped = fill(text, 100, initial_indent=indent, subsequent_indent=indent)
                typer.echo(f"  {heading:<12} {wrapped.lstrip()}")

    def report(self, report: Report, differences: tuple[Diagnostic, ...] | None = None) -> NoReturn:
        """Show what a build did, and how it differs from a clean one if that was asked; exit."""
        seconds = perf_counter() - self._start
        self._clear()
        if self._format is Format.json:
            told = _as_object(report, seconds)
            if differences is not None:
                told |= {"verified": not differences, "differences": [*map(as_json, differences)]}
            typer.echo(json.dumps(told, ensure_ascii=False))
        else:
            self._diagnostics(report.diagnostics)
            self._files(report)
            self._left_out(report)
            typer.echo(_summary(report, seconds), err=not report.is_published)
            if differences is not None:
                self._diagnostics(differences)
                typer.echo(_proof(report, differences), err=bool(differences))
        raise typer.Exit(0 if report.is_published and not differences else 1)

    def checked(self, checked: Checked) -> NoReturn:
        """Show what a check of the finished site found, and exit."""
        seconds = perf_counter() - self._start
        is_sound = not has_errors(checked.diagnostics)
        self._clear()
        if self._format is Format.json:
            counts = {"pages": checked.pages, "links": checked.links, "seconds": round(seconds, 3)}
            found = [as_json(diagnostic) for diagnostic in checked.diagnostics]
            report = {"ok": is_sound, **counts, "diagnostics": found}
            typer.echo(json.dumps(report, ensure_ascii=False))
        else:
            self._diagnostics(checked.diagnostics)
            typer.echo(_check_summary(checked, seconds), err=not is_sound)
        raise typer.Exit(0 if is_sound else 1)

    def say(self, text: str) -> None:
        """Say what is about to be done."""
        self._clear()
        typer.echo(text, err=True)

    def step(self, report: Report) -> None:
        """Show what a build did that is a step of something; exit if there is no site."""
        seconds = perf_counter() - self._start
        self._clear()
        self._diagnostics(report.diagnostics)
        self._left_out(report)
        typer.echo(_summary(report, seconds), err=True)
        if not report.is_published:
            raise typer.Exit(1)

    def published(self, published: Published, is_rehearsal: bool) -> None:
        """Show what a publish did; its address, or what it would change, is the result."""
        self._clear()
        if is_rehearsal or self._verbose:
            for change in published.changes:
                typer.echo(f"{change.what} {change.path}", err=not is_rehearsal)
        for advice in published.advice:
            typer.echo(f"{self._paint('hint:', '1;32')} {advice}", err=True)
        if published.is_pushed:
            typer.echo(f"published in {perf_counter() - self._start:.1f} s", err=True)
        else:
            changed = "--dry-run" if published.changes else "nothing has changed"
            typer.echo(f"{changed}: nothing is pushed", err=True)
        if not is_rehearsal:
            typer.echo(published.url)

    def rebuilt(self, report: Report, changed: tuple[str, ...]) -> None:
        """Show what a build after changes of these files did; of the first build, all."""
        self._clear()
        self._diagnostics(report.diagnostics)
        if not changed:
            self._left_out(report)
        self._round(changed, _rebuilt(report, perf_counter() - self._start))

    def failed(self, error: SitegenError, changed: tuple[str, ...]) -> None:
        """Show why a build after changes of these files could not be."""
        self._clear()
        self._diagnostics(error.diagnostics)
        self._error(error)
        self._round(changed, "nothing is published")

    def serving(self, url: str, *, is_public: bool) -> None:
        """Show where the site is."""
        if is_public:
            self.warn("everyone who can reach this computer can read the site, drafts included")
        typer.echo(f"serving {url} until Ctrl-C")

    def warn(self, text: str) -> None:
        typer.echo(f"{self._paint('warning', '1;33')}: {text}", err=True)

    def failure(self, error: SitegenError) -> NoReturn:
        """Show why the command cannot continue, and exit."""
        self._clear()
        if self._format is Format.json:
            shown = [as_json(diagnostic) for diagnostic in error.diagnostics]
            failed = {"ok": False, "error": str(error), "hint": error.hint, "diagnostics": shown}
            typer.echo(json.dumps(failed, ensure_ascii=False))
        else:
            self._diagnostics(error.diagnostics)
            self._error(error)
        raise typer.Exit(error.status)

    def interrupted(self) -> NoReturn:
        """Say how things stand, and exit as shells expect it."""
        self._clear()
        typer.echo(f"interrupted: {self._if_interrupted}", err=True)
        raise typer.Exit(INTERRUPTED)

    def _error(self, error: SitegenError) -> None:
        typer.echo(f"{self._paint('error', '1;31')}: {error}", err=True)
        if error.hint:
            typer.echo(f"   {self._paint('hint:', '1;32')} {error.hint}", err=True)

    def _round(self, changed: tuple[str, ...], outcome: str) -> None:
        """One line for a build: when, after which change, and what came of it."""
        more = f" and {_counted(len(changed) - 1, 'other file')}" if len(changed) > 1 else ""
        cause = f"{changed[0]}{more}: " if changed else ""
        typer.echo(f"{strftime('%H:%M:%S')} {cause}{outcome}")

    def _clear(self) -> None:
        if self._drawn != self._start:
            typer.echo("\r\x1b[K", err=True, nl=False)

    def _diagnostics(self, diagnostics: Iterable[Diagnostic]) -> None:
        for diagnostic in diagnostics:
            if self._format is Format.github:
                typer.echo(as_github(diagnostic))
            elif diagnostic.severity > Severity.INFO or self._verbose:
                typer.echo(as_text(diagnostic, colour=_has_colour()), err=True)

    def _files(self, report: Report) -> None:
        if self._verbose:
            for what, paths in (("wrote", report.written), ("removed", report.removed)):
                for path in paths:
                    typer.echo(f"{what} {path}", err=True)

    def _left_out(self, report: Report) -> None:
        if self._verbose:
            for entry in report.left_out:
                date = f" ({entry.date:%Y-%m-%d %H:%M %Z})" if entry.date else ""
                typer.echo(f"left out {entry.path}: {entry.reason.value}{date}", err=True)
        counts = Counter(entry.reason for entry in report.left_out)
        if counts:
            drafts = {Absence.DRAFT: _counted(counts[Absence.DRAFT], "draft")}
            reasons = [reason for reason in Absence if counts[reason]]
            shown = [drafts.get(reason, f"{counts[reason]} {reason.value}") for reason in reasons]
            ways = ", ".join(WAYS_IN[reason] for reason in reasons if reason in WAYS_IN)
            hint = f" ({ways} to publish them)" if ways else ""
            typer.echo(f"left out {', '.join(shown)}{hint}", err=True)

    def _paint(self, text: str, codes: str) -> str:
        return f"\x1b[{codes}m{text}\x1b[0m" if _has_colour() else text


def _has_colour() -> bool:
    """Whether standard error is a terminal that nobody asked to keep plain (no-color.org)."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stderr.isatty() and not plain


def _pages(paths: Iterable[str]) -> int:
    return sum(path.endswith(".html") for path in paths)


def _summary(report: Report, seconds: float) -> str:
    """The one line that says what happened."""
    if not report.is_published:
        problems = _problems(report.diagnostics)
        return f"{problems}: nothing is published, the output folder is as it was"
    kept, removed = _pages(report.unchanged), _pages(report.removed)
    return f"built {_made(report)}, {kept} unchanged, {removed} removed in {seconds:.2f} s"


def _rebuilt(report: Report, seconds: float) -> str:
    """The same while the site is served."""
    if not report.is_published:
        return f"{_problems(report.diagnostics)}: nothing is published"
    removed = _pages(report.removed)
    gone = f", {_counted(removed, 'page')} removed" if removed else ""
    return f"{_made(report)}{gone} in {seconds:.2f} s"


def _made(report: Report) -> str:
    pages = _pages(report.written)
    others = len(report.written) - pages
    files = f" and {_counted(others, 'other file')}" if others else ""
    return f"{_counted(pages, 'page')}{files}"


def _proof(report: Report, differences: tuple[Diagnostic, ...]) -> str:
    """The one line that says what came of `--verify`."""
    files = _counted(len(report.written) + len(report.unchanged), "file")
    if differences:
        return f"{len(differences)} of {files} are not what a clean build gives"
    return f"verified: a clean build gives the same {files}, byte for byte"


def _check_summary(checked: Checked, seconds: float) -> str:
    """The one line that says how sound the finished site is."""
    problems = _problems(checked.diagnostics)
    if not checked.pages:
        return f"{problems}: the site cannot be built, so its links are not checked"
    looked = f"{_counted(checked.pages, 'page')} with {_counted(checked.links, 'link')}"
    return f"checked {looked}: {problems} in {seconds:.2f} s"


def _problems(diagnostics: Iterable[Diagnostic]) -> str:
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    errors = _counted(counts[Severity.ERROR], "error")
    return f"{errors}, {_counted(counts[Severity.WARNING], 'warning')}"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _as_object(report: Report, seconds: float) -> dict[str, object]:
    """The report for a program. Counts are of files; `pages` of those that are HTML."""
    everything = report.written + report.unchanged
    return {
        "ok": report.is_published,
        "pages": _pages(everything),
        "written": len(report.written),
        "unchanged": len(report.unchanged),
        "removed": len(report.removed),
        "left_out": [
            {
                "path": entry.path,
                "reason": entry.reason.value,
                "date": entry.date.isoformat() if entry.date else None,
            }
            for entry in report.left_out
        ],
        "seconds": round(seconds, 3),
        "diagnostics": [as_json(diagnostic) for diagnostic in report.diagnostics],
    }

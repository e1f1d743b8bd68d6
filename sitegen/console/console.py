"""How every command speaks: results to standard output, everything about them to standard error."""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from time import perf_counter
from typing import Self, TextIO

import typer

from sitegen.console.formats import as_github, as_json, as_text
from sitegen.console.signals import (
    INTERRUPTED,
    TERMINATED,
    WORDS,
    end_at_once,
    end_command,
    release,
)
from sitegen.console.terminal import columns, has_colour, is_smart, painted
from sitegen.console.wrapping import wrapped
from sitegen.model.codes import Severity
from sitegen.model.diagnostics import Diagnostic, SitegenError
from sitegen.text.plural import counted


class Format(StrEnum):
    """How a command reports."""

    text = "text"
    json = "json"
    github = "github"
    sarif = "sarif"


MOMENT, REDRAW, BAR = 0.7, 0.05, 30
"""Seconds before a progress bar shows, seconds between its drawings, and its width at most."""

UNSUMMED, FIRST = 10, 3
"""More problems of one code than this are summed up, below the first few."""


class Console:
    """What one command says.

    As a context manager it ends the command where that fails by a mistake of the user's, by what
    the operating system refuses, or by a signal: with a message instead of a traceback, and with
    the exit status.
    """

    def __init__(
        self,
        format_: Format = Format.text,
        *,
        verbose: bool = False,
        interrupted: str = "the output folder is unchanged",
    ) -> None:
        """`interrupted` is what holds after a signal."""
        self.format, self.verbose, self._interrupted = format_, verbose, interrupted
        self._start = self._drawn = perf_counter()
        self._has_bar = is_smart(sys.stderr) and format_ is Format.text
        self._has_explained = False
        self.folder = ""
        """That of the site in its repository, for services: with a slash at the end, or empty."""

    def __enter__(self) -> Self:
        end_command()
        return self

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        end_at_once()
        if isinstance(error, OSError) and error.filename is not None:
            error = SitegenError(f"{error.strerror}: '{error.filename}'")
        if isinstance(error, SitegenError):
            self._failure(error)
            raise typer.Exit(error.status)
        is_signalled = isinstance(error, SystemExit) and error.code == TERMINATED
        if is_signalled or isinstance(error, KeyboardInterrupt):
            status = TERMINATED if is_signalled else INTERRUPTED
            self.say(f"{WORDS[status]}: {self._interrupted}")
            raise typer.Exit(status)

    def has_committed(self, interrupted: str) -> None:
        """Let a signal end the command again; `interrupted` is what holds after it."""
        self._interrupted = interrupted
        release()

    @property
    def seconds(self) -> float:
        """How long the command has been running."""
        return perf_counter() - self._start

    def progress(self, what: str, done: int, total: int) -> None:
        """A bar, on a terminal, once the work takes longer than a moment."""
        now = perf_counter()
        if self._has_bar and now - self._start > MOMENT and now - self._drawn > REDRAW:
            self._drawn = now
            size = max(0, min(BAR, columns() - len(f"{what:<9}  {total}/{total} ")))
            bar = ("█" * (size * done // total)).ljust(size, "░")
            typer.echo(f"\r{what:<9} {bar} {done}/{total}\x1b[K", err=True, nl=False)

    def waiting(self, process: str) -> None:
        """Say who has to finish first."""
        self.say(f"waiting for another build of this site (process {process})")

    def result(self, text: str) -> None:
        """A line of what the command was asked for, unless that is one document for programs."""
        if self.format is Format.sarif:
            self.say(text)
        else:
            self._print(text)

    def result_as_json(self, value: object) -> None:
        self._print(json.dumps(value, ensure_ascii=False, default=str))

    def _print(self, text: str) -> None:
        self._clear()
        typer.echo(text, color=has_colour(sys.stdout))

    def summary(self, text: str, *, is_done: bool) -> None:
        """The line that says what came of the command: its result, if it did what it should."""
        (self.result if is_done else self.say)(_fitted(text, sys.stdout))

    def say(self, text: str) -> None:
        """A line about the result."""
        self._clear()
        typer.echo(_fitted(text, sys.stderr), err=True, color=has_colour(sys.stderr))

    def warn(self, text: str) -> None:
        self.say(f"{_paint('warning', '1;33')}: {text}")

    def hint(self, text: str, indent: str = "") -> None:
        self.say(f"{indent}{_paint('hint:', '1;32')} {text}")

    def error(self, error: SitegenError) -> None:
        """Why the command cannot do what it was asked for."""
        self.diagnostics(error.diagnostics)
        self.say(f"{_paint('error', '1;31')}: {error}")
        if error.hint:
            self.hint(error.hint, indent="   ")

    def diagnostics(self, diagnostics: Iterable[Diagnostic]) -> None:
        """The problems of a site. Annotations go to standard output, where GitHub reads them, and
        so does SARIF: one document, which the command writes once.
        """
        if self.format is Format.github:
            for diagnostic in diagnostics:
                self.result(as_github(diagnostic, self.folder))
        elif self.format is Format.sarif:
            self._show_as_sarif(diagnostics)
        else:
            self._show([d for d in diagnostics if d.severity > Severity.INFO or self.verbose])

    def _show(self, diagnostics: list[Diagnostic]) -> None:
        """The problems for a person, the first few alone where there are many of one code."""
        counts, seen = Counter(d.code for d in diagnostics), Counter[str]()
        others = defaultdict[str, list[Diagnostic]](list)
        for diagnostic in diagnostics:
            code = diagnostic.code
            seen[code] += 1
            if self.verbose or counts[code] <= UNSUMMED or seen[code] <= FIRST:
                self._show_one(diagnostic)
            else:
                others[code].append(diagnostic)
        for code, more in others.items():
            places = counted(len({d.path for d in more}), "file")
            self.say(f"… and {len(more)} more {code} in {places}; --verbose shows all")
        if diagnostics and not self._has_explained:
            self._has_explained = True
            worst = max(diagnostics, key=lambda diagnostic: diagnostic.severity)
            self.say(f"more about a code: sitegen explain {worst.code}")

    def _show_as_sarif(
        self, diagnostics: Iterable[Diagnostic], failure: SitegenError | None = None
    ) -> None:
        from sitegen.console.sarif import as_sarif

        self.result_as_json(as_sarif(diagnostics, failure, self.folder))

    def _show_one(self, diagnostic: Diagnostic) -> None:
        self._clear()
        width = columns() if is_smart(sys.stderr) else None
        text = as_text(diagnostic, width, colour=has_colour(sys.stderr))
        typer.echo(text, err=True, color=has_colour(sys.stderr))

    def _failure(self, error: SitegenError) -> None:
        if self.format is Format.sarif:
            self._show_as_sarif(error.diagnostics, error)
            return
        if self.format is not Format.json:
            self.error(error)
            return
        problems = [as_json(diagnostic) for diagnostic in error.diagnostics]
        about = {"error": str(error), "hint": error.hint, "diagnostics": problems}
        self.result_as_json({"ok": False, **about})

    def _clear(self) -> None:
        """Remove the progress bar."""
        if self._drawn != self._start:
            self._drawn = self._start
            typer.echo("\r\x1b[K", err=True, nl=False)


def paint(text: str, codes: str) -> str:
    """Text for a result in these colours, where colour is wanted."""
    return painted(text, codes) if has_colour(sys.stdout) else text


def _paint(text: str, codes: str) -> str:
    return painted(text, codes) if has_colour(sys.stderr) else text


def _fitted(text: str, stream: TextIO) -> str:
    """The text with no word broken at the edge of a terminal; in a pipe, as it is."""
    if not is_smart(stream):
        return text
    return "\n".join(wrapped(line, columns(), indent="   ") for line in text.split("\n"))


def from_here(path: Path) -> Path:
    """The path as one would type it in the current folder, where that is shorter."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path

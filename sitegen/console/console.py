"""How every command speaks: results to standard output, everything about them to standard error.

Colour is for terminals. `NO_COLOR` turns it off (no-color.org), `FORCE_COLOR` turns it on anywhere
(force-color.org).
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from shutil import get_terminal_size
from time import perf_counter
from typing import Self

import typer

from sitegen.console.formats import as_github, as_json, as_text
from sitegen.model.codes import Severity
from sitegen.model.diagnostics import Diagnostic, SitegenError


class Format(StrEnum):
    """How a command reports."""

    text = "text"
    json = "json"
    github = "github"


INTERRUPTED = 128 + signal.SIGINT
"""The exit status after Ctrl-C, as shells have it."""

MOMENT, REDRAW, BAR = 0.7, 0.05, 30
"""Seconds before a progress bar shows, seconds between its drawings, and its width."""

WIDEST = 100
"""Columns of running text, at most."""


class Console:
    """What one command says.

    As a context manager it ends the command where that fails by a mistake of the user's or by
    Ctrl-C: with a message instead of a traceback, and with the exit status.
    """

    def __init__(
        self,
        format_: Format = Format.text,
        *,
        verbose: bool = False,
        interrupted: str = "the output folder is unchanged",
    ) -> None:
        """`interrupted` is what holds after Ctrl-C."""
        self.format, self.verbose, self._interrupted = format_, verbose, interrupted
        self._start = self._drawn = perf_counter()
        is_smart = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._has_bar = is_smart and format_ is Format.text

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, SitegenError):
            self._failure(error)
            raise typer.Exit(error.status)
        if isinstance(error, KeyboardInterrupt):
            self.say(f"interrupted: {self._interrupted}")
            raise typer.Exit(INTERRUPTED)

    @property
    def seconds(self) -> float:
        """How long the command has been running."""
        return perf_counter() - self._start

    def progress(self, what: str, done: int, total: int) -> None:
        """A bar, on a terminal, once the work takes longer than a moment."""
        now = perf_counter()
        if self._has_bar and now - self._start > MOMENT and now - self._drawn > REDRAW:
            self._drawn = now
            bar = ("█" * (BAR * done // total)).ljust(BAR, "░")
            typer.echo(f"\r{what:<9} {bar} {done}/{total}\x1b[K", err=True, nl=False)

    def waiting(self, process: str) -> None:
        """Say who has to finish first."""
        self.say(f"waiting for another build of this site (process {process})")

    def result(self, text: str) -> None:
        """A line of what the command was asked for."""
        self._clear()
        typer.echo(text, color=_forced())

    def result_as_json(self, value: object) -> None:
        self.result(json.dumps(value, ensure_ascii=False, default=str))

    def say(self, text: str) -> None:
        """A line about the result."""
        self._clear()
        typer.echo(text, err=True, color=_forced())

    def warn(self, text: str) -> None:
        self.say(f"{paint('warning', '1;33')}: {text}")

    def hint(self, text: str, indent: str = "") -> None:
        self.say(f"{indent}{paint('hint:', '1;32')} {text}")

    def error(self, error: SitegenError) -> None:
        """Why the command cannot do what it was asked for."""
        self.diagnostics(error.diagnostics)
        self.say(f"{paint('error', '1;31')}: {error}")
        if error.hint:
            self.hint(error.hint, indent="   ")

    def diagnostics(self, diagnostics: Iterable[Diagnostic]) -> None:
        """The problems of a site. Annotations go to standard output, where GitHub reads them."""
        for diagnostic in diagnostics:
            if self.format is Format.github:
                self.result(as_github(diagnostic))
            elif diagnostic.severity > Severity.INFO or self.verbose:
                self.say(as_text(diagnostic, colour=has_colour()))

    def _failure(self, error: SitegenError) -> None:
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
    """The text in these colours (ECMA-48 SGR), where colour is wanted."""
    return f"\x1b[{codes}m{text}\x1b[0m" if has_colour() else text


def has_colour() -> bool:
    """Whether to write in colour; the order of precedence is that of Python 3.13."""
    if os.environ.get("NO_COLOR"):
        return False
    is_terminal = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    return _forced() is True or is_terminal


def _forced() -> bool | None:
    """True: colour goes even into a file or pipe. None: into terminals only."""
    is_forced = os.environ.get("FORCE_COLOR") and not os.environ.get("NO_COLOR")
    return True if is_forced else None


def columns() -> int:
    """The width of running text: that of the terminal, if it is not too wide to read."""
    return min(get_terminal_size((WIDEST, 0)).columns, WIDEST)


def from_here(path: Path) -> Path:
    """The path as one would type it in the current folder, where that is shorter."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path

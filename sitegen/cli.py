"""The command line: the only module that prints, exits, or reads the clock and environment.

What a build needs is loaded when one is asked for, so that help and completion answer at once.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from time import perf_counter
from typing import Annotated, NoReturn

import typer

from sitegen import __version__
from sitegen.diagnostics import (
    Diagnostic,
    Severity,
    SitegenError,
    UsageError,
    as_github,
    as_json,
    as_text,
    framed,
    has_errors,
    judged,
)
from sitegen.discover import CONFIG_FILE, read, site_folder
from sitegen.highlight import style_names
from sitegen.model import Config, Report
from sitegen.text import decode

INTERRUPTED = 128 + signal.SIGINT
"""The exit status after Ctrl-C, as shells have it."""

MOMENT, REDRAW, BAR = 0.7, 0.05, 30
"""Seconds before a progress bar shows, seconds between its drawings, and its width."""

WAYS_IN = {"draft": "--drafts", "scheduled": "--future"}
"""The options that publish what is left out."""

app = typer.Typer(
    name="sitegen",
    help="A static blog generator for people who write about code.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Format(StrEnum):
    """How a command reports."""

    text = "text"
    json = "json"
    github = "github"


def main() -> None:
    """Run the command line."""
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    app()


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"sitegen {__version__}")
        raise typer.Exit


@app.callback()
def sitegen(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """A static blog generator for people who write about code."""


@app.command("build", short_help="Build the site into its output folder.")
def build_command(
    site: Annotated[
        Path | None,
        typer.Argument(
            help="The site folder. Default: the nearest one, from here upwards, with a "
            "sitegen.toml or a content/ folder.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="DIR", help="Where the site goes.  [default: SITE/public]"
        ),
    ] = None,
    base_url: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Where the site will live, instead of base_url."),
    ] = None,
    drafts: Annotated[bool, typer.Option("--drafts", help="Publish drafts too.")] = False,
    future: Annotated[
        bool, typer.Option("--future", help="Publish posts dated in the future too.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Take warnings for errors.")] = False,
    jobs: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=1, help="Processes to read posts with.  [default: as worth it]"
        ),
    ] = None,
    format_: Annotated[
        Format,
        typer.Option("--format", metavar="text|json|github", help="How to report."),
    ] = Format.text,
    verbose: Annotated[
        bool, typer.Option("-v", "--verbose", help="Say more: every file, and infos.")
    ] = False,
) -> None:
    """Build the site: every post, list, feed and file, into the output folder.

    All problems of all files are shown in one run. A build with errors changes nothing and
    exits with 1; a wrong command or configuration exits with 2.

    \b
    Examples:
      sitegen build
      sitegen build my-blog --output /tmp/site
      sitegen build --base-url https://me.github.io/blog/ --strict
      sitegen build --format json | jq .diagnostics
    """
    from sitegen.build import Options, build

    shown = _Shown(format_, verbose)
    try:
        folder = _folder(site)
        config, noticed = _config(folder, base_url)
        options = Options(
            output=output or folder / config.output,
            now=_now(),
            drafts=drafts,
            future=future,
            strict=strict,
            jobs=jobs,
        )
        report = build(folder, config, options, shown.progress, noticed)
    except SitegenError as error:
        shown.failure(error)
    except KeyboardInterrupt:
        shown.interrupted()
    shown.report(report)


def _folder(site: Path | None) -> Path:
    if site is None:
        return site_folder(Path.cwd())
    if not site.is_dir():
        raise UsageError(f"there is no folder '{site}'")
    return site.resolve()


def _config(folder: Path, base_url: str | None) -> tuple[Config, tuple[Diagnostic, ...]]:
    """The configuration of the site and what there is to say of it; UsageError if it is wrong."""
    from sitegen.config import checked_base_url, load

    text, problems = _config_text(folder)
    config, found = load(text, styles=style_names)
    diagnostics = judged((*problems, *found), {}, strict=False)
    if has_errors(diagnostics):
        raise UsageError(f"{CONFIG_FILE} cannot be used", *framed(diagnostics, lambda _: text))
    if base_url is None:
        return config, (*diagnostics, *_unset_base_url(config))
    if (checked := checked_base_url(base_url)) is None:
        raise UsageError(f"--base-url {base_url!r} is not an address such as https://me.dev/blog/")
    return replace(config, base_url=checked), diagnostics


def _config_text(folder: Path) -> tuple[str | None, tuple[Diagnostic, ...]]:
    if not (folder / CONFIG_FILE).exists():
        return None, ()
    data, unreadable = read(folder, CONFIG_FILE)
    text, unclean = decode(data, CONFIG_FILE) if data is not None else (None, ())
    return text, (*unreadable, *unclean)


def _unset_base_url(config: Config) -> tuple[Diagnostic, ...]:
    """SG004 where the site does not know its address yet."""
    if config.base_url != Config().base_url:
        return ()
    message = f"base_url is not set: feeds and the sitemap point to {config.base_url}"
    hint = f'put base_url = "https://…" into {CONFIG_FILE}, or give --base-url'
    return (Diagnostic("SG004", message, hint=hint),)


def _now() -> datetime:
    """The time that decides what is in the future: `SOURCE_DATE_EPOCH`, else the clock."""
    if (epoch := os.environ.get("SOURCE_DATE_EPOCH")) is None:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        message = f"SOURCE_DATE_EPOCH is {epoch!r}, which is no number of seconds"
        raise UsageError(message) from None


class _Shown:
    """What the person, or the program, that ran the command gets to see.

    Results go to standard output, everything about them to standard error.
    """

    def __init__(self, format_: Format, verbose: bool) -> None:
        self._format, self._verbose = format_, verbose
        self._start = self._drawn = perf_counter()
        self._has_bar = sys.stderr.isatty() and format_ is Format.text

    def progress(self, what: str, done: int, total: int) -> None:
        """A bar, on a terminal, once the work takes longer than a moment."""
        now = perf_counter()
        if self._has_bar and now - self._start > MOMENT and now - self._drawn > REDRAW:
            self._drawn = now
            bar = ("█" * (BAR * done // total)).ljust(BAR, "░")
            typer.echo(f"\r{what:<9} {bar} {done}/{total}\x1b[K", err=True, nl=False)

    def report(self, report: Report) -> NoReturn:
        """Show what a build did, and exit."""
        seconds = perf_counter() - self._start
        self._clear()
        if self._format is Format.json:
            typer.echo(json.dumps(_as_object(report, seconds), ensure_ascii=False))
        else:
            self._diagnostics(report.diagnostics)
            self._files(report)
            self._left_out(report)
            typer.echo(_summary(report, seconds), err=not report.is_published)
        raise typer.Exit(0 if report.is_published else 1)

    def failure(self, error: SitegenError) -> NoReturn:
        """Show why the command cannot continue, and exit."""
        self._clear()
        if self._format is Format.json:
            shown = [as_json(diagnostic) for diagnostic in error.diagnostics]
            failed = {"ok": False, "error": str(error), "hint": error.hint, "diagnostics": shown}
            typer.echo(json.dumps(failed, ensure_ascii=False))
        else:
            self._diagnostics(error.diagnostics)
            typer.echo(f"{self._paint('error', '1;31')}: {error}", err=True)
            if error.hint:
                typer.echo(f"   {self._paint('hint:', '1;32')} {error.hint}", err=True)
        raise typer.Exit(error.status)

    def interrupted(self) -> NoReturn:
        """Say that nothing has changed, and exit as shells expect it."""
        self._clear()
        typer.echo("interrupted: the output folder is as it was", err=True)
        raise typer.Exit(INTERRUPTED)

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
                typer.echo(f"left out {entry.path}: {entry.reason}{date}", err=True)
        counts = Counter(entry.reason for entry in report.left_out)
        if counts:
            drafts = {"draft": _counted(counts["draft"], "draft")}
            told = [drafts.get(reason, f"{counts[reason]} {reason}") for reason in sorted(counts)]
            ways = ", ".join(WAYS_IN[reason] for reason in sorted(counts) if reason in WAYS_IN)
            hint = f" ({ways} to publish them)" if ways else ""
            typer.echo(f"left out {', '.join(told)}{hint}", err=True)

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
        counts = Counter(diagnostic.severity for diagnostic in report.diagnostics)
        errors = _counted(counts[Severity.ERROR], "error")
        warnings = _counted(counts[Severity.WARNING], "warning")
        return f"{errors}, {warnings}: nothing is published, the output folder is as it was"
    pages = _pages(report.written)
    others = len(report.written) - pages
    files = f" and {_counted(others, 'other file')}" if others else ""
    kept, removed = _pages(report.unchanged), _pages(report.removed)
    return (
        f"built {_counted(pages, 'page')}{files}, {kept} unchanged, {removed} removed"
        f" in {seconds:.2f} s"
    )


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
                "reason": entry.reason,
                "date": entry.date.isoformat() if entry.date else None,
            }
            for entry in report.left_out
        ],
        "seconds": round(seconds, 3),
        "diagnostics": [as_json(diagnostic) for diagnostic in report.diagnostics],
    }

"""`sitegen build`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from sitegen.cli.clock import current_time
from sitegen.cli.options import (
    BaseUrl,
    Drafts,
    Future,
    OutputFolder,
    ReportFormat,
    SiteFolder,
    Strict,
    Verbose,
)
from sitegen.cli.repository import folder_in_repository
from sitegen.console.console import Console, Format
from sitegen.console.formats import as_json
from sitegen.console.signals import hold
from sitegen.console.summary import build_summary, idle_lines, page_count, show_left_out
from sitegen.model.diagnostics import Diagnostic, UsageError
from sitegen.model.report import Report
from sitegen.text.plural import counted

if TYPE_CHECKING:
    from sitegen.build.session import Session


def build_command(
    site: SiteFolder = None,
    output: OutputFolder = None,
    base_url: BaseUrl = None,
    drafts: Drafts = False,
    future: Future = False,
    strict: Strict = False,
    clean: Annotated[bool, typer.Option("--clean", help="Build without the cache.")] = False,
    verify: Annotated[
        bool, typer.Option("--verify", help="Build a second time, from scratch, and compare.")
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="Worker processes.  [default: auto]"),
    ] = None,
    executor: Annotated[
        str | None,
        typer.Option(
            metavar="dask://HOST:PORT", help="Read posts and render pages on a Dask cluster."
        ),
    ] = None,
    format_: ReportFormat = Format.text,
    verbose: Verbose = False,
) -> None:
    """Build the site into its output folder.

    Every problem in every file is reported in one run. A build with errors changes nothing and
    exits with 1; a wrong command or configuration exits with 2.

    Examples:
      sitegen build
      sitegen build my-blog --output /tmp/site
      sitegen build --base-url https://me.github.io/blog/ --strict
      sitegen build --format json | jq .diagnostics
    """
    from sitegen.build.pipeline import build
    from sitegen.build.session import BuildOptions, open_session

    is_more_wanted = verbose or verify or clean or executor or format_ is not Format.text
    with Console(format_, verbose=verbose) as console:
        console.folder = folder_in_repository(site, format_)
        options = BuildOptions(
            now=current_time(),
            output=output,
            base_url=base_url,
            drafts=drafts,
            future=future,
            strict=strict,
            clean=clean,
            jobs=_workers(jobs, executor),
            before_commit=hold,
            says=None if is_more_wanted else idle_lines,
        )
        with open_session(site, options, console.waiting, console.progress) as session:
            report = build(session)
        if report.is_published:
            console.has_committed("the output folder has the new site")
        differences = _proved(session) if verify and report.is_published else None
        show = _show_as_json if format_ is Format.json else _show
        show(console, report, differences)
        raise typer.Exit(0 if report.is_published and not differences else 1)


def _proved(session: Session) -> tuple[Diagnostic, ...]:
    """What a clean build gives otherwise."""
    from sitegen.diagnosis.verify import verify

    return verify(session, os.environ)


def _workers(jobs: int | None, executor: str | None) -> int | str | None:
    """What reads and renders: this many processes, or the cluster of this scheduler."""
    if executor is None:
        return jobs
    if jobs is not None:
        hint = "--jobs is the number of processes on this computer; a cluster has its own workers"
        raise UsageError("--jobs and --executor exclude each other", hint=hint)
    from sitegen.execution.dask import scheduler

    return scheduler(executor)


def _show(console: Console, report: Report, differences: tuple[Diagnostic, ...] | None) -> None:
    """For a person; `differences` from a clean build, if there was one."""
    seconds = console.seconds
    console.diagnostics(report.diagnostics)
    for line in report.said if console.verbose else ():
        console.say(line)
    for verb, paths in (("wrote", report.written), ("removed", report.removed)):
        for path in paths if console.verbose else ():
            console.say(f"{verb} {path}")
    show_left_out(console, report.left_out)
    console.summary(build_summary(report, seconds), is_done=report.is_published)
    if differences is not None:
        files = counted(len(report.written) + len(report.unchanged), "file")
        console.diagnostics(differences)
        if differences:
            console.say(f"{len(differences)} of {files} differ from a clean build")
        else:
            console.result(f"verified: a clean build gives the same {files}, byte for byte")


def _show_as_json(
    console: Console, report: Report, differences: tuple[Diagnostic, ...] | None
) -> None:
    """For a program. Counts are of files; `pages` of those that are HTML."""
    shown = {
        "ok": report.is_published,
        "pages": page_count(report.written + report.unchanged),
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
        "seconds": round(console.seconds, 3),
        "diagnostics": [as_json(diagnostic) for diagnostic in report.diagnostics],
    }
    if differences is not None:
        shown |= {"verified": not differences, "differences": [*map(as_json, differences)]}
    console.result_as_json(shown)

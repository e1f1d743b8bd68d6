"""`sitegen check`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from sitegen.cli.clock import current_time
from sitegen.cli.options import BaseUrl, Drafts, Future, ReportFormat, SiteFolder, Strict, Verbose
from sitegen.console.console import Console, Format
from sitegen.console.formats import as_json
from sitegen.console.summary import problem_counts
from sitegen.model.diagnostics import has_errors
from sitegen.model.report import Checked, Recorded
from sitegen.text.plural import counted


def check_command(
    site: SiteFolder = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="DIR", help="Check this built site, without building."
        ),
    ] = None,
    base_url: BaseUrl = None,
    drafts: Drafts = False,
    future: Future = False,
    strict: Strict = False,
    format_: ReportFormat = Format.text,
    verbose: Verbose = False,
    update: Annotated[
        bool,
        typer.Option(
            "--update", help="First write into posts what lines of code say that links name."
        ),
    ] = False,
) -> None:
    """Check every link of the built site.

    Builds the site in a folder of its own and checks that every link, image, script, style sheet
    and feed leads somewhere; the output folder is not touched. Links that a template or raw HTML
    writes are checked as well, and each broken link is reported where its source has it. Links
    to other hosts are not checked. Exits with 1 if there are errors.

    With --update, each link to lines of code, such as `[the loop](#main:9)`, gets what the
    lines say as its title. A later check warns when they say something else; and where they
    have moved, --update changes the number of the link.

    Examples:
      sitegen check
      sitegen check my-blog --strict
      sitegen check --base-url https://me.github.io/blog/
      sitegen check --output public --format github
      sitegen check --update
    """
    from sitegen.build.session import BuildOptions, open_session
    from sitegen.check.record import record
    from sitegen.check.run import review
    from sitegen.storage.file_lock import FOLDER

    with Console(format_, verbose=verbose) as console:
        options = BuildOptions(current_time(), output, base_url, drafts, future, strict)
        with open_session(site, options, console.waiting, console.progress) as session:
            recorded = record(session) if update else ()
            aside = session.into(output or session.folder / FOLDER / "check")
            checked = review(aside, is_built=output is not None)
        if format_ is Format.json:
            _show_as_json(console, checked, recorded if update else None)
        else:
            _show_recorded(console, recorded)
            _show(console, checked)
        raise typer.Exit(1 if has_errors(checked.diagnostics) else 0)


def _show(console: Console, checked: Checked) -> None:
    seconds = console.seconds
    console.diagnostics(checked.diagnostics)
    problems = problem_counts(checked.diagnostics)
    looked = f"{counted(checked.pages, 'page')} with {counted(checked.links, 'link')}"
    summary = f"checked {looked}: {problems} in {seconds:.2f} s"
    if not checked.pages:
        summary = f"{problems}: the site cannot be built, so its links are not checked"
    console.summary(summary, is_done=not has_errors(checked.diagnostics))


def _show_recorded(console: Console, recorded: Iterable[Recorded]) -> None:
    """What is written into the sources, a line for each link."""
    for link in recorded:
        place = f"{link.path}:{link.line}"
        if link.is_written:
            moved = f"{link.was} is now " if link.was != link.href else ""
            console.result(f'{place}: {moved}{link.href} "{link.recorded}"')
        else:
            console.warn(f"{place}: {link.was} is not recorded: write its address beside its text")


def _show_as_json(
    console: Console, checked: Checked, recorded: tuple[Recorded, ...] | None
) -> None:
    """`recorded` is None where nothing was to be written."""
    console.result_as_json(
        {
            **({} if recorded is None else {"recorded": [asdict(link) for link in recorded]}),
            "ok": not has_errors(checked.diagnostics),
            "pages": checked.pages,
            "links": checked.links,
            "seconds": round(console.seconds, 3),
            "diagnostics": [as_json(diagnostic) for diagnostic in checked.diagnostics],
        }
    )

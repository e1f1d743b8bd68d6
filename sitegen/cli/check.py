"""`sitegen check`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sitegen.cli.clock import current_time
from sitegen.cli.options import BaseUrl, Drafts, Future, ReportFormat, SiteFolder, Strict, Verbose
from sitegen.console.console import Console, Format
from sitegen.console.formats import as_json
from sitegen.console.summary import problem_counts
from sitegen.model.diagnostics import has_errors
from sitegen.model.report import Checked
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
) -> None:
    """Check every link of the built site.

    Builds the site in a folder of its own and checks that every link, image, script, style sheet
    and feed leads somewhere; the output folder is not touched. Links that a template or raw HTML
    writes are checked as well, and each broken link is reported where its source has it. Links
    to other hosts are not checked. Exits with 1 if there are errors.

    Examples:
      sitegen check
      sitegen check my-blog --strict
      sitegen check --base-url https://me.github.io/blog/
      sitegen check --output public --format github
    """
    from sitegen.build.session import BuildOptions, open_session
    from sitegen.check.run import review
    from sitegen.storage.file_lock import FOLDER

    with Console(format_, verbose=verbose) as console:
        options = BuildOptions(current_time(), output, base_url, drafts, future, strict)
        with open_session(site, options, console.waiting, console.progress) as session:
            aside = session.into(output or session.folder / FOLDER / "check")
            checked = review(aside, is_built=output is not None)
        show = _show_as_json if format_ is Format.json else _show
        show(console, checked)
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


def _show_as_json(console: Console, checked: Checked) -> None:
    console.result_as_json(
        {
            "ok": not has_errors(checked.diagnostics),
            "pages": checked.pages,
            "links": checked.links,
            "seconds": round(console.seconds, 3),
            "diagnostics": [as_json(diagnostic) for diagnostic in checked.diagnostics],
        }
    )

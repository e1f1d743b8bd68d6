"""`sitegen why`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sitegen.cli.clock import current_time
from sitegen.cli.options import BaseUrl, Drafts, Future, OutputFolder, SiteFolder
from sitegen.console.console import Console, paint
from sitegen.console.wrapping import as_paragraph

if TYPE_CHECKING:
    from sitegen.diagnosis.why import Answer

INDENT = " " * 15
"""Of the text of an answer, below its heading."""


def why_command(
    target: Annotated[
        str,
        typer.Argument(metavar="PAGE", help="A URL, a file in the output folder, or a source."),
    ],
    site: SiteFolder = None,
    output: OutputFolder = None,
    base_url: BaseUrl = None,
    drafts: Drafts = False,
    future: Future = False,
) -> None:
    """Explain why a page was built, kept or left out.

    Nothing is built. The answer says how and from what the page was built the last time, and
    what a build would do now.

    Examples:
      sitegen why posts/hello/
      sitegen why https://me.dev/tags/python/
      sitegen why content/posts/hello.md
    """
    from sitegen.build.session import BuildOptions, open_session
    from sitegen.diagnosis.why import why

    with Console() as console:
        options = BuildOptions(current_time(), output, base_url, drafts, future)
        with open_session(site, options, console.waiting, console.progress) as session:
            answers = why(target, session)
        for answer in answers:
            _show(console, answer)


def _show(console: Console, answer: Answer) -> None:
    console.result(paint(answer.subject, "1"))
    for heading, text in answer.lines:
        console.result(as_paragraph(text, f"  {heading:<12} ", INDENT))

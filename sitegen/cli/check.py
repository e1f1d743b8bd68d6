"""`sitegen check`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sitegen.check.order import BASELINE, Mending, Order
from sitegen.cli.clock import current_time
from sitegen.cli.options import BaseUrl, Drafts, Future, ReportFormat, SiteFolder, Strict, Verbose
from sitegen.cli.repository import folder_in_repository
from sitegen.console.console import Console, Format, paint
from sitegen.console.formats import as_json
from sitegen.console.summary import problem_counts
from sitegen.model.diagnostics import UsageError, has_errors, location, mending_of
from sitegen.text.plural import counted

if TYPE_CHECKING:
    from sitegen.check.examine import Examined
    from sitegen.check.fix import Repair


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
    fix: Annotated[
        bool, typer.Option("--fix", help="Write into the sources what is sure to mend them.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show what --fix would write, and write nothing.")
    ] = False,
    baseline: Annotated[
        bool,
        typer.Option("--baseline", help="Record today's problems, and report only new ones later."),
    ] = False,
    update: Annotated[
        bool,
        typer.Option(
            "--update", help="First write into posts what lines of code say that links name."
        ),
    ] = False,
) -> None:
    """Check the site: sources, links, images and feeds.

    Builds the site in a folder of its own, and checks front matter, Markdown and templates, and
    that every link, image, script, style sheet and feed leads somewhere. The output folder is not
    touched. Each problem is reported where its source has it. Links to other hosts are not checked.

    With --fix, what is sure is mended in the sources: a misspelt key, a value that needs quotes, a
    link to a file that has moved or has other capitals. Every other byte stays. --diff shows that
    as a patch, and writes nothing.

    With --baseline, the problems of today are recorded in a file of the site, and from then on only
    new ones are reported. Run it again when some are gone.

    With --update, each link to lines of code, such as `[the loop](#main:9)`, gets what the
    lines say as its title. A later check warns when they say something else; and where they
    have moved, --update changes the number of the link.

    Exits with 0 if there are no errors, 1 if there are (with --diff, also if there is something to
    mend), and 2 if the command or the configuration is wrong.

    Examples:
      sitegen check
      sitegen check my-blog --strict
      sitegen check --diff
      sitegen check --fix
      sitegen check --baseline
      sitegen check --base-url https://me.github.io/blog/
      sitegen check --output public --format github
      sitegen check --format sarif > sitegen.sarif
    """
    from sitegen.build.session import BuildOptions, folder_of, open_session
    from sitegen.check.examine import examine

    with Console(format_, verbose=verbose) as console:
        console.folder = folder_in_repository(site, format_)
        if output and (fix or diff or baseline):
            hint = "leave out --output: the site is then built aside, from its sources"
            raise UsageError("a site that is built already is checked as it is", hint=hint)
        if diff and (baseline or update):
            hint = "look at the difference first, and leave out --diff to write"
            raise UsageError("--diff writes nothing, but --baseline and --update do", hint=hint)
        mending = Mending.SHOWN if diff else Mending.WRITTEN if fix else Mending.NONE
        options = BuildOptions(current_time(), output, base_url, drafts, future, strict)
        opened = partial(open_session, site, options, console.waiting, console.progress)
        order = Order(mending, output is not None, update, baseline)
        examined = examine(opened, folder_of(site), order)
        if format_ is Format.json:
            _show_as_json(console, examined, order)
        else:
            _show(console, examined, order)
        is_wrong = has_errors(examined.checked.diagnostics) or (diff and examined.repairs)
        raise typer.Exit(1 if is_wrong else 0)


def _show(console: Console, examined: Examined, order: Order) -> None:
    """For a person: what was written, what is wrong, and what can be done about it."""
    _show_recorded(console, examined)
    for repair in examined.repairs:
        show = _show_difference if order.mending is Mending.SHOWN else _show_mended
        show(console, repair)
    checked = examined.checked
    console.diagnostics(checked.diagnostics)
    for line in _conclusions(examined, order):
        console.say(line)
    problems = problem_counts(checked.diagnostics)
    if examined.repairs:
        problems += " left"
    if not checked.pages:
        text = f"{problems}: the site cannot be built, so its links are not checked"
    else:
        looked = f"{counted(checked.pages, 'page')} with {counted(checked.links, 'link')}"
        text = f"checked {looked}: {problems} in {console.seconds:.2f} s"
    is_result = not has_errors(checked.diagnostics) and order.mending is not Mending.SHOWN
    console.summary(text, is_done=is_result)


def _conclusions(examined: Examined, order: Order) -> Iterator[str]:
    """What is to be said of all problems together, and what the reader can do next."""
    if examined.repairs:
        count = sum(len(repair.mended) for repair in examined.repairs)
        files = counted(len({repair.path for repair in examined.repairs}), "file")
        would = "would mend" if order.mending is Mending.SHOWN else "mended"
        yield f"{would} {counted(count, 'problem')} in {files}"
    elif examined.can_mend and order.mending is Mending.NONE:
        can = "1 can" if examined.can_mend == 1 else f"{examined.can_mend} can"
        yield f"{can} be mended: sitegen check --diff shows how, and --fix does it"
    if order.renews_baseline:
        yield from _recorded(examined)
    elif examined.known:
        yield f"{counted(examined.known, 'known problem')} not shown, from {BASELINE}"
    if examined.gone:
        gone = counted(examined.gone, "known problem")
        yield f"{gone} gone: --baseline takes what is gone out of {BASELINE}"


def _recorded(examined: Examined) -> Iterator[str]:
    if not examined.has_baseline:
        yield f"{BASELINE} is not written: mend first what keeps the site from being built"
    elif examined.known:
        yield f"recorded {counted(examined.known, 'problem')} in {BASELINE}"
    else:
        yield f"nothing to record: there is no {BASELINE}"


def _show_recorded(console: Console, examined: Examined) -> None:
    """What is written into links to lines of code, one after the other."""
    for link in examined.recorded:
        place = f"{link.path}:{link.line}"
        if link.is_written:
            moved = f"{link.was} is now " if link.was != link.href else ""
            console.result(f'{place}: {moved}{link.href} "{link.recorded}"')
        else:
            console.warn(f"{place}: {link.was} is not recorded: write its address beside its text")


def _show_mended(console: Console, repair: Repair) -> None:
    """What was mended in a file, a line for each problem."""
    for problem in repair.mended:
        head = f"{paint(location(problem), '1')}: {paint('mended', '1;32')} {problem.code}"
        console.result(f"{head}: {_change(*mending_of(problem))}")


def _change(was: str, now: str) -> str:
    """What became of a text; only what was added, where that is lines of their own."""
    if "\n" not in now:
        return f"{paint(was, '31')} is now {paint(now, '32')}"
    added = now.removeprefix(was).removesuffix(was).strip()
    return f"added {paint(', '.join(added.split(chr(10))), '32')}"


def _show_difference(console: Console, repair: Repair) -> None:
    """A patch, in colour on a terminal."""
    for line in repair.difference().split("\n")[:-1]:
        codes = next((codes for start, codes in DIFF_COLOURS.items() if line.startswith(start)), "")
        console.result(paint(line, codes) if codes else line)


DIFF_COLOURS = {"---": "1", "+++": "1", "@@": "36", "-": "31", "+": "32"}
"""By how a line of a patch starts."""


def _show_as_json(console: Console, examined: Examined, order: Order) -> None:
    """For a program. What was not asked for is not there."""
    checked = examined.checked
    mended = [problem for repair in examined.repairs for problem in repair.mended]
    shown: dict[str, object] = {}
    if order.records_lines:
        shown["recorded"] = [asdict(link) for link in examined.recorded]
    if order.mending is not Mending.NONE:
        shown["mended"] = [as_json(problem) for problem in mended]
    if order.mending is Mending.SHOWN:
        shown["diff"] = "".join(repair.difference() for repair in examined.repairs)
    console.result_as_json(
        {
            **shown,
            "ok": not has_errors(checked.diagnostics),
            "pages": checked.pages,
            "links": checked.links,
            "seconds": round(console.seconds, 3),
            "known": examined.known,
            "gone": examined.gone,
            "diagnostics": [as_json(diagnostic) for diagnostic in checked.diagnostics],
        }
    )

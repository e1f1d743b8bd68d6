"""The command line: what a person types, and nothing of how it is done.

What a build needs is loaded when one is asked for, so that help and completion answer at once.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from sitegen import __version__
from sitegen.diagnostics import UsageError
from sitegen.terminal import INTERRUPTED, Format, Shown

app = typer.Typer(
    name="sitegen",
    help="A static blog generator for people who write about code.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


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


SiteFolder = Annotated[
    Path | None,
    typer.Argument(
        help="The site folder. Default: the nearest one, from here upwards, with a "
        "sitegen.toml or a content/ folder.",
        show_default=False,
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "-o", "--output", metavar="DIR", help="Where the site goes.  [default: SITE/public]"
    ),
]
BaseUrl = Annotated[
    str | None, typer.Option(metavar="URL", help="Where the site will live, instead of base_url.")
]
Drafts = Annotated[bool, typer.Option("--drafts", help="Publish drafts too.")]
Future = Annotated[bool, typer.Option("--future", help="Publish posts dated in the future too.")]
Strict = Annotated[bool, typer.Option("--strict", help="Take warnings for errors.")]
Report = Annotated[
    Format, typer.Option("--format", metavar="text|json|github", help="How to report.")
]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="Say more: every file, and infos.")]
"""Arguments and options that commands share."""


@app.command("build", short_help="Build the site into its output folder.")
def build_command(
    site: SiteFolder = None,
    output: Output = None,
    base_url: BaseUrl = None,
    drafts: Drafts = False,
    future: Future = False,
    strict: Strict = False,
    clean: Annotated[bool, typer.Option("--clean", help="Build without the cache.")] = False,
    verify: Annotated[
        bool, typer.Option("--verify", help="Build again, clean and elsewhere, and compare.")
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=1, help="Processes to read posts with.  [default: as worth it]"
        ),
    ] = None,
    format_: Report = Format.text,
    verbose: Verbose = False,
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
    from sitegen.site import opened
    from sitegen.verify import verify as prove

    with Shown(format_, verbose) as shown:
        with opened(site, base_url, shown.waiting, clean=clean) as it:
            options = Options(
                output=output or it.folder / it.config.output,
                now=_now(),
                drafts=drafts,
                future=future,
                strict=strict,
                jobs=jobs,
            )
            report = build(it.folder, it.config, options, shown.progress, it.store, it.noticed)
        differences = None
        if verify and report.is_published:
            flags = {"--drafts": drafts, "--future": future}
            given = [flag for flag, is_on in flags.items() if is_on]
            given += ["--base-url", it.config.base_url]
            differences = prove(it.folder, options.output, options.now, tuple(given), os.environ)
        shown.report(report, differences)


@app.command("why", short_help="Say why a page was made, kept, or is absent.")
def why_command(
    target: Annotated[
        str, typer.Argument(help="A URL, a file of the output folder, or a source.", metavar="PAGE")
    ],
    site: SiteFolder = None,
    output: Output = None,
    base_url: BaseUrl = None,
    drafts: Drafts = False,
    future: Future = False,
) -> None:
    """Say why a page was made or kept, what it was made from, or why a post is absent.

    Nothing is built. What is told is how the page was made last, and what a build would do now.

    \b
    Examples:
      sitegen why posts/hello/
      sitegen why https://me.dev/tags/python/
      sitegen why content/posts/hello.md
    """
    from sitegen.build import Options
    from sitegen.site import opened
    from sitegen.why import why

    with Shown(Format.text, verbose=False) as shown:
        with opened(site, base_url, shown.waiting) as it:
            options = Options(output or it.folder / it.config.output, _now(), drafts, future)
            answers = why(target, it.folder, it.config, options, shown.progress, it.store)
        shown.answers(answers)


@app.command("check", short_help="Check every link of the finished site.")
def check_command(
    site: SiteFolder = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="DIR", help="Check this built folder, and build nothing."
        ),
    ] = None,
    base_url: BaseUrl = None,
    drafts: Drafts = False,
    future: Future = False,
    strict: Strict = False,
    format_: Report = Format.text,
    verbose: Verbose = False,
) -> None:
    """Check that every link, image, script, style and feed of the finished site leads somewhere.

    The site is built aside, and the output folder stays as it is. What a template or raw HTML
    writes is checked as well, and each dead link is shown where its source has it. Links to
    other hosts are not checked. Exits with 1 if anything is dead.

    \b
    Examples:
      sitegen check
      sitegen check my-blog --strict
      sitegen check --base-url https://me.github.io/blog/
      sitegen check --output public --format github
    """
    from sitegen.build import Options
    from sitegen.review import review
    from sitegen.site import opened

    with Shown(format_, verbose) as shown:
        with opened(site, base_url, shown.waiting) as it:
            aside = it.folder / ".sitegen" / "check"
            options = Options(output or aside, _now(), drafts=drafts, future=future, strict=strict)
            checked = review(
                it.folder,
                it.config,
                options,
                shown.progress,
                it.store,
                it.noticed,
                is_built=output is not None,
            )
        shown.checked(checked)


@app.command("serve", short_help="Serve the site, and show every change at once.")
def serve_command(
    site: SiteFolder = None,
    host: Annotated[
        str, typer.Option(metavar="HOST", help="Where to listen; 0.0.0.0 is for everyone.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="N", min=1, max=65535, help="The port.")] = 8000,
    open_: Annotated[bool, typer.Option("--open", help="Open the site in a browser.")] = False,
    drafts: Drafts = False,
    future: Future = False,
    poll: Annotated[
        bool, typer.Option("--poll", help="Look for changes, where no events tell of them.")
    ] = False,
) -> None:
    """Build the site, serve it on this computer, and show every change as soon as it is saved.

    Open pages reload by themselves. Mistakes are shown here and in the browser, over the last
    good site. The site is built as `sitegen build` does, but not into its output folder.

    \b
    Examples:
      sitegen serve
      sitegen serve my-blog --open --drafts
      sitegen serve --port 8080
      sitegen serve --host 0.0.0.0      (to look at it with a phone)
    """
    from sitegen.address import Address
    from sitegen.serve import Wanted, serve
    from sitegen.site import folder_of

    with Shown(Format.text, verbose=False):
        wanted = Wanted(
            site=folder_of(site),
            address=Address(host, port),
            drafts=drafts,
            future=future,
            polls=poll,
            opens=open_,
            now=_now,
        )
        try:
            serve(wanted, lambda: Shown(Format.text, verbose=False))
        except KeyboardInterrupt:
            raise typer.Exit(INTERRUPTED) from None


def _now() -> datetime:
    """The time that decides what is in the future: `SOURCE_DATE_EPOCH`, else the clock."""
    if (epoch := os.environ.get("SOURCE_DATE_EPOCH")) is None:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        message = f"SOURCE_DATE_EPOCH is {epoch!r}, which is no number of seconds"
        raise UsageError(message) from None

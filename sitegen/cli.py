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
from sitegen.terminal import Format, Shown

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
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="DIR", help="Where the site goes.  [default: SITE/public]"
        ),
    ] = None,
    base_url: BaseUrl = None,
    drafts: Drafts = False,
    future: Future = False,
    strict: Strict = False,
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
    from sitegen.site import configuration, folder_of

    with Shown(format_, verbose) as shown:
        folder = folder_of(site)
        config, noticed = configuration(folder, base_url)
        options = Options(
            output=output or folder / config.output,
            now=_now(),
            drafts=drafts,
            future=future,
            strict=strict,
            jobs=jobs,
        )
        shown.report(build(folder, config, options, shown.progress, noticed))


@app.command("publish", short_help="Publish the site to a branch, such as that of GitHub Pages.")
def publish_command(
    site: SiteFolder = None,
    remote: Annotated[
        str, typer.Option(metavar="NAME", help="The git remote to push to.")
    ] = "origin",
    branch: Annotated[
        str, typer.Option(metavar="NAME", help="Its branch that holds the site.")
    ] = "gh-pages",
    domain: Annotated[
        str | None,
        typer.Option(metavar="DOMAIN", help="The site's own domain, remembered on the branch."),
    ] = None,
    message: Annotated[
        str | None,
        typer.Option(
            "-m", "--message", metavar="TEXT", help="The message of the commit on the branch."
        ),
    ] = None,
    no_history: Annotated[
        bool, typer.Option("--no-history", help="Leave one commit on the branch, the new one.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change, and push nothing.")
    ] = False,
    verbose: Verbose = False,
) -> None:
    """Build the site for the address it will have, and push it to a branch of a git remote.

    The address is that of --domain, of base_url or of a CNAME file; else it follows from the
    remote: https://OWNER.github.io/REPOSITORY/. Your own branch, index and files stay as they
    are, and so does everything in .git. Drafts and posts dated in the future are not published.

    A site with errors is not published, and a branch that sitegen did not make is left alone.
    It is safe to run this again after any failure. It prints the address of the site.

    \b
    Examples:
      sitegen publish
      sitegen publish --dry-run
      sitegen publish --domain blog.example.org
      sitegen publish my-blog --remote pages --branch main --no-history
    """
    from sitegen.build import Options, build
    from sitegen.publish import Wish, publish
    from sitegen.site import configuration, folder_of

    with Shown(Format.text, verbose, interrupted="the branch has the old site or the new") as shown:
        folder = folder_of(site)

        def built(base_url: str, output: Path) -> tuple[str, ...]:
            config, noticed = configuration(folder, base_url)
            options = Options(output=output, now=_now())
            report = build(folder, config, options, shown.progress, noticed)
            shown.step(report)
            return report.written + report.unchanged

        wish = Wish(remote, branch, domain, message, not no_history, dry_run)
        config, _ = configuration(folder, None)
        shown.published(publish(folder, config, wish, built, _unchecked, shown.say), dry_run)


def _unchecked(base_url: str, output: Path) -> None:
    """Looks at no link yet."""


def _now() -> datetime:
    """The time that decides what is in the future: `SOURCE_DATE_EPOCH`, else the clock."""
    if (epoch := os.environ.get("SOURCE_DATE_EPOCH")) is None:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        message = f"SOURCE_DATE_EPOCH is {epoch!r}, which is no number of seconds"
        raise UsageError(message) from None

"""The command line: what a person types, and nothing of how it is done.

What a build needs is loaded when one is asked for, so that help and completion answer at once.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from sitegen import __version__
from sitegen.console.console import INTERRUPTED, Format, Shown
from sitegen.model.diagnostics import UsageError

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
        metavar="SITE",
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
    executor: Annotated[
        str | None,
        typer.Option(
            metavar="dask://HOST:PORT", help="Read posts on the machines of a Dask cluster."
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
    from sitegen.build.pipeline import build
    from sitegen.build.session import BuildOptions, open_session
    from sitegen.diagnosis.verify import verify as prove

    with Shown(format_, verbose) as shown:
        options = BuildOptions(
            now=_now(),
            output=output,
            base_url=base_url,
            drafts=drafts,
            future=future,
            strict=strict,
            clean=clean,
            jobs=_workers(jobs, executor),
        )
        with open_session(site, options, shown.waiting, shown.progress) as session:
            report = build(session)
        differences = None
        if verify and report.is_published:
            differences = prove(session, os.environ)
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
    from sitegen.build.session import BuildOptions, open_session
    from sitegen.diagnosis.why import why

    with Shown(Format.text, verbose=False) as shown:
        options = BuildOptions(_now(), output, base_url, drafts, future)
        with open_session(site, options, shown.waiting, shown.progress) as session:
            answers = why(target, session)
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
    from sitegen.build.session import BuildOptions, open_session
    from sitegen.check.run import review
    from sitegen.storage.cache import FOLDER

    with Shown(format_, verbose) as shown:
        options = BuildOptions(_now(), output, base_url, drafts, future, strict)
        with open_session(site, options, shown.waiting, shown.progress) as session:
            aside = session.into(output or session.folder / FOLDER / "check")
            checked = review(aside, is_built=output is not None)
        shown.checked(checked)


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
    from sitegen.build.pipeline import build
    from sitegen.build.session import BuildOptions, open_session
    from sitegen.check.run import review
    from sitegen.model.diagnostics import SitegenError, has_errors
    from sitegen.publish.publish import PublishOptions, publish

    with Shown(Format.text, verbose, interrupted="the branch has the old site or the new") as shown:

        def built(base_url: str, folder: Path) -> tuple[str, ...]:
            options = BuildOptions(_now(), folder, base_url)
            with open_session(site, options, shown.waiting, shown.progress) as session:
                report = build(session)
            shown.step(report)
            return report.written + report.unchanged

        def checked(base_url: str, folder: Path) -> None:
            options = BuildOptions(_now(), folder, base_url)
            with open_session(site, options, shown.waiting, shown.progress) as session:
                found = review(session, is_built=True)
            if has_errors(found.diagnostics):
                raise SitegenError("there are dead links: nothing is published", *found.diagnostics)

        wish = PublishOptions(remote, branch, domain, message, not no_history, dry_run)
        with open_session(site, BuildOptions(_now()), shown.waiting, shown.progress) as session:
            folder, config = session.folder, session.config
        shown.published(publish(folder, config, wish, built, checked, shown.say), dry_run)


@app.command("init", short_help="Start a site, or add what a host needs to publish it.")
def init_command(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="DIR", help="Where the site goes. Default: here.", show_default=False
        ),
    ] = Path(),
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="What it is called.")] = None,
    description: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What it is about, in a sentence.")
    ] = None,
    author: Annotated[str | None, typer.Option(metavar="NAME", help="Who writes it.")] = None,
    url: Annotated[str | None, typer.Option(metavar="URL", help="Where it will live.")] = None,
    yes: Annotated[bool, typer.Option("-y", "--yes", help="Ask nothing.")] = False,
    github: Annotated[bool, typer.Option("--github", help="Publish on GitHub Pages.")] = False,
    gitlab: Annotated[bool, typer.Option("--gitlab", help="Publish on GitLab Pages.")] = False,
    netlify: Annotated[bool, typer.Option("--netlify", help="Publish on Netlify.")] = False,
    cloudflare: Annotated[
        bool, typer.Option("--cloudflare", help="Publish on Cloudflare.")
    ] = False,
) -> None:
    """Start a site: a configuration, two posts to learn from, a page. A file that exists is kept.

    On a terminal it asks for what no option says. With --github, --gitlab, --netlify or
    --cloudflare, in a new site or one that exists, it writes the file from which that host
    builds and publishes the site; each choice in it is explained there.

    \b
    Examples:
      sitegen init blog
      sitegen init blog --title "Notes on parsing" --author Ada --yes
      sitegen init --github
    """
    from sitegen.cli.prompts import asking, show
    from sitegen.scaffold.init import start
    from sitegen.scaffold.kit import HOSTS

    chosen = {"github": github, "gitlab": gitlab, "netlify": netlify, "cloudflare": cloudflare}
    with Shown(Format.text, verbose=False):
        given = {"title": title, "description": description, "author": author, "base_url": url}
        hosts = tuple(host for host in HOSTS if chosen[host.name])
        show(start(folder, given, hosts, _now(), asking(silent=yes)))


@app.command("new", short_help="Start a post or page.")
def new_command(
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What it is called.")],
    site: SiteFolder = None,
    tags: Annotated[str, typer.Option(metavar="A,B", help="Its tags, with commas.")] = "",
    page: Annotated[bool, typer.Option("--page", help="A page, in the menu.")] = False,
    bundle: Annotated[
        bool, typer.Option("--bundle", help="A folder, for images beside the text.")
    ] = False,
    draft: Annotated[bool, typer.Option("--draft", help="Not to be published yet.")] = False,
    edit: Annotated[
        bool, typer.Option("-e", "--edit", help="Open it in $VISUAL or $EDITOR.")
    ] = False,
) -> None:
    """Start a post: a file at the right place, with an id and today's date. Prints its path.

    A file that exists is never changed: a title that is taken is an error.

    \b
    Examples:
      sitegen new "A year of type hints" --tags python,typing
      sitegen new "About me" --page
      sitegen new "What the trip cost" --bundle --draft --edit
      sitegen new -- "-0.0 is a number, too"
    """
    from sitegen.build.session import configuration, folder_of
    from sitegen.scaffold.new import NewPost, new
    from sitegen.scaffold.new import edit as open_in
    from sitegen.text.quoting import one_line, titled

    with Shown(Format.text, verbose=False):
        editor = _editor() if edit else None
        folder = folder_of(site)
        config, _ = configuration(folder)
        names = tuple(filter(None, map(one_line, tags.split(","))))
        idea = NewPost(titled(title), names, is_page=page, is_bundle=bundle, is_draft=draft)
        file = new(idea, folder, config, _now())
        typer.echo(str(_seen_from_here(file)))
        if editor:
            open_in(file, editor)


@app.command("clean", short_help="Remove what sitegen wrote, and nothing else.")
def clean_command(
    site: SiteFolder = None,
    output: Output = None,
    dry_run: Annotated[
        bool, typer.Option("-n", "--dry-run", help="Only say what would be removed.")
    ] = False,
) -> None:
    """Remove the built site and sitegen's cache. The next build makes both anew.

    Only files that sitegen wrote are removed: it knows them by the list that it keeps in the
    output folder. Whatever else is there stays.

    \b
    Examples:
      sitegen clean
      sitegen clean --dry-run
    """
    from sitegen.build.session import configuration, folder_of
    from sitegen.storage.clean import clean, ours

    with Shown(Format.text, verbose=False) as shown:
        folder = folder_of(site)
        config, _ = configuration(folder)
        target = output or folder / config.output
        found = ours(folder, target) if dry_run else clean(folder, target, shown.waiting)
        for path in found if dry_run else ():
            typer.echo(str(_seen_from_here(path)))
        done = "would be removed" if dry_run else "removed"
        told = f"{len(found)} files and folders {done}" if found else "there is nothing to remove"
        typer.echo(told, err=True)


@app.command("doctor", short_help="Say how the site and this machine are.")
def doctor_command(
    site: SiteFolder = None,
    format_: Annotated[
        Literal["text", "json"],
        typer.Option("--format", metavar="text|json", help="How to report."),
    ] = "text",
) -> None:
    """Say how the site and this machine are, and what is likely to be a mistake.

    Shows versions, the configuration in effect with where each value comes from, and findings.
    Exits with 1 if one of them keeps the site from being built.

    \b
    Examples:
      sitegen doctor
      sitegen doctor --format json | jq .findings
    """
    from sitegen.diagnosis.checkup import as_json, as_text
    from sitegen.diagnosis.doctor import checkup

    found = checkup(site)
    typer.echo(as_text(found) if format_ == "text" else as_json(found))
    raise typer.Exit(0 if found.is_well else 1)


def _editor() -> str:
    if editor := os.environ.get("VISUAL") or os.environ.get("EDITOR"):
        return editor
    raise UsageError("no editor is set", hint="for example: export EDITOR=nano")


def _seen_from_here(path: Path) -> Path:
    """The path as a person in this folder would type it, where that is the shorter one."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _workers(jobs: int | None, executor: str | None) -> int | str | None:
    """Who reads documents: so many processes, or the cluster with a scheduler at this address."""
    if executor is None:
        return jobs
    if jobs is not None:
        hint = "leave one of them out; a cluster has as many workers as were started"
        raise UsageError("--jobs counts processes here, --executor leaves here", hint=hint)
    from sitegen.execution.dask import scheduler

    return scheduler(executor)


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
    from sitegen.build.session import folder_of
    from sitegen.serve.bind import Bind
    from sitegen.serve.server import ServeOptions, serve

    with Shown(Format.text, verbose=False):
        wanted = ServeOptions(
            site=folder_of(site),
            address=Bind(host, port),
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

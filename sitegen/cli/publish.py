"""`sitegen publish`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sitegen.cli.clock import current_time
from sitegen.cli.options import SiteFolder, Verbose
from sitegen.console.console import Console

if TYPE_CHECKING:
    from sitegen.publish.publish import Published


def publish_command(
    site: SiteFolder = None,
    remote: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="The git remote to push to, or its address.  [default: origin]"
        ),
    ] = None,
    branch: Annotated[
        str, typer.Option(metavar="NAME", help="The branch of the built site.")
    ] = "gh-pages",
    domain: Annotated[
        str | None,
        typer.Option(metavar="DOMAIN", help="A custom domain; the branch remembers it."),
    ] = None,
    message: Annotated[
        str | None, typer.Option("-m", "--message", metavar="TEXT", help="The commit message.")
    ] = None,
    no_history: Annotated[
        bool, typer.Option("--no-history", help="Keep a single commit on the branch.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change, without pushing.")
    ] = False,
    verbose: Verbose = False,
) -> None:
    """Publish the site to a git branch, such as that of GitHub Pages.

    Builds the site for its address, checks its links, and pushes it to a branch of a git remote.
    The address is that of --domain, of base_url or of a CNAME file; else it follows from the
    remote: https://OWNER.github.io/REPOSITORY/. Drafts and posts dated in the future are not
    published.

    Your own branch, index and files are not touched. A site with errors is not published, and a
    branch that sitegen did not create is not overwritten. It is safe to run this again after any
    failure. The address of the site is printed.

    Examples:
      sitegen publish
      sitegen publish --dry-run
      sitegen publish --domain blog.example.org
      sitegen publish my-blog --remote pages --branch main --no-history
    """
    from sitegen.build.session import folder_of
    from sitegen.publish.publish import PublishOptions, publish

    interrupted = "the branch has either the old site or the new one"
    with Console(verbose=verbose, interrupted=interrupted) as console:
        options = PublishOptions(remote, branch, domain, message, not no_history, dry_run)
        published = publish(folder_of(site), options, current_time(), console)
        _show(console, published, is_dry_run=dry_run)


def _show(console: Console, published: Published, *, is_dry_run: bool) -> None:
    """The address of the site, or what would change, is the result."""
    seconds = console.seconds
    show = console.result if is_dry_run else console.say
    for change in published.changes if is_dry_run or console.verbose else ():
        show(f"{change.what} {change.path}")
    for advice in published.advice:
        console.hint(advice)
    if published.is_pushed:
        console.say(f"published in {seconds:.1f} s")
    else:
        console.say("dry run: nothing was pushed" if published.changes else "no changes to push")
    if not is_dry_run:
        console.result(published.url)

"""`sitegen init`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sitegen.cli.clock import current_time
from sitegen.console.console import Console


def init_command(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="DIR", help="The site folder. Default: the current folder.", show_default=False
        ),
    ] = Path(),
    title: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The title of the site.")
    ] = None,
    description: Annotated[
        str | None, typer.Option(metavar="TEXT", help="A one-sentence description.")
    ] = None,
    author: Annotated[
        str | None, typer.Option(metavar="NAME", help="The author of its posts.")
    ] = None,
    url: Annotated[str | None, typer.Option(metavar="URL", help="The address of the site.")] = None,
    yes: Annotated[bool, typer.Option("-y", "--yes", help="Accept all defaults.")] = False,
    demo: Annotated[
        bool, typer.Option("--demo", help="Start with a site that shows everything.")
    ] = False,
    github: Annotated[bool, typer.Option("--github", help="Publish on GitHub Pages.")] = False,
    gitlab: Annotated[bool, typer.Option("--gitlab", help="Publish on GitLab Pages.")] = False,
    netlify: Annotated[bool, typer.Option("--netlify", help="Publish on Netlify.")] = False,
    cloudflare: Annotated[
        bool, typer.Option("--cloudflare", help="Publish on Cloudflare.")
    ] = False,
) -> None:
    """Create a site, or add what a host needs to publish it.

    A new site has a configuration, two example posts and a page; files that exist are kept. On a
    terminal it asks for what no option says. With --demo, its posts and pages show everything that
    the theme has, in six languages.

    --github, --gitlab, --netlify and --cloudflare add the file from which that host builds and
    publishes the site, to a new site or to one that exists.

    Examples:
      sitegen init blog
      sitegen init blog --title "Notes on parsing" --author Ada --yes
      sitegen init --demo demo
      sitegen init --github
    """
    from sitegen.cli.prompts import asking, show_started
    from sitegen.scaffold.init import start
    from sitegen.scaffold.kit import HOSTS

    chosen = {"github": github, "gitlab": gitlab, "netlify": netlify, "cloudflare": cloudflare}
    with Console() as console:
        given = {"title": title, "description": description, "author": author, "base_url": url}
        hosts = tuple(host for host in HOSTS if chosen[host.name])
        ask = asking(console, silent=yes)
        show_started(console, start(folder, given, hosts, current_time(), ask, is_demo=demo))

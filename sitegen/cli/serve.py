"""`sitegen serve`."""

from __future__ import annotations

from typing import Annotated

import typer

from sitegen.cli.clock import current_time
from sitegen.cli.options import Drafts, Future, SiteFolder
from sitegen.console.console import Console
from sitegen.console.signals import INTERRUPTED


def serve_command(
    site: SiteFolder = None,
    host: Annotated[
        str,
        typer.Option(
            metavar="HOST", help="The address to listen on; 0.0.0.0 lets other devices connect."
        ),
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(metavar="N", min=1, max=65535, help="The port to listen on.")
    ] = 8000,
    open_: Annotated[bool, typer.Option("--open", help="Open the site in a browser.")] = False,
    drafts: Drafts = False,
    future: Future = False,
    poll: Annotated[
        bool, typer.Option("--poll", help="Poll for changes, where no events report them.")
    ] = False,
) -> None:
    """Serve the site, and reload the browser on every change.

    Open pages reload by themselves. Errors are shown here and in the browser, over the last good
    version of the page. The site is built as `sitegen build` does it, but not into the output
    folder.

    Examples:
      sitegen serve
      sitegen serve my-blog --open --drafts
      sitegen serve --port 8080
      sitegen serve --host 0.0.0.0
    """
    from sitegen.build.session import folder_of
    from sitegen.serve.bind import Bind
    from sitegen.serve.server import ServeOptions, serve

    with Console():
        options = ServeOptions(
            site=folder_of(site),
            address=Bind(host, port),
            drafts=drafts,
            future=future,
            polls=poll,
            opens=open_,
            now=current_time,
        )
        try:
            serve(options)
        except KeyboardInterrupt:
            raise typer.Exit(INTERRUPTED) from None

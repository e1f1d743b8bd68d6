"""`sitegen clean`."""

from __future__ import annotations

from typing import Annotated

import typer

from sitegen.cli.options import OutputFolder, SiteFolder
from sitegen.console.console import Console, from_here


def clean_command(
    site: SiteFolder = None,
    output: OutputFolder = None,
    dry_run: Annotated[
        bool, typer.Option("-n", "--dry-run", help="List what would be removed.")
    ] = False,
) -> None:
    """Remove the built site and the cache.

    Only files that sitegen wrote are removed: the output folder has a list of them. All other
    files are kept. The next build starts from scratch.

    Examples:
      sitegen clean
      sitegen clean --dry-run
    """
    from sitegen.build.session import configuration, folder_of
    from sitegen.storage.clean import clean, removable

    with Console() as console:
        folder = folder_of(site)
        config, _ = configuration(folder)
        target = output or folder / config.output
        found = removable(folder, target) if dry_run else clean(folder, target, console.waiting)
        for path in found if dry_run else ():
            console.result(str(from_here(path)))
        verb = "would remove" if dry_run else "removed"
        console.say(f"{verb} {len(found)} files and folders" if found else "nothing to remove")

"""`sitegen new`."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from sitegen.cli.clock import current_time
from sitegen.cli.options import SiteFolder
from sitegen.console.console import Console, from_here
from sitegen.model.diagnostics import UsageError


def _archetypes(incomplete: str) -> list[str]:
    """The archetypes of the site that a shell is in, to complete the name of one."""
    from sitegen.build.session import folder_of
    from sitegen.scaffold.archetypes import archetype_names

    try:
        names = archetype_names(folder_of(None))
    except UsageError:
        return []
    return [name for name in names if name.startswith(incomplete)]


def new_command(
    title: Annotated[str, typer.Argument(metavar="TITLE", help="Its title.")],
    site: SiteFolder = None,
    more: Annotated[list[str] | None, typer.Argument(hidden=True, metavar="")] = None,
    tags: Annotated[str, typer.Option(metavar="A,B", help="Its tags, separated by commas.")] = "",
    archetype: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="NAME",
            help="Start from archetypes/NAME.md of the site.",
            autocompletion=_archetypes,
        ),
    ] = None,
    page: Annotated[bool, typer.Option("--page", help="Create a page instead of a post.")] = False,
    bundle: Annotated[
        bool, typer.Option("--bundle", help="Create a folder, with room for images.")
    ] = False,
    draft: Annotated[bool, typer.Option("--draft", help="Mark it as a draft.")] = False,
    edit: Annotated[
        bool, typer.Option("-e", "--edit", help="Open it in $VISUAL or $EDITOR.")
    ] = False,
) -> None:
    """Create a post or a page.

    Writes a file in the right place, with an id and today's date, and prints its path. A file
    that exists is never changed: a title that is taken is an error.

    With --from, or where there is archetypes/default.md, the file is a copy of that archetype,
    with title, date, slug and id filled in.

    Examples:
      sitegen new "A year of type hints" --tags python,typing
      sitegen new "About me" --page
      sitegen new "What the trip cost" --bundle --draft --edit
      sitegen new "Types at runtime" --from talk
      sitegen new -- "-0.0 is a number, too"
    """
    from sitegen.build.session import configuration, folder_of
    from sitegen.scaffold.new import NewPost, new
    from sitegen.scaffold.new import edit as open_in
    from sitegen.text.quoting import one_line, titled

    with Console() as console:
        if more or (site and not site.exists()):
            words = " ".join((title, str(site), *(more or ())))
            hint = f'a title of several words needs quotes: sitegen new "{words}"'
            raise UsageError(f"there is no folder '{site}'", hint=hint)
        editor = _editor() if edit else None
        folder = folder_of(site)
        config, _ = configuration(folder)
        names = tuple(filter(None, map(one_line, tags.split(","))))
        kind = {"is_page": page, "is_bundle": bundle, "is_draft": draft}
        post = NewPost(titled(title), names, **kind, archetype=archetype)
        file = new(post, folder, config, current_time())
        console.result(str(from_here(file)))
        if editor:
            open_in(file, editor)


def _editor() -> str:
    if editor := os.environ.get("VISUAL") or os.environ.get("EDITOR"):
        return editor
    raise UsageError("no editor is set", hint="for example: export EDITOR=nano")

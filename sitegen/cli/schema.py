"""`sitegen schema`."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import typer

from sitegen.cli.options import SiteFolder
from sitegen.console.console import Console, from_here
from sitegen.model.diagnostics import UsageError


class Described(Enum):
    """What there is a schema of."""

    CONFIG = "config"
    FRONT_MATTER = "front-matter"


def schema_command(
    what: Annotated[
        Described | None,
        typer.Argument(metavar="WHAT", help="Either config or front-matter.", show_default=False),
    ] = None,
    site: SiteFolder = None,
    write: Annotated[
        bool,
        typer.Option("--write", help="Write both into .schema/ of the site, for editors."),
    ] = False,
) -> None:
    """Print a JSON Schema, for editors.

    One is of sitegen.toml, the other of the front matter of posts and pages, with the fields that
    the site declares. A new site has both in .schema/, and its sitegen.toml names the first. Write
    them again after an upgrade, or when the fields have changed.

    Examples:
      sitegen schema front-matter
      sitegen schema config > sitegen.schema.json
      sitegen schema --write
    """
    from sitegen.build.session import configuration, folder_of
    from sitegen.scaffold.json_schema import schema_text, schemas, write_schemas

    with Console() as console:
        if (what is None) != write:
            hint = "sitegen schema config, sitegen schema front-matter, or sitegen schema --write"
            raise UsageError("one schema can be printed, or both written", hint=hint)
        folder = folder_of(site)
        config, _ = configuration(folder)
        if what:
            console.result(schema_text(schemas(config)[what.value]).rstrip())
            return
        for path in write_schemas(folder, config):
            console.result(f"wrote {from_here(path)}")

"""`sitegen schema`."""

from __future__ import annotations

from typing import Annotated

import typer

from sitegen.cli.options import SiteFolder
from sitegen.console.console import Console, from_here
from sitegen.model.diagnostics import UsageError
from sitegen.text.spelling import did_you_mean


def schema_command(
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="WHAT",
            help="One of config, front-matter, and data/NAME of a data file.",
            show_default=False,
        ),
    ] = None,
    site: SiteFolder = None,
    write: Annotated[
        bool,
        typer.Option("--write", help="Write all into .schema/ of the site, for editors."),
    ] = False,
) -> None:
    """Print a JSON Schema, for editors.

    One is of sitegen.toml, one of the front matter of posts and pages, with the fields that the
    site declares, and one of each data file that its schema.py describes. A new site has the first
    two in .schema/, and its sitegen.toml names the first. Write them again after an upgrade, or
    when the fields have changed.

    Examples:
      sitegen schema front-matter
      sitegen schema config > sitegen.schema.json
      sitegen schema data/talks
      sitegen schema --write
    """
    from sitegen.build.code_schemas import code_schemas
    from sitegen.build.session import configuration, folder_of
    from sitegen.scaffold.json_schema import schema_text, schemas, write_schemas

    with Console() as console:
        if (what is None) != write:
            hint = "sitegen schema config, sitegen schema front-matter, or sitegen schema --write"
            raise UsageError("one schema can be printed, or all written", hint=hint)
        folder = folder_of(site)
        config, _ = configuration(folder)
        found = schemas(config, code_schemas(folder))
        if what and what not in found:
            hint = did_you_mean(what, found) or f"there are: {', '.join(found)}"
            raise UsageError(f"there is no schema of '{what}'", hint=hint)
        if what:
            console.result(schema_text(found[what]).rstrip())
            return
        for path in write_schemas(folder, found):
            console.result(f"wrote {from_here(path)}")

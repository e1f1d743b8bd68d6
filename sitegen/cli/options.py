"""Arguments and options that commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sitegen.console.console import Format

SiteFolder = Annotated[
    Path | None,
    typer.Argument(
        metavar="SITE",
        help="The site folder. Default: the current folder, or the nearest one above it with a "
        "sitegen.toml or a content/ folder.",
        show_default=False,
    ),
]
OutputFolder = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="DIR", help="The output folder.  [default: public]"),
]
BaseUrl = Annotated[
    str | None, typer.Option(metavar="URL", help="The address of the site; overrides base_url.")
]
Drafts = Annotated[bool, typer.Option("--drafts", help="Include drafts.")]
Future = Annotated[bool, typer.Option("--future", help="Include posts dated in the future.")]
Strict = Annotated[bool, typer.Option("--strict", help="Treat warnings as errors.")]
ReportFormat = Annotated[
    Format, typer.Option("--format", metavar="text|json|github|sarif", help="The report format.")
]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="Show more: every file, and infos.")]

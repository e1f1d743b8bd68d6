"""What code of a site, such as its `schema.py`, adds to the schemas that editors check by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import Any

from sitegen.model.dataclass import dataclass
from sitegen.plugins.find import find_plugins
from sitegen.plugins.load import load_plugins


@dataclass(frozen=True, slots=True)
class CodeSchemas:
    """JSON Schema as plug-ins give it."""

    front_matter: tuple[Mapping[str, Any], ...] = ()
    """Keys of front matter: `properties`, and `$defs` that these refer to."""
    data: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Of data files, by name; those of a pattern by what it starts with."""


def code_schemas(site: Path) -> CodeSchemas:
    """What the plug-ins of a site and its `schema.py` say.

    Raises UsageError where one cannot be loaded.
    """
    plugins = [found.plugin for found in load_plugins(find_plugins(site))]
    return CodeSchemas(
        tuple(each.front_matter_schema() for each in plugins if each.front_matter_schema),
        {
            name.replace("*", "").strip("/") or "all": of.schema()
            for each in plugins
            for name, of in each.data.items()
        },
    )

"""Files of data: values for templates, in whatever format their names promise."""

from __future__ import annotations

from sitegen.data.tree import LocatedResult, Part, Scalar
from sitegen.model.diagnostics import Diagnostic

LARGEST_DATA = 4 * 1024 * 1024
"""Characters of such a file, at most: some seconds of reading, once."""


def locate_data(text: str, ending: str) -> LocatedResult:
    """The list or mapping that a text with this ending is.

    SG101, SG104 and SG109 as the readers of each format have them, and SG106 for what is neither.
    """
    found, problems = _located(Part(text, longest=LARGEST_DATA), ending)
    if found and isinstance(found.value, Scalar):
        at = found.value.span
        place = (at.line, at.column, "write a list, or keys and values", at.length)
        message = "a file of data is a list or a mapping"
        return None, (*problems, Diagnostic("SG106", message, None, *place))
    return found, problems


def _located(part: Part, ending: str) -> LocatedResult:
    match ending:
        case ".toml":
            from sitegen.data.toml_tree import locate_toml

            return locate_toml(part)
        case ".json":
            from sitegen.data.json_tree import locate_json

            return locate_json(part)
        case ".csv":
            from sitegen.data.csv_table import locate_csv

            return locate_csv(part)
    from sitegen.data.yaml_tree import locate_yaml

    return locate_yaml(part)

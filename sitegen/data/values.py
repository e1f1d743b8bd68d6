"""Values of a tree as what a field takes: a text, a number, a date; and what is no such thing."""

from __future__ import annotations

import math
from dataclasses import field
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sitegen.data.diagnostics import at_value, unfit
from sitegen.data.tree import Node, Path, Scalar, Tree
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic
from sitegen.text.dates import mistake, read_date


def as_written(node: Node, zone: ZoneInfo) -> Any:  # noqa: ANN401 (a text, a number, a table …)
    """A value for templates: text where YAML would change what was written, aware datetimes."""
    if isinstance(node, tuple):
        return tuple(as_written(entry, zone) for entry in node)
    if isinstance(node, dict):
        return {key: as_written(value, zone) for key, value in node.items()}
    if isinstance(node.value, datetime):
        return read_date(node.value, zone)
    is_text = isinstance(node.value, time) or is_changed(node)
    return node.text if is_text else node.value


def number_in(node: Node) -> int | float | None:
    """The number that a value is: finite, and not 1:30, which YAML 1.1 reads as 90."""
    value = node.value if isinstance(node, Scalar) and ":" not in node.text else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return value if math.isfinite(value) else None
    except OverflowError:  # a whole number that no float can be
        return None


def is_changed(scalar: Scalar) -> bool:
    """Whether text is meant where YAML sees a number; `yes` and dates mean what YAML reads."""
    return scalar.is_reread and not isinstance(scalar.value, bool | date)


@dataclass(slots=True)
class ValueReader:
    """Takes from a value what is wanted. What it cannot read is None, and among the problems.

    SG106 for values of the wrong type, SG107 for dates.
    """

    tree: Tree
    zone: ZoneInfo
    """Of dates that name no offset."""
    problems: list[Diagnostic] = field(default_factory=list)

    def text(self, node: Node, path: Path) -> str | None:
        if isinstance(node, Scalar):
            return "" if node.value is None else node.text.strip()
        self.misfit(path, "text", hint="write one text, on one line")
        return None

    def flag(self, node: Node, path: Path) -> bool | None:
        if isinstance(node, Scalar):
            if isinstance(node.value, bool):
                return node.value
            if node.text.lower() in ("true", "false"):
                return node.text.lower() == "true"
        self.misfit(path, "true or false", hint="write 'true' or 'false'")
        return None

    def number(self, node: Node, path: Path) -> float | None:
        if (number := number_in(node)) is not None:
            return float(number)
        self.misfit(path, "a number", hint="write a number such as 10")
        return None

    def moment(self, node: Node, path: Path) -> datetime | None:
        scalar = node if isinstance(node, Scalar) else None
        if scalar and (moment := read_date(scalar.value, self.zone)):
            return moment
        message, hint = mistake(scalar.text) if scalar else (None, None)
        if message:
            self.problems.append(at_value(self.tree, path, message, "SG107", hint))
        else:
            self.misfit(path, "a date such as 2024-01-31 or 2024-01-31 10:00", "SG107", hint)
        return None

    def misfit(
        self, path: Path, expected: str, code: str = "SG106", hint: str | None = None
    ) -> None:
        """Note that the value at a path is not what was expected."""
        self.problems.append(unfit(self.tree, path, expected, code, hint))

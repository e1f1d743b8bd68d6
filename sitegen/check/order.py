"""What `sitegen check` can be asked for, besides a check."""

from __future__ import annotations

from enum import Enum

from sitegen.model.dataclass import dataclass

BASELINE = "sitegen-baseline.json"
"""The file of a site that has the problems it is known to have."""


class Mending(Enum):
    """What becomes of the sources that can be mended."""

    NONE = "none"
    SHOWN = "shown"
    WRITTEN = "written"


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted."""

    mending: Mending = Mending.NONE
    is_built: bool = False
    """Whether the output folder holds the site, and nothing is to be built."""
    records_lines: bool = False
    renews_baseline: bool = False

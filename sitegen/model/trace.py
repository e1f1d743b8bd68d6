"""What a build remembers for the next one (`engine.trace` has the theory)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import NamedTuple

from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.output import StaleReason
from sitegen.model.report import LeftOut


class Trace(NamedTuple):
    """How an output came to be. A tuple, because tens of thousands are read at a time."""

    reads: tuple[str, ...]
    """The names of the facets it was rendered from."""
    result: bytes
    """The digest of the output's bytes."""
    reason: StaleReason
    """Why it was rendered."""
    changed: tuple[str, ...]
    """The facets that had changed, where that was why."""
    made: datetime
    """When."""


@dataclass(frozen=True, slots=True)
class Traces:
    """Those of all files in an output folder, after a build that succeeded."""

    outputs: Mapping[str, Trace] = field(default_factory=dict)
    """By path."""
    digests: Mapping[str, bytes] = field(default_factory=dict)
    """What each facet was, in that build, that any of them has read."""


FileState = tuple[int, int, int, int]
"""Times of the last change of a file's content and of its inode, in ns; its size in bytes; the
number of its inode."""


@dataclass(frozen=True, slots=True)
class Built:
    """What the last build left in an output folder."""

    inputs: bytes
    """The digest of all inputs but the time."""
    since: datetime | None
    until: datetime | None
    """The times that would change nothing: from the first (None: always), before the second (None:
    for ever)."""
    files: Mapping[str, tuple[FileState | None, bytes]]
    """The state of each file and the digest of its bytes. A state of None is unknown."""
    left_out: tuple[LeftOut, ...]
    diagnostics: tuple[Diagnostic, ...]

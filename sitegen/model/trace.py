"""What a build remembers for the next one (`engine.trace` has the theory)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sitegen.model.diagnostics import Diagnostic
from sitegen.model.output import Stale
from sitegen.model.report import LeftOut


@dataclass(frozen=True, slots=True)
class Trace:
    """How an output came to be (`engine.trace` has the theory)."""

    reads: tuple[str, ...]
    """The names of the facets it was rendered from."""
    digests: bytes
    """What they were: 16 bytes for each of `reads`, in their order."""
    result: bytes
    """The digest of the output's bytes."""
    stale: Stale
    """Why it was rendered."""
    made: datetime
    """When."""


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

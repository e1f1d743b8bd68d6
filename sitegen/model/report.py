"""What a command did, and what was left out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import Enum

from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic, has_errors
from sitegen.model.output import Stale

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, and of how many."""


class Absence(Enum):
    """Why a document is not published."""

    DRAFT = "draft"
    EXPIRED = "expired"
    SCHEDULED = "scheduled"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A document that is not published."""

    path: str
    reason: Absence
    date: datetime | None
    """When it will be published, or when it expired."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did. Paths are of files in the output folder."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    diagnostics: tuple[Diagnostic, ...]
    """Judged and framed, in order of path and line."""
    stale: tuple[Stale, ...] = ()
    """The outputs that were rendered, written or not."""
    said: tuple[str, ...] = ()
    """The last lines of what the post-build command printed, if it ran."""

    @property
    def is_published(self) -> bool:
        """Whether the output folder now holds the site: there was no error."""
        return not has_errors(self.diagnostics)


@dataclass(frozen=True, slots=True)
class Checked:
    """What was checked in a built site, and what is wrong with it."""

    pages: int
    links: int
    """References of every kind, those to other hosts among them."""
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Recorded:
    """A link to lines of code that `sitegen check --update` has written, or could not write."""

    path: str
    line: int
    was: str
    """What it led to."""
    href: str
    """What it leads to."""
    recorded: str
    """What these lines say."""
    is_written: bool

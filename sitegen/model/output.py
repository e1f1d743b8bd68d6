"""The files that a finished site has, and why one is made again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

MANIFEST = ".sitegen-manifest"
"""The file by which an output folder, and what in it is sitegen's, is known."""


class Maker(Enum):
    """What makes the bytes of an output."""

    PAGE = "page"
    """A template."""
    RSS = "rss"
    ATOM = "atom"
    JSON_FEED = "json feed"
    SITEMAP = "sitemap"
    ROBOTS = "robots"
    REDIRECT = "redirect"
    STYLE = "style sheet"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class Output:
    """A file that the finished site will have."""

    path: str
    url: str
    maker: Maker
    owner: str
    """Who asked for it, in words a reader of an error knows: a source path, or `tag 'python'`."""
    subject: str
    """What it shows: a source path, or the name of a facet."""
    source: str | None = None
    """The source file that brought it into being, where there is one."""
    template: str = ""
    number: int = 1
    """Which page of a paginated list this is, from 1."""
    total: int = 1

    @property
    def is_document(self) -> bool:
        """Whether it is the page of a post or page, and `subject` the path of that."""
        return self.maker is Maker.PAGE and self.subject == self.source


class StaleReason(Enum):
    """Why an output has to be made."""

    NEW = "new"
    """There is no record of an earlier one."""
    CHANGED = "changed"
    """Something that it was made from is different now."""
    TOUCHED = "touched"
    """Its file is not the one that was written."""


@dataclass(frozen=True, slots=True)
class Stale:
    """An output that has to be made, and why."""

    path: str
    reason: StaleReason
    changed: tuple[str, ...] = ()
    """The facets that differ from when it was made before."""

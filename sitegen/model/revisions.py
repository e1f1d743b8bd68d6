"""What git knows of posts: commits, and the revisions of a post that its readers can tell apart."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sitegen.model.dataclass import dataclass

NEW = -1
"""The origin of a block that is in no text before."""


class CommittedText(NamedTuple):
    """A text that a commit has added or changed."""

    path: str
    """From the root of the repository, as all paths here."""
    before: str
    """Its path in the commit before; empty where the commit added it."""
    blob: str
    """The id of its text."""


class Commit(NamedTuple):
    """A commit that added or changed texts."""

    date: datetime
    """When its author made it."""
    subject: str
    """What it says that it did, on one line; empty for a merge that says only what it merged."""
    texts: tuple[CommittedText, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """The commit that a site is on."""

    commit: str
    folder: str
    """Of the site, from the root of the repository, with a slash at its end; empty for the root."""
    files: tuple[str, ...]
    """The paths of the files that say which commit that is: they change when it does."""
    is_shallow: bool
    """Whether only a part of what came before it is in the repository."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A text of a post that a commit left behind."""

    date: datetime
    subject: str
    blob: str


@dataclass(frozen=True, slots=True)
class Step:
    """What lies between a text of a post and the next."""

    origins: tuple[int | None, ...]
    """For each block of the next: which of the one before it is, from 0. NEW: it is changed, or
    new. None: it says nothing, such as a line. A block is an element at the top of the body."""
    html: str
    """What changed, for readers, as HTML; empty where they see no change. Words of the theme are
    placeholders, as in the body of a document."""


@dataclass(frozen=True, slots=True)
class Steps:
    """Those of one post, as the cache has them."""

    changes: bytes
    """The digest of what they say (`Revisions.changes`)."""
    known: tuple[tuple[bytes, Step | None], ...]
    """To each committed text from the one that readers saw before it, and to the text that is
    published; each behind the digest of the text. None: nobody saw it."""

    @property
    def visible(self) -> tuple[str, ...]:
        """What changed from each revision to the next."""
        return tuple(step.html for _, step in self.known[:-1] if step and step.html)


@dataclass(frozen=True, slots=True)
class Revision:
    """A text of a post in which readers see something that they did not see before."""

    number: int
    """From 1, which is the first that was committed."""
    date: datetime
    subject: str


@dataclass(frozen=True, slots=True)
class Revisions:
    """All of a post, and which of its blocks are how old."""

    all: tuple[Revision, ...]
    """At least one, oldest first."""
    marks: tuple[tuple[int, int], ...] = ()
    """Blocks of the text that is published, from 0, each with the number of the revision that
    changed it last, if that is not the first. What is not committed yet belongs to none."""
    changes: bytes = b""
    """The digest of what the changes are, which are too much to be a part of this."""

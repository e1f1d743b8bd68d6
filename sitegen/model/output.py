"""The files that a finished site has, and why one is made again."""

from __future__ import annotations

from dataclasses import dataclass

MANIFEST = ".sitegen-manifest"
"""The file by which an output folder, and what in it is sitegen's, is known."""


@dataclass(frozen=True, slots=True)
class DocumentSubject:
    """A post or page, by the path of its source."""

    path: str


@dataclass(frozen=True, slots=True)
class FileSubject:
    """A file that is published as it is, by the path of its source."""

    path: str


@dataclass(frozen=True, slots=True)
class ListSubject:
    """All posts, or those that carry a term."""

    taxonomy: str | None = None
    slug: str = ""

    @property
    def facet(self) -> str:
        """The name of the facet that holds their cards."""
        return f"{self.taxonomy}:{self.slug}" if self.taxonomy else "posts"


@dataclass(frozen=True, slots=True)
class TaxonomySubject:
    """All terms of a taxonomy."""

    taxonomy: str


@dataclass(frozen=True, slots=True)
class SiteSubject:
    """The site as a whole."""


Subject = DocumentSubject | FileSubject | ListSubject | TaxonomySubject | SiteSubject


@dataclass(frozen=True, slots=True)
class Output:
    """A file that the finished site will have."""

    path: str
    url: str
    kind: str
    """The name of its kind (`outputs.kinds`)."""
    owner: str
    """Who asked for it, in words a reader of an error knows: a source path, or `tag 'python'`."""
    subject: Subject = SiteSubject()
    """What it shows."""
    source: str | None = None
    """The source file that brought it into being, where there is one."""
    template: str = ""
    """Of a page; empty for files that no template makes."""
    number: int = 1
    """Which page of a paginated list this is, from 1."""
    total: int = 1

    @property
    def is_document(self) -> bool:
        """Whether it is the page of a post or page."""
        return bool(self.template) and isinstance(self.subject, DocumentSubject)


@dataclass(frozen=True, slots=True)
class Stale:
    """An output that was made, and why."""

    path: str
    reason: str
    """`new`, `changed` (something it reads), `touched` (the file is not the one that was written)
    or `unknown` (nothing is known of its making)."""
    changed: tuple[str, ...] = ()
    """The facets that differ from when it was made before."""

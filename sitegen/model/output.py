"""The files of a built site, and why one is rendered again."""

from __future__ import annotations

from enum import Enum

from sitegen.model.dataclass import dataclass

MANIFEST = ".sitegen-manifest"
"""The file by which an output folder, and what in it is sitegen's, is known."""


@dataclass(frozen=True, slots=True)
class DocumentSubject:
    """A post or page, by the path of its source."""

    path: str


@dataclass(frozen=True, slots=True)
class ChangesSubject:
    """What changed in a post, by the path of its source."""

    path: str


@dataclass(frozen=True, slots=True)
class FileSubject:
    """A file that is published as it is, by the path of its source."""

    path: str


@dataclass(frozen=True, slots=True)
class VariantSubject:
    """A smaller copy of an image, by the URL of the image and what is put behind its name."""

    url: str
    name: str


@dataclass(frozen=True, slots=True)
class CodeSubject:
    """A file that blocks of code in a document show, or all of these."""

    path: str
    """Of the source of the document."""
    name: str = ""
    """The path of the file below the folder of all; empty for all."""


@dataclass(frozen=True, slots=True)
class FigureSubject:
    """A picture of a notebook."""

    path: str
    """Of the source of the notebook."""
    name: str


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


@dataclass(frozen=True, slots=True)
class CommandSubject:
    """Whatever the post-build command makes of the site."""


Subject = (
    DocumentSubject
    | FileSubject
    | VariantSubject
    | ChangesSubject
    | CodeSubject
    | FigureSubject
    | ListSubject
    | TaxonomySubject
    | SiteSubject
    | CommandSubject
)


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
    """Of a page; empty for files without a template."""
    number: int = 1
    """Which page of a paginated list this is, from 1."""
    total: int = 1

    @property
    def is_document(self) -> bool:
        """Whether it is the page of a post or page."""
        return bool(self.template) and isinstance(self.subject, DocumentSubject)


class StaleReason(Enum):
    """Why an output has to be rendered."""

    NEW = "new"
    """There is no record of an earlier one."""
    CHANGED = "changed"
    """Something that it was rendered from is different now."""
    TOUCHED = "touched"
    """Its file is not the one that was written."""


@dataclass(frozen=True, slots=True)
class Stale:
    """An output that has to be rendered, and why."""

    path: str
    reason: StaleReason
    changed: tuple[str, ...] = ()
    """The facets that have changed since it was last rendered."""

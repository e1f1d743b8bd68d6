"""A post or page as it was read: front matter, HTML, links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sitegen.model.source import Source, Span


@dataclass(frozen=True, slots=True)
class Meta:
    """The front matter of a document, checked and in one form."""

    id: str
    """The identity that outlives renames: the guid in feeds and the key for `id:` links."""
    slug: str
    title: str | None = None
    """None: the document's first heading, else its file name, is the title."""
    permalink: str | None = None
    """None: the permalink pattern of the configuration decides."""
    date: datetime | None = None
    updated: datetime | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    excerpt: str | None = None
    """None: the body's first paragraph is the excerpt."""
    draft: bool = False
    order: float = 0
    series: str | None = None
    image: str | None = None
    lang: str | None = None
    template: str | None = None
    aliases: tuple[str, ...] = ()
    unlisted: bool = False
    expires: datetime | None = None
    math: bool = False
    toc: bool = True
    extra: Mapping[str, object] = field(default_factory=dict)
    places: Mapping[str, Span] = field(default_factory=dict)
    """Where the value of each field that was written stands, and as `tags: x` its entries."""

    def place(self, name: str, entry: str = "") -> Span:
        """Where a field, or an entry of its list, was written; else the start of the file."""
        entire = self.places.get(name, Span(1, 1))
        return self.places.get(f"{name}: {entry}", entire)


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of a table of contents."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link or image of a body that is not an absolute URL, as its author wrote it."""

    href: str
    line: int
    column: int
    length: int = 1
    """Characters to underline in a code frame."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A body as HTML.

    In `html`, and in nothing else, every URL in `links` is a placeholder: the link's index between
    two NUL characters, which no body can contain (CommonMark 0.31 §2.3). They are filled in
    when the page is rendered, so that renaming one document never makes another's HTML stale.
    """

    html: str
    title: str | None
    """The text of the first `# H1` where it stood in for a title, and was taken out of `html`."""
    toc: tuple[Heading, ...]
    links: tuple[Link, ...]
    anchors: frozenset[str]
    """Every id that a fragment can point to."""
    excerpt: str
    """Plain text."""
    words: int


@dataclass(frozen=True, slots=True)
class Document:
    """A post or page: a pure function of one source file."""

    source: Source
    meta: Meta
    rendered: Rendered
    digest: bytes = b""
    """Of all of it, once its HTML is in the store and no longer in `rendered`."""

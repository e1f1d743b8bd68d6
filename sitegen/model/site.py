"""What a site consists of: where documents are published, and how lists show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime

from sitegen.model.dataclass import dataclass
from sitegen.model.document import Document, PublicMeta
from sitegen.model.frozen import FrozenDict
from sitegen.model.source import Kind

TAXONOMIES = ("tags", "categories", "authors", "series")
"""The ways posts are grouped; each has an overview, and a list and a feed for each term."""


MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
"""In English whatever the machine's locale is."""


@dataclass(frozen=True, slots=True)
class Route:
    """Where something is published."""

    path: str
    """Of the file, below the output folder: `posts/a/index.html`."""
    url: str
    """Root-relative, percent-encoded, with the base path: `/repo/posts/a/`."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A document and where it is published."""

    document: Document
    route: Route
    aliases: tuple[Route, ...] = ()
    """Addresses that lead to it."""
    files: Mapping[str, Route] = field(default_factory=dict)
    """Files of its folder that it names, published beside its page, by source path. A file that
    two documents name is there for each of them."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where everything of the content folder is published."""

    documents: tuple[Placed, ...]
    files: Mapping[str, Route]
    """Those of bundles, and those that are named from another folder, by source path."""
    is_nested: bool = False
    """Whether the site has a folder that is called like its base path, such as `/blog/blog/`; if
    not, a URL that starts with the base path has it already."""

    @property
    def routes(self) -> dict[str, Route]:
        """Of every document and file, by source path; but for those that are beside a page."""
        return {entry.document.source.path: entry.route for entry in self.documents} | {
            **self.files
        }


@dataclass(frozen=True, slots=True)
class Term:
    """A tag, category, author or series, as a document carries it."""

    name: str
    slug: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card(PublicMeta):
    """All that other pages may know of a document: editing a paragraph cannot change it."""

    path: str
    """Of the source."""
    kind: Kind
    id: str
    url: str
    title: str
    authors: tuple[Term, ...]
    tags: tuple[Term, ...]
    categories: tuple[Term, ...]
    series: Term | None
    excerpt: str
    minutes: int
    """The time it takes to read, at least one. Not the words: each edit would change those, and
    every list that shows the card with them."""
    image: str | None
    """A URL: absolute, or root-relative with the base path."""
    lang: str | None
    section: str
    """The folder below `content/posts/`, or an empty string."""
    extra: Mapping[str, object] = field(default_factory=FrozenDict, hash=False)
    """The values of the fields that the site declares, but for posts. Other keys of front matter
    are not here, so that editing them changes no list."""


@dataclass(frozen=True, slots=True)
class Backlink:
    """A document that links to another, as the other shows it: no more, so that an edit of its text
    does not change that page.
    """

    title: str
    url: str
    date: datetime | None
    lang: str | None


@dataclass(frozen=True, slots=True)
class Findable:
    """All that a search can find, in columns: these are digested at a fifth of the cost of rows."""

    paths: tuple[str, ...]
    """Of the sources, in order."""
    urls: tuple[str, ...]
    titles: tuple[str, ...]
    minutes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A post with its body, as feeds carry it."""

    card: Card
    html: str | None
    """Every URL in it is absolute. None where feeds have excerpts only."""


@dataclass(frozen=True, slots=True)
class TermCount:
    """A tag, category, author or series, as the site knows it."""

    name: str
    slug: str
    url: str
    count: int
    """Of the listed posts that carry it."""
    source: str
    """The first post that carries it."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the archive."""

    number: int | None
    """1 to 12; None: posts without a date."""
    name: str
    items: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """A year of the archive, newest month first."""

    year: int | None
    """None: posts without a date, the last of all."""
    name: str
    """As the language of the site writes it; empty for posts without a date."""
    count: int
    months: tuple[Month, ...]

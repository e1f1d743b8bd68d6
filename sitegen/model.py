"""The words of sitegen: every value that passes between the stages.

All are frozen, picklable and comparable. Paths are relative and POSIX, datetimes are aware,
lines and columns count from 1, and nothing here does more than name what it holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from sitegen.diagnostics import Diagnostic, has_errors

TAXONOMIES = ("tags", "categories", "authors", "series")
"""The ways posts are grouped; each has an overview, and a list and a feed for each term."""

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
"""In English whatever the machine's locale is."""

WORDS_PER_MINUTE = 220

MANIFEST = ".sitegen-manifest"
"""The file by which an output folder, and what in it is sitegen's, is known."""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of one line of a file. Line and column count from 1."""

    line: int
    column: int
    length: int = 1


class Kind(Enum):
    """What a file of the site folder is for."""

    POST = "post"
    PAGE = "page"
    ASSET = "asset"
    """A file beside a bundle's `index.md`, published beside its page."""
    STATIC = "static"
    TEMPLATE = "template"


@dataclass(frozen=True, slots=True)
class Source:
    """A file that the site is made from."""

    path: str
    """Relative to the site folder; files of the built-in theme start with `theme:`."""
    kind: Kind
    name: str
    """The path below the folder that gave the file its kind (`content/`, `static/`, …)."""

    @property
    def stem(self) -> str:
        """The name without folders and ending; that of a bundle is its folder's."""
        parts = self.name.split("/")
        return parts[-2] if self.is_index else parts[-1].rpartition(".")[0]

    @property
    def section(self) -> str:
        """The folder below `posts/` or `pages/`, a bundle's own apart; else an empty string."""
        *folders, _ = self.name.removeprefix(f"{self.kind.value}s/").split("/")
        return "/".join(folders[:-1] if self.is_index else folders)

    @property
    def is_index(self) -> bool:
        """Whether the document stands for its folder, whose other files belong to it."""
        folder, _, file = self.name.rpartition("/")
        is_root = folder in ("", "posts", "pages")
        return file in ("index.md", "index.markdown") and not is_root


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


@dataclass(frozen=True, slots=True)
class Placement:
    """Where everything of the content folder is published."""

    documents: tuple[Placed, ...]
    files: Mapping[str, Route]
    """Those of bundles, by source path."""

    @property
    def routes(self) -> dict[str, Route]:
        """Of every document and file, by source path."""
        return {entry.document.source.path: entry.route for entry in self.documents} | {
            **self.files
        }


@dataclass(frozen=True, slots=True)
class Term:
    """A tag, category, author or series, as a document carries it."""

    name: str
    slug: str
    url: str


@dataclass(frozen=True, slots=True)
class Card:
    """All that other pages may know of a document: editing a paragraph cannot change it."""

    path: str
    """Of the source."""
    kind: Kind
    id: str
    url: str
    title: str
    date: datetime | None
    updated: datetime | None
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
    order: float
    unlisted: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A post with its body, as feeds carry it."""

    card: Card
    html: str
    """Every URL in it is absolute."""


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
    count: int
    months: tuple[Month, ...]


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


@dataclass(frozen=True, slots=True)
class ContentConfig:
    path: str | None = None
    """None: `content` where there is such a folder, else the site folder itself."""
    dates: str = "front matter"
    """Where a missing date comes from: `front matter` (nowhere else) or `git`."""


@dataclass(frozen=True, slots=True)
class Permalinks:
    """URL patterns with {slug}, {section}, {id}, {year}, {month} and {day}."""

    posts: str = "/posts/{slug}/"
    pages: str = "/{slug}/"
    tags: str = "/tags/{slug}/"
    categories: str = "/categories/{slug}/"
    authors: str = "/authors/{slug}/"
    series: str = "/series/{slug}/"


@dataclass(frozen=True, slots=True)
class FeedsConfig:
    items: int = 20
    """Posts in a feed, at most."""
    terms: bool = True
    """Whether every tag, category, author and series has a feed of its own."""


@dataclass(frozen=True, slots=True)
class HighlightConfig:
    """The Pygments styles of code blocks."""

    light: str = "default"
    dark: str = "github-dark"


@dataclass(frozen=True, slots=True)
class MenuItem:
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Config:
    """What `sitegen.toml` says, with a default for everything."""

    title: str = "Blog"
    description: str = ""
    base_url: str = "http://localhost:8000/"
    """Absolute, with a trailing slash; its path is the base path of every URL of the site."""
    author: str = ""
    language: str = "en"
    timezone: str = "UTC"
    output: str = "public"
    paginate: int = 10
    """Posts on a page of a list."""
    content: ContentConfig = ContentConfig()
    permalinks: Permalinks = Permalinks()
    feeds: FeedsConfig = FeedsConfig()
    highlight: HighlightConfig = HighlightConfig()
    menu: tuple[MenuItem, ...] = ()
    diagnostics: Mapping[str, str] = field(default_factory=dict)
    """Diagnostic code → `error`, `warning`, `info` or `off`."""
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trace:
    """How an output came to be (`trace` has the theory)."""

    reads: tuple[str, ...]
    """The names of the facets it was made from."""
    digests: bytes
    """What they were: 16 bytes for each of `reads`, in their order."""
    result: bytes
    """The digest of the output's bytes."""
    stale: Stale
    """Why it was made."""
    made: datetime
    """When."""


FileState = tuple[int, int, int, int]
"""Times of the last change of a file's content and of its inode, in ns; its size in bytes; the
number of its inode."""


@dataclass(frozen=True, slots=True)
class Stale:
    """An output that was made, and why."""

    path: str
    reason: str
    """`new`, `changed` (something it reads), `touched` (the file is not the one that was written)
    or `unknown` (nothing is known of its making)."""
    changed: tuple[str, ...] = ()
    """The facets that differ from when it was made before."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A document that is not published."""

    path: str
    reason: str
    """`draft`, `scheduled` or `expired`."""
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
    """The outputs that had to be made, written or not."""

    @property
    def is_published(self) -> bool:
        """Whether the output folder now holds the site: there was no error."""
        return not has_errors(self.diagnostics)


@dataclass(frozen=True, slots=True)
class Built:
    """What the last build left in an output folder."""

    inputs: bytes
    """The digest of all it was made from but the time."""
    since: datetime | None
    until: datetime | None
    """The time that made no difference: from the first (None: always), before the second (None:
    for ever)."""
    files: Mapping[str, tuple[FileState | None, bytes]]
    """The state of each file and the digest of its bytes. A state of None is unknown."""
    left_out: tuple[LeftOut, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at in a finished site, and what is wrong with it."""

    pages: int
    links: int
    """References of every kind, those to other hosts among them."""
    diagnostics: tuple[Diagnostic, ...]

"""What a template sees: `site` and `page`.

This is the contract with every template that a site overrides; the manual describes it. None of it
is ever compared, so no class has methods for that: to make them takes time in every build.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, fields
from typing import TYPE_CHECKING, Any

from sitegen.config.schema import SCHEMES, MenuItem, ThemeConfig
from sitegen.engine.trace import View
from sitegen.model.dataclass import dataclass
from sitegen.model.document import Heading, PublicMeta
from sitegen.model.mentions import Mention
from sitegen.model.revisions import Revision
from sitegen.model.site import Backlink, Card, Term, TermCount, Year
from sitegen.site.facts import SiteFacts
from sitegen.site.profiles import Profile
from sitegen.site.siblings import Sibling

if TYPE_CHECKING:
    from sitegen.outputs.data_folder import DataFolder


class Site:
    """The site's facets as attributes: `site.title` reads the facet `site:title`."""

    __slots__ = ("_view",)

    def __init__(self, view: View) -> None:
        self._view = view

    @property
    def theme(self) -> Theme:
        """The keys of `[theme]`, each a facet of its own: a colour is no part of any page."""
        return Theme(self._view)

    @property
    def icons(self) -> tuple[IconLink, ...]:
        """The icons and the manifest that there are."""
        links: tuple[IconLink, ...] = self._view.read("icons:links")
        return links

    @property
    def data(self) -> DataFolder:
        """The data files."""
        from sitegen.outputs.data_folder import DataFolder

        return DataFolder(self._view)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 (whatever the facet is)
        try:
            return self._view.read(f"site:{name}")
        except KeyError:
            raise AttributeError(name) from None

    def __dir__(self) -> list[str]:
        return [*(fact.name for fact in fields(SiteFacts)), "data", "icons", "theme"]


class Theme:
    """The table `[theme]` as attributes: `site.theme.toggle` reads `config:theme.toggle`."""

    __slots__ = ("_view",)

    def __init__(self, view: View) -> None:
        self._view = view

    @property
    def paper(self) -> Mapping[str, str]:
        """The colour of the page, `light` and `dark`."""
        return dict(zip(SCHEMES, self._view.read("theme:paper"), strict=True))

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 (whatever the facet is)
        try:
            return self._view.read(f"config:theme.{name}")
        except KeyError:
            raise AttributeError(name) from None

    def __dir__(self) -> list[str]:
        return [*(key.name for key in fields(ThemeConfig)), "paper"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FeedLink:
    """A feed to announce in the head of a page."""

    title: str
    url: str
    type: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class IconLink:
    """What the head of each page links for the site as a whole."""

    rel: str
    url: str
    type: str | None = None
    sizes: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PreviewImage:
    """What is shown of a page where somebody shares a link to it."""

    url: str
    """Absolute."""
    alt: str
    type: str | None
    """The media type, as far as the name of the file tells it."""
    width: int | None = None
    """In pixels, where it is known."""
    height: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Page:
    """What every page has."""

    kind: str
    title: str
    url: str
    absolute_url: str
    lang: str
    description: str = ""
    image: str | None = None
    """The absolute URL of what front matter names as its image."""
    preview: PreviewImage | None = None
    noindex: bool = False
    feeds: tuple[FeedLink, ...] = ()
    uses: tuple[str, ...] = ()
    """The style sheets and scripts of the theme that this page needs and others do without: paths
    such as `/parts/zoom.css`."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reply:
    """How readers can answer a document; None for not in this way."""

    email: str | None
    """A URL, as all of them."""
    mastodon: str | None
    edit: str | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Edits:
    """The edits of a post, as git knows them."""

    revisions: tuple[Revision, ...]
    """At least one, oldest first."""
    url: str | None
    """Of the page that says what changed; None where nothing has."""
    key: str
    """What the browsers of readers call the post when they remember which revision they read."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Changed:
    """A revision of a post, and what changed in it since the one before."""

    revision: Revision
    content: str
    """Empty for the first."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CodeLink:
    """A file that the code of a post is."""

    path: str
    """Below the folder that all of them unpack into."""
    url: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Comments:
    """How the comments on a post are loaded, when a reader asks for them."""

    host: str
    """Which is then asked for them."""
    url: str | None
    """Where they can be read without a script."""
    values: tuple[tuple[str, str], ...]
    """What the script has to know, by the names of `data-` attributes."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DocumentPage(Page, PublicMeta):
    """A post or a page."""

    content: str
    toc: tuple[Heading, ...]
    show_toc: bool
    authors: tuple[Term, ...]
    tags: tuple[Term, ...]
    categories: tuple[Term, ...]
    series: Term | None
    excerpt: str
    standfirst: str
    """The excerpt where its author wrote one: what the text does not say again."""
    words: int
    minutes: int
    math: bool
    """Whether it has formulas."""
    extra: Mapping[str, object]
    previous: Card | None
    next: Card | None
    """Of a page, those before and after it in its section."""
    parts: tuple[Card, ...] = ()
    """All posts of the series, this one included."""
    part: int | None = None
    """Which of them this is, from 1."""
    related: tuple[Card, ...] = ()
    backlinks: tuple[Backlink, ...] = ()
    """The documents that link to it, posts first, each kind in its order; none unless the site
    shows them."""
    files: tuple[CodeLink, ...] = ()
    """Those that its blocks of code are."""
    archive: str | None = None
    """The URL of all of these in one file."""
    profiles: tuple[Profile, ...] = ()
    """Of those of its authors whom the configuration describes."""
    accounts: tuple[str, ...] = ()
    """Those of its authors in the fediverse, as `@me@social.example`."""
    reply: Reply | None = None
    comments: Comments | None = None
    mentions: tuple[Mention, ...] = ()
    """What others say about a post on sites of their own."""
    likes: int = 0
    reposts: int = 0
    """How many of the mentions say no more than that."""
    markdown_url: str | None = None
    """Where a post is as Markdown; None where the site does not offer that."""
    section: MenuItem | None = None
    """The section that a page is in."""
    siblings: tuple[Sibling, ...] = ()
    """The pages that are in it, this one included."""
    edits: Edits | None = None
    """None: the site does not show them, or the post was never committed."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ChangesPage(Page):
    """What changed in a post, revision by revision, newest first."""

    post: Card
    changes: tuple[Changed, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ListPage(Page):
    """A page of posts: of all, of those that carry a term, or of a section."""

    items: tuple[Card, ...]
    number: int
    total: int
    newer_url: str | None
    older_url: str | None
    taxonomy: str | None = None
    term: TermCount | None = None
    parent: MenuItem | None = None
    """The list of all terms of the taxonomy."""
    content: str = ""
    """The text of the `_index.md`, or of what describes the term, on the first page."""
    pages: tuple[Card, ...] = ()
    """Of a section, on its first page: what is no post, those of a group together."""
    pinned: tuple[Card, ...] = ()
    """What the home page shows first, on its first page."""
    years: tuple[tuple[str, int], ...] = ()
    """Years, as the language of the site writes them, each with the number of posts of the term, on
    its first page."""
    tags: tuple[TermCount, ...] = ()
    """The tags that the posts of the term have most often, on its first page."""
    profile: Profile | None = None
    """Of an author, on the first page."""
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TermsPage(Page):
    """All terms of a taxonomy."""

    taxonomy: str
    terms: tuple[TermCount, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FeedAddress:
    """A feed for people who subscribe."""

    name: str
    """Of its format: `Atom`."""
    url: str
    """Absolute."""
    type: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FeedList:
    """A list of posts that has feeds."""

    name: str
    url: str
    """Of its page."""
    feeds: tuple[FeedAddress, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FeedGroup:
    """All lists of a taxonomy."""

    title: str
    lists: tuple[FeedList, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FeedsPage(Page):
    """All feeds of the site."""

    addresses: tuple[FeedAddress, ...]
    """Those of all posts."""
    groups: tuple[FeedGroup, ...]
    """Those of terms, if they have feeds."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NotFoundPage(Page):
    """What a reader sees at an address that the site does not have."""

    recent: tuple[Card, ...]
    """The newest posts."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ArchivePage(Page):
    """All posts by year and month."""

    years: tuple[Year, ...]

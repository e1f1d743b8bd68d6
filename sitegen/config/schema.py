"""The keys of `sitegen.toml`, with a default for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from sitegen.model.dataclass import dataclass

SCHEMES = ("light", "dark")
"""The two ways in which a page is seen."""
KEY_IN_FILE = "key"
"""Under which the metadata of a dataclass's field has its key, where Python has no such name."""


@dataclass(frozen=True, slots=True)
class ContentConfig:
    path: str | None = None
    """None: `content` where there is such a folder, else the site folder itself."""
    dates: str = "front matter"
    """Where a missing date comes from: `front matter` (nowhere else) or `git`."""
    exclude: tuple[str, ...] = ()
    """Patterns of the files in it that are no part of the site, such as `drafts/**`."""
    notebooks: bool = False
    """Whether Jupyter notebooks are posts and pages; else they are files."""
    unknown: str = "allow"
    """Whether keys of front matter that nobody declares are fine: `allow`, `warn` or `forbid`."""


@dataclass(frozen=True, slots=True)
class FieldConfig:
    """A field of front matter that the site declares, below its name; `config.own_fields`."""

    type: str = "string"
    items: str = "string"
    """The type of the entries of a list."""
    choices: tuple[object, ...] = ()
    """The values that it, or an entry of it, can have; empty for any."""
    required: bool = False
    default: object = field(default=None, hash=False)
    documents: str = field(default="", metadata={KEY_IN_FILE: "for"})
    """Which have it: `posts`, `pages`, or those in a folder; empty for posts and pages."""
    description: str = ""
    """In Markdown, for the manual of the site and for editors."""
    fields: Mapping[str, FieldConfig] = field(default_factory=dict, hash=False)
    """Those of an object, by name; empty for any."""


@dataclass(frozen=True, slots=True)
class HistoryConfig:
    git: bool = False
    """Whether posts show their edits: what changed in them, by the commits that changed them."""
    feeds: bool = False
    """Whether feeds say what the last edit of a post was."""


@dataclass(frozen=True, slots=True)
class BuildConfig:
    command: str = ""
    """The post-build command: a program and its arguments; empty for none."""


@dataclass(frozen=True, slots=True)
class Permalinks:
    """URL patterns with {slug}, {section}, {id}, {year}, {month} and {day}."""

    home: str = "/"
    """Where the list of all posts is: the only one that is no pattern."""
    posts: str = "/posts/{slug}/"
    pages: str = "/{slug}/"
    tags: str = "/tags/{slug}/"
    categories: str = "/categories/{slug}/"
    authors: str = "/authors/{slug}/"
    series: str = "/series/{slug}/"
    sections: Mapping[str, str] = field(default_factory=dict)
    """Of the posts in a folder below `content/posts/`, and in those below it, by its path."""


@dataclass(frozen=True, slots=True)
class FeedsConfig:
    items: int = 20
    """Posts in a feed, at most."""
    terms: bool = True
    """Whether every tag, category, author and series has feeds of its own."""
    content: str = "full"
    """What feeds have of a post: all of it (`full`), or its `excerpt`."""
    hub: str = ""
    """The address of a WebSub hub, which tells subscribers of new posts; empty for none."""


@dataclass(frozen=True, slots=True)
class ExportConfig:
    """What the site offers to programs besides its pages and feeds."""

    llms: bool = False
    """Whether it has an `llms.txt`."""
    markdown: bool = False
    """Whether each post is there as Markdown too."""


@dataclass(frozen=True, slots=True)
class GiscusConfig:
    """Comments that are discussions on GitHub (giscus.app)."""

    repo: str = ""
    """Owner and name, such as `me/blog`."""
    repo_id: str = ""
    category: str = ""
    category_id: str = ""
    mapping: str = "pathname"
    """What ties a discussion to a post: its `pathname`, `url`, `title` or `id`."""
    server: str = "https://giscus.app"


@dataclass(frozen=True, slots=True)
class IssoConfig:
    """Comments on a server of one's own (isso-comments.de)."""

    server: str = ""


@dataclass(frozen=True, slots=True)
class WebmentionConfig:
    """Comments on sites of their authors (W3C Webmention)."""

    endpoint: str = ""
    """The address that pages name for those who send one."""
    source: str = ""
    """The address of the list of those that were received, in JF2."""


@dataclass(frozen=True, slots=True)
class CommentsConfig:
    """How posts can be commented on."""

    provider: str | None = None
    """`giscus`, `isso` or `webmention`; None: not at all."""
    giscus: GiscusConfig = GiscusConfig()
    isso: IssoConfig = IssoConfig()
    webmention: WebmentionConfig = WebmentionConfig()


@dataclass(frozen=True, slots=True)
class AnalyticsConfig:
    """Who counts visits."""

    provider: str | None = None
    """`goatcounter`, `plausible` or `umami`; None: nobody."""
    site: str = ""
    """What the provider knows the site by: an address, a domain or an id."""
    script: str = ""
    """The address of the provider's script; empty for that of its own service."""


@dataclass(frozen=True, slots=True)
class HighlightConfig:
    """The styles of code blocks: `rail`, which is the theme's, or one of Pygments."""

    light: str = "rail"
    dark: str = "rail"


@dataclass(frozen=True, slots=True)
class MarkdownConfig:
    autolinks: bool = True
    """Whether bare URLs and e-mail addresses are links."""
    wikilinks: bool = True
    """Whether `[[name]]` is a link to what is called so, `![[name]]` shows it, and ` ^id` names a
    block."""
    anchors: str = "github"
    """Which generator gives the same ids to headings: `github`, `hugo` or `zola`."""
    typography: bool = True
    """Whether quotation marks, apostrophes, dashes and ellipses are set as printers have them."""
    superscript: bool = True
    """Whether `x^2^` is raised."""
    subscript: bool = True
    """Whether `H~2~O` is lowered."""
    mark: bool = True
    """Whether `==x==` is marked."""
    insert: bool = False
    """Whether `++x++` is inserted text: in a post about code, `++i or i++` may be no such thing."""
    emoji: bool = True
    """Whether `:tada:` is an emoji."""
    abbreviations: bool = True
    """Whether `*[x]: …` says what `x` stands for."""
    toc: bool = True
    """Whether `[TOC]` alone in a paragraph shows the contents of a document."""
    inline_code: bool = True
    """Whether `` `#!python x` `` and `` `x`{.python} `` have colours."""
    raw_blocks: bool = True
    """Whether a block of code for `{=html}` is HTML."""
    spans: bool = True
    """Whether `[x]{.class}` is a part of a text with attributes."""
    inline_notes: bool = True
    """Whether `^[x]` is a footnote with its text in place."""
    table_captions: bool = True
    """Whether a paragraph below a table that starts with `: ` is its caption."""
    image_sizes: bool = True
    """Whether `![x|300](x.png)` and `![x](x.png =300x200)` give an image its size."""
    keys: bool = True
    """Whether `++ctrl+c++` are keys."""
    alerts: bool = True
    """Whether a quote that starts with `[!NOTE]` is an alert."""
    containers: bool = True
    """Whether `::: name` and `:::` are around an alert, or a container of any name."""
    admonitions: bool = True
    """Whether `!!! note`, or `??? note`, is an alert with the indented text below it."""
    tabs: bool = True
    """Whether `=== "x"` with the indented text below it is a tab."""
    components: bool = True
    """Whether `::name{…}`, `::: name` and `:name[…]` call components."""
    math: bool = False
    """Whether `$…$` is math in documents whose front matter does not say."""
    diagrams: tuple[str, ...] = ()
    """What draws blocks of code in its language: `mermaid`, `graphviz` and `d2`."""


@dataclass(frozen=True, slots=True)
class MathConfig:
    macros: Mapping[str, str] = field(default_factory=dict)
    """By name, without the backslash, what stands for it in TeX; `#1` is its first argument."""


@dataclass(frozen=True, slots=True)
class ImagesConfig:
    """How images are published: the smaller copies of them, where Pillow is installed."""

    formats: tuple[str, ...] = ("avif", "webp")
    """Empty for no copies."""
    widths: tuple[int, ...] = (480, 800, 1200, 1600)
    """In pixels."""
    quality: int = 75
    """1 to 100, as WebP has it."""
    metadata: bool = False
    """Whether the files themselves keep what cameras and programs have written into them."""


@dataclass(frozen=True, slots=True)
class MenuItem:
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class HeroConfig:
    """The introduction at the top of the home page; without a text there is none."""

    portrait: str = ""
    """The path or address of a picture."""
    text: str = ""
    links: tuple[MenuItem, ...] = ()


@dataclass(frozen=True, slots=True)
class ReplyConfig:
    """How readers can answer a post; empty for not in this way."""

    email: str = ""
    mastodon: str = ""
    """An account, such as `@me@social.example`."""
    edit: str = ""
    """Where a source can be edited: an address with {path}, which is that below the site folder."""


@dataclass(frozen=True, slots=True)
class FooterConfig:
    """What every page has at its end."""

    license: MenuItem | None = None
    """That of the texts: its name, and where it can be read."""
    source: str = ""
    """The address of what the site is made from; empty for none."""
    made_with: bool = True
    """Whether sitegen is named."""


@dataclass(frozen=True, slots=True)
class ThemeConfig:
    """The look of the built-in theme."""

    home: str = "timeline"
    """How the home page lists posts: `timeline`, `index` or `cover`."""
    fonts: str = "bundled"
    """Those of the theme (`bundled`), or of the reader's computer (`system`)."""
    scheme: str = "auto"
    """`light`, `dark`, or what the reader's system says (`auto`)."""
    toggle: bool = True
    """Whether readers can switch between light and dark, where `scheme` is `auto`."""
    accent: tuple[str, ...] = ()
    """The colour of links, for light and for dark; empty for that of the theme."""
    search: bool = True
    notes: str = "margin"
    """Where footnotes are on wide screens: beside the text (`margin`) or behind it (`end`)."""
    numbers: str = "auto"
    """Which code has line numbers: long code, and what is referred to by line (`auto`), `always`
    all of it, or `never` any."""
    files: bool = True
    """Whether blocks of code in posts are files, too, if their title is the path of one."""
    related: int = 3
    """Posts that are named as related below a post, at most."""
    previews: bool = True
    """Whether a link within the site shows what it leads to while one points at it."""
    backlinks: bool = False
    """Whether a document names those that link to it."""
    cards: bool = False
    """Whether each post without an image has a social card, for previews of links to it."""
    light: Mapping[str, str] = field(default_factory=dict)
    """Token of the theme's style sheet → its value, where the page is light."""
    dark: Mapping[str, str] = field(default_factory=dict)
    """The same where the page is dark."""
    hero: HeroConfig = HeroConfig()
    reply: ReplyConfig = ReplyConfig()
    footer: FooterConfig = FooterConfig()


@dataclass(frozen=True, slots=True)
class AuthorConfig:
    """What is shown about an author, below the slug of the name or the name itself."""

    name: str = ""
    """Empty: the name in front matter."""
    bio: str = ""
    portrait: str = ""
    """The path or address of a picture."""
    mastodon: str = ""
    """An account, such as `@me@social.example`, to name in previews of links."""
    links: tuple[MenuItem, ...] = ()


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
    icon: str = ""
    """The path of a picture in `static/` from which icons of every size are made."""
    output: str = "public"
    paginate: int = 10
    """Posts on a page of a list."""
    content: ContentConfig = ContentConfig()
    fields: Mapping[str, FieldConfig] = field(default_factory=dict)
    """The site's own fields of front matter, by name."""
    build: BuildConfig = BuildConfig()
    permalinks: Permalinks = Permalinks()
    feeds: FeedsConfig = FeedsConfig()
    history: HistoryConfig = HistoryConfig()
    export: ExportConfig = ExportConfig()
    comments: CommentsConfig = CommentsConfig()
    analytics: AnalyticsConfig = AnalyticsConfig()
    highlight: HighlightConfig = HighlightConfig()
    markdown: MarkdownConfig = MarkdownConfig()
    math: MathConfig = MathConfig()
    images: ImagesConfig = ImagesConfig()
    theme: ThemeConfig = ThemeConfig()
    authors: Mapping[str, AuthorConfig] = field(default_factory=dict)
    menu: tuple[MenuItem, ...] = ()
    diagnostics: Mapping[str, str] = field(default_factory=dict)
    """Diagnostic code → `error`, `warning`, `info` or `off`."""
    extra: Mapping[str, object] = field(default_factory=dict)

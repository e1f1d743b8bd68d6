"""The keys of `sitegen.toml`, with a default for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ContentConfig:
    path: str | None = None
    """None: `content` where there is such a folder, else the site folder itself."""
    dates: str = "front matter"
    """Where a missing date comes from: `front matter` (nowhere else) or `git`."""
    exclude: tuple[str, ...] = ()
    """Patterns of the files in it that are no part of the site, such as `drafts/**`."""


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
    """Whether every tag, category, author and series has a feed of its own."""


@dataclass(frozen=True, slots=True)
class HighlightConfig:
    """The Pygments styles of code blocks."""

    light: str = "default"
    dark: str = "github-dark"


@dataclass(frozen=True, slots=True)
class MarkdownConfig:
    autolinks: bool = True
    """Whether bare URLs and e-mail addresses are links."""
    anchors: str = "github"
    """Which generator gives the same ids to headings: `github`, `hugo` or `zola`."""


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
    build: BuildConfig = BuildConfig()
    permalinks: Permalinks = Permalinks()
    feeds: FeedsConfig = FeedsConfig()
    highlight: HighlightConfig = HighlightConfig()
    markdown: MarkdownConfig = MarkdownConfig()
    menu: tuple[MenuItem, ...] = ()
    diagnostics: Mapping[str, str] = field(default_factory=dict)
    """Diagnostic code → `error`, `warning`, `info` or `off`."""
    extra: Mapping[str, object] = field(default_factory=dict)

"""What templates find on `site`: a field here is a name there, and the facet `site:<name>`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from sitegen.config.schema import Config, MenuItem
from sitegen.model.dataclass import dataclass
from sitegen.model.frozen import frozen
from sitegen.model.site import Card, TermCount
from sitegen.site.analytics import Analytics, analytics_of
from sitegen.site.index import SiteIndex
from sitegen.site.routes import list_of_all_posts
from sitegen.site.siblings import entrances
from sitegen.text.urls import (
    absolute,
    base_path,
    file_route,
    joined,
    overview_permalink,
    route,
    with_base,
)

SEARCH = "/search/"
"""The permalink of the page of the search."""
FEEDS = "/feeds/"
"""That of the page with all feeds."""


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """An entry of the menu as pages show it."""

    title: str
    url: str
    lang: str | None = None
    """That of the title, where it is not that of the site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFacts:
    """The site as a whole. URLs are root-relative, with the base path, unless said otherwise."""

    title: str
    description: str
    language: str
    author: str
    extra: Mapping[str, object]
    paginate: int
    url: str
    absolute_url: str
    """Absolute, with a slash at the end: `base_url` of the configuration."""
    base_path: str
    origin: str
    """Scheme and host: what makes a root-relative URL absolute."""
    content: str
    """The content folder, relative to the site folder."""
    style_url: str
    script_url: str
    favicon_url: str
    search_url: str | None
    """Of its page; None where the site has no search."""
    feeds_url: str
    """Of the page with all feeds."""
    rss_url: str
    atom_url: str
    json_feed_url: str
    posts_url: str
    """Of the list of all posts: the same as `url`, unless a page is the home page."""
    archive_url: str | None
    """None where there is no post."""
    analytics: Analytics | None
    """The service that counts visits; None where the site has none, and in `sitegen serve`."""
    webmention_url: str | None
    """Where others send word of their mentions; None where the site takes none."""
    posts: tuple[Card, ...]
    pages: tuple[Card, ...]
    tags: tuple[TermCount, ...]
    categories: tuple[TermCount, ...]
    authors: tuple[TermCount, ...]
    series: tuple[TermCount, ...]
    menu: tuple[MenuEntry, ...]


def facts_of(site: SiteIndex) -> SiteFacts:
    """What there is to know of a site that was indexed."""
    config = site.config
    posts_url = list_of_all_posts(site.placement, config).url

    def at(permalink: str) -> str:
        return route(permalink, config.base_url).url

    def file(name: str) -> str:
        return file_route(name, config.base_url).url

    return SiteFacts(
        title=config.title,
        description=config.description,
        language=config.language,
        author=config.author,
        extra=frozen(config.extra),
        paginate=config.paginate,
        url=at("/"),
        absolute_url=config.base_url,
        base_path=base_path(config.base_url),
        origin=absolute(config.base_url, ""),
        content=site.content,
        style_url=file("style.css"),
        script_url=file("script.js"),
        favicon_url=configured_url(config.icon, config, is_nested=site.placement.is_nested)
        if config.icon
        else file("favicon.svg"),
        search_url=at(SEARCH) if config.theme.search else None,
        feeds_url=at(FEEDS),
        rss_url=file("feed.xml"),
        atom_url=file("atom.xml"),
        json_feed_url=file("feed.json"),
        posts_url=posts_url,
        archive_url=at("/archive/") if site.posts else None,
        analytics=analytics_of(config.analytics),
        webmention_url=_webmention(config),
        posts=site.posts,
        pages=site.pages,
        tags=site.names_of("tags"),
        categories=site.names_of("categories"),
        authors=site.names_of("authors"),
        series=site.names_of("series"),
        menu=menu_of(config, is_nested=site.placement.is_nested)
        or _default_menu(site, posts_url, at),
    )


def _webmention(config: Config) -> str | None:
    comments = config.comments
    return comments.webmention.endpoint if comments.provider == "webmention" else None


def _default_menu(
    site: SiteIndex, posts_url: str, at: Callable[[str], str]
) -> tuple[MenuEntry, ...]:
    """The posts, unless they are the home page; the pages in order, but for one that is it, and
    in place of those of a section that section; then the archive and the tags if there are any."""
    home, language = at("/"), site.language

    def word(key: str, url: str) -> MenuEntry:
        return MenuEntry(language.say(key), url, language.borrowed.get(key))

    items = [word("posts", posts_url)] if posts_url != home else []
    items += (
        MenuEntry(card.title, card.url, card.lang if card.lang != language.tag else None)
        for card in entrances(site)
        if card.url != home
    )
    if site.posts:
        items.append(word("archive", at("/archive/")))
    if site.terms["tags"]:
        permalink = overview_permalink(site.config.permalinks.tags, "tags")
        items.append(word("tags", at(permalink)))
    return tuple(items)


def menu_of(config: Config, *, is_nested: bool) -> tuple[MenuEntry, ...]:
    """The configured menu, its URLs as pages have them."""
    links = configured_links(config.menu, config, is_nested=is_nested)
    return tuple(MenuEntry(item.title, item.url) for item in links)


def configured_links(
    items: Iterable[MenuItem], config: Config, *, is_nested: bool
) -> tuple[MenuItem, ...]:
    """The entries with URLs as pages have them, not as they are written in the configuration."""
    return tuple(
        MenuItem(item.title, configured_url(item.url, config, is_nested=is_nested))
        for item in items
    )


def configured_urls(config: Config) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every URL of the configuration that may lead to a page or a file of the site, by its keys."""
    if config.icon:
        yield ("icon",), config.icon
    hero = config.theme.hero
    tables = [(("theme", "hero"), hero.portrait, hero.links)]
    tables += [(("authors", key), it.portrait, it.links) for key, it in config.authors.items()]
    for number, item in enumerate(config.menu):
        yield ("menu", number, "url"), item.url
    for name, field in config.fields.items():
        if field.type == "file" and isinstance(field.default, str):
            yield ("fields", name, "default"), field.default
    footer = config.theme.footer
    if footer.license:
        yield ("theme", "footer", "license", "url"), footer.license.url
    if footer.source:
        yield ("theme", "footer", "source"), footer.source
    for keys, portrait, links in tables:
        if portrait:
            yield (*keys, "portrait"), portrait
        for number, item in enumerate(links):
            yield (*keys, "links", number, "url"), item.url


def configured_url(written: str, config: Config, *, is_nested: bool) -> str:
    """A URL of the configuration; one without a slash, `about/`, is from the root like others."""
    whole = with_base(written, config.base_url, is_nested=is_nested)
    return joined(base_path(config.base_url), whole)

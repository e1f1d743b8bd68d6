"""Every file that the finished site will have, and who asked for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sitegen.config.schema import Config
from sitegen.model.output import Maker, Output
from sitegen.model.site import TAXONOMIES, Placement, TermCount
from sitegen.model.source import Kind, Source
from sitegen.text.urls import below, file_route, overview_permalink, page_permalink, route

Facets = Mapping[str, Any]

SITEMAP_LIMIT = 50_000
"""URLs that a sitemap may hold (sitemaps.org, protocol 0.9)."""


def plan(
    facets: Facets, placement: Placement, files: Iterable[Source], config: Config
) -> tuple[Output, ...]:
    """The outputs of the site; `files` are those of `static/` and of the theme's static folder."""
    made = [
        *_content(placement),
        *_home(facets, config),
        *_taxonomies(facets, config),
        *_archive(facets, config),
        *_redirects(placement),
        _page("404.html", "404", "the not-found page", "404.html", config),
        _file("style.css", Maker.STYLE, "the style sheet", config),
        _file("sitemap.xml", Maker.SITEMAP, "the sitemap", config),
    ]
    copied = _static(files, config)
    if not any(output.path == "robots.txt" for output in copied):
        made.append(_file("robots.txt", Maker.ROBOTS, "robots.txt", config))
    return (*made, *copied)


def _content(placement: Placement) -> Iterator[Output]:
    """The documents, and the files of bundles."""
    for entry in placement.documents:
        path, kind = entry.document.source.path, entry.document.source.kind
        default = "post.html" if kind is Kind.POST else "page.html"
        template = entry.document.meta.template or default
        place = entry.route
        yield Output(place.path, place.url, Maker.PAGE, path, path, path, template)
    for path, place in placement.files.items():
        yield Output(place.path, place.url, Maker.COPY, path, path, path)


def _home(facets: Facets, config: Config) -> Iterator[Output]:
    yield from _list("/", "posts", "home.html", "the home page", None, facets, config)
    yield _file("feed.xml", Maker.RSS, "the RSS feed", config, "posts")
    yield _file("atom.xml", Maker.ATOM, "the Atom feed", config, "posts")
    yield _file("feed.json", Maker.JSON_FEED, "the JSON feed", config, "posts")


def _taxonomies(facets: Facets, config: Config) -> Iterator[Output]:
    for taxonomy in TAXONOMIES:
        pattern: str = getattr(config.permalinks, taxonomy)
        terms: tuple[TermCount, ...] = facets[taxonomy]
        if terms:
            overview = overview_permalink(pattern, taxonomy)
            yield _page(overview, taxonomy, f"the list of {taxonomy}", "terms.html", config)
        for term in terms:
            permalink, owner = pattern.format(slug=term.slug), f"{taxonomy} {term.name!r}"
            subject = f"{taxonomy}:{term.slug}"
            yield from _list(permalink, subject, "list.html", owner, term.source, facets, config)
            if not config.feeds.terms:
                continue
            feed = below(permalink, "feed.xml").removeprefix("/")
            yield _file(feed, Maker.RSS, f"the feed of {owner}", config, subject, term.source)


def _archive(facets: Facets, config: Config) -> Iterator[Output]:
    if facets["posts"]:
        yield _page("/archive/", "archive", "the archive", "archive.html", config)


def _list(
    permalink: str,
    subject: str,
    template: str,
    owner: str,
    source: str | None,
    facets: Facets,
    config: Config,
) -> Iterator[Output]:
    """The pages of a list: at least one, even of an empty list."""
    total = max(1, -(-len(facets[subject]) // config.paginate))
    for number in range(1, total + 1):
        place = route(page_permalink(permalink, number), config.base_url)
        yield Output(
            place.path, place.url, Maker.PAGE, owner, subject, source, template, number, total
        )


def _redirects(placement: Placement) -> Iterator[Output]:
    for entry in placement.documents:
        path = entry.document.source.path
        for place in entry.aliases:
            yield Output(place.path, place.url, Maker.REDIRECT, f"an alias of {path}", path, path)


def _static(files: Iterable[Source], config: Config) -> list[Output]:
    """Copies of static files; those of the site replace those of the theme by name.

    A `style.css` is a part of the style sheet, not a file of its own.
    """
    by_name: dict[str, Source] = {}
    for source in files:
        if source.name != "style.css":
            by_name.setdefault(source.name, source)
    return [
        Output(
            source.name,
            file_route(source.name, config.base_url).url,
            Maker.COPY,
            source.path,
            source.path,
            source.path,
        )
        for source in by_name.values()
    ]


def _page(permalink: str, subject: str, owner: str, template: str, config: Config) -> Output:
    place = route(permalink, config.base_url)
    return Output(place.path, place.url, Maker.PAGE, owner, subject, None, template)


def _file(
    path: str,
    maker: Maker,
    owner: str,
    config: Config,
    subject: str = "",
    source: str | None = None,
) -> Output:
    return Output(path, file_route(path, config.base_url).url, maker, owner, subject, source)


def sitemap(outputs: Iterable[Output], facets: Facets) -> tuple[tuple[str, datetime | None], ...]:
    """The absolute URL of every page to be found, and when its document changed.

    Left out are the not-found page, unlisted documents, and lists after their first page.
    """
    entries = []
    for output in outputs:
        card = facets.get(f"card:{output.subject}")
        is_found = output.subject != "404" and output.number == 1 and not (card and card.unlisted)
        if output.maker is Maker.PAGE and is_found:
            changed = (card.updated or card.date) if card else None
            entries.append((f"{facets['site:origin']}{output.url}", changed))
    return tuple(entries[:SITEMAP_LIMIT])

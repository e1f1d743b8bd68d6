"""All documents as facets: the lists, taxonomies, archives and neighbours that pages show.

Facets by name:

    site:title, site:url, …     what templates find on `site`
    posts, pages                every listed card, in the one order
    tags, categories, …         every term with its count, by name
    tags:python, series:…       the cards that carry a term
    archive                     years and months
    card:<path>                 a document's card
    body:<path>                 a document's meta and HTML, links still symbolic
    older:<path>, newer:<path>  a post's neighbours
    config:feed_items, …        what only makers of files need to know
    url:<path>, id:<id>         where a source is published; which source an id means

The one order: dated posts newest first, then by `order` descending, then by title, then by path;
undated after dated. A series alone runs from its first part to its last.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby, pairwise
from typing import Any

from sitegen.config.schema import Config, MenuItem, Permalinks
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.site import (
    MONTHS,
    TAXONOMIES,
    WORDS_PER_MINUTE,
    Card,
    Month,
    Placed,
    Route,
    Term,
    Year,
)
from sitegen.model.source import Kind, Source
from sitegen.site.taxonomies import names, terms_of, with_terms
from sitegen.text.dates import date_in_name
from sitegen.text.urls import (
    absolute,
    base_path,
    encoded,
    file_route,
    joined,
    overview_permalink,
    route,
    slugify,
    with_base,
)


def index(
    placed: Iterable[Placed],
    assets: Mapping[str, Route],
    config: Config,
    content: str,
) -> tuple[dict[str, object], tuple[Diagnostic, ...]]:
    """The facets of the site, and SG202/SG205 for ids and terms that disagree.

    `assets` are the files of bundles by source path; `content` is the content folder.
    """
    documents = list(placed)
    terms, spellings = terms_of((entry.document for entry in documents), config)
    cards = sorted((_card(entry, terms, assets, config) for entry in documents), key=_order)
    listed = tuple(c for c in cards if c.kind is Kind.POST and not c.unlisted)
    pages = tuple(c for c in cards if c.kind is Kind.PAGE and not c.unlisted)
    facets: dict[str, object] = {
        "posts": listed,
        "pages": pages,
        "archive": archive(listed),
        **_addresses(documents, assets),
        **{f"card:{card.path}": card for card in cards},
        **{f"body:{e.document.source.path}": e.document for e in documents},
        **_neighbours(listed),
        **with_terms(listed),
    }
    facets |= _site(facets, config, content)
    facets |= {
        "config:feed_items": config.feeds.items,
        "config:term_feeds": config.feeds.terms,
        "config:highlight": config.highlight,
    }
    return facets, (*_duplicate_ids(documents), *spellings)


def archive(posts: tuple[Card, ...]) -> tuple[Year, ...]:
    """The posts by year and month of their own time zone, newest first; undated ones last."""
    dated = sorted((card for card in posts if card.date), key=_month, reverse=True)
    undated = tuple(card for card in posts if not card.date)
    years = []
    for year, cards in groupby(dated, lambda card: _month(card)[0]):
        months = tuple(
            Month(number, MONTHS[number - 1], tuple(items))
            for (_, number), items in groupby(cards, _month)
        )
        years.append(Year(year, sum(len(month.items) for month in months), months))
    if undated:
        years.append(Year(None, len(undated), (Month(None, "", undated),)))
    return tuple(years)


def _month(card: Card) -> tuple[int, int]:
    return (card.date.year, card.date.month) if card.date else (0, 0)


def _order(card: Card) -> tuple[bool, float, float, str, str]:
    when = card.date.timestamp() if card.date else 0
    return (card.date is None, -when, -card.order, card.title, card.path)


def _card(
    entry: Placed,
    terms: Mapping[tuple[str, str], Term],
    assets: Mapping[str, Route],
    config: Config,
) -> Card:
    source, meta, rendered = entry.document.source, entry.document.meta, entry.document.rendered

    def of(taxonomy: str) -> tuple[Term, ...]:
        spelled = names(entry.document, taxonomy, config)
        found = (terms.get((taxonomy, slugify(name))) for name in spelled)
        return tuple(dict.fromkeys(term for term in found if term))

    return Card(
        path=source.path,
        kind=source.kind,
        id=meta.id,
        url=entry.route.url,
        title=meta.title or rendered.title or _title_of(source),
        date=meta.date,
        updated=meta.updated,
        authors=of("authors"),
        tags=of("tags"),
        categories=of("categories"),
        series=next(iter(of("series")), None),
        excerpt=meta.excerpt or rendered.excerpt,
        minutes=max(1, round(rendered.words / WORDS_PER_MINUTE)),
        image=_image(entry, assets, config),
        lang=meta.lang,
        section=source.section,
        order=meta.order,
        unlisted=meta.unlisted,
    )


def _image(entry: Placed, assets: Mapping[str, Route], config: Config) -> str | None:
    """The URL of a document's image: a file of its bundle, a path of the site, or absolute."""
    if (image := entry.document.meta.image) is None:
        return None
    beside = posixpath.join(posixpath.dirname(entry.document.source.path), image)
    if asset := assets.get(posixpath.normpath(beside)):
        return asset.url
    return joined(entry.route.url, with_base(encoded(image), config.base_url))


def _title_of(source: Source) -> str:
    """A title for a document that has none, from its file name."""
    _, name, _ = date_in_name(source.stem)
    words = name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:] if words else name


def _neighbours(posts: tuple[Card, ...]) -> dict[str, object]:
    facets: dict[str, object] = {}
    for newer, older in pairwise(posts):
        facets |= {f"newer:{older.path}": newer, f"older:{newer.path}": older}
    return facets


def _addresses(documents: Iterable[Placed], assets: Mapping[str, Route]) -> dict[str, object]:
    facets: dict[str, object] = {f"url:{path}": route.url for path, route in assets.items()}
    for entry in documents:
        path = entry.document.source.path
        facets[f"url:{path}"] = entry.route.url
        facets.setdefault(f"id:{entry.document.meta.id}", path)
    return facets


def _duplicate_ids(documents: Iterable[Placed]) -> Iterator[Diagnostic]:
    first: dict[str, str] = {}
    for entry in documents:
        meta, path = entry.document.meta, entry.document.source.path
        if meta.id in first:
            at = meta.place("id")
            message = f"the id {meta.id!r} is already used by {first[meta.id]}"
            hint = "ids are unique: give this document another one"
            yield Diagnostic("SG202", message, path, at.line, at.column, hint, at.length)
        first.setdefault(meta.id, path)


def _site(facets: Mapping[str, object], config: Config, content: str) -> dict[str, object]:
    """What templates find on `site`, and what links are resolved by."""
    posts = facets["posts"]

    def at(permalink: str) -> str:
        return route(permalink, config.base_url).url

    def file(name: str) -> str:
        return file_route(name, config.base_url).url

    site: dict[str, object] = {
        "title": config.title,
        "description": config.description,
        "language": config.language,
        "author": config.author,
        "extra": config.extra,
        "paginate": config.paginate,
        "url": at("/"),
        "absolute_url": config.base_url,
        "base_path": base_path(config.base_url),
        "origin": absolute(config.base_url, ""),
        "content": content,
        "style_url": file("style.css"),
        "favicon_url": file("favicon.svg"),
        "rss_url": file("feed.xml"),
        "atom_url": file("atom.xml"),
        "json_feed_url": file("feed.json"),
        "archive_url": at("/archive/") if posts else None,
        "posts": posts,
        "pages": facets["pages"],
        **{taxonomy: facets[taxonomy] for taxonomy in TAXONOMIES},
    }
    site["menu"] = _menu(config) or _default_menu(facets, config.permalinks, at)
    return {f"site:{name}": value for name, value in site.items()}


def _default_menu(
    facets: Mapping[str, object], patterns: Permalinks, at: Callable[[str], str]
) -> tuple[MenuItem, ...]:
    """The pages in order, then the archive and the tags where there are any."""
    pages: Any = facets["pages"]
    items = [MenuItem(page.title, page.url) for page in pages]
    if facets["posts"]:
        items.append(MenuItem("Archive", at("/archive/")))
    if facets["tags"]:
        items.append(MenuItem("Tags", at(overview_permalink(patterns.tags, "tags"))))
    return tuple(items)


def _menu(config: Config) -> tuple[MenuItem, ...]:
    """The configured menu, its root-relative URLs below the base path."""
    return tuple(MenuItem(item.title, with_base(item.url, config.base_url)) for item in config.menu)

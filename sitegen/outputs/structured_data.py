"""What a page is, for search engines: one graph of JSON-LD 1.1 in the terms of schema.org.

A thing that is on several pages has the same `@id` on all of them: the site, its blog, a person.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TypeAlias

from markupsafe import Markup

from sitegen.model.site import Card
from sitegen.outputs.context import ChangesPage, DocumentPage, ListPage, Page, Site
from sitegen.outputs.templates.speech import machine_date
from sitegen.site.profiles import Profile
from sitegen.text.urls import joined

Thing: TypeAlias = dict[str, object]
"""A thing: its type, and its properties by name."""
QUERY = "query"
"""The name of what a reader searches for, in the address of the search."""

_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def structured_data(page: Page, site: Site) -> Markup:
    """The graph of a page, as the content of a `<script type="application/ld+json">`.

    No text in it can end the script, or begin a comment there (HTML §4.12.1.3).
    """
    nodes = [_stated(node) for node in _nodes(page, site)]
    graph = {"@context": "https://schema.org", "@graph": nodes}
    return Markup(_encoded(graph).replace("<", "\\u003c"))


def _stated(node: Thing) -> Thing:
    """The node without what is not known, such as the date of an undated post."""
    return {name: value for name, value in node.items() if value not in (None, "", [], ())}


def _nodes(page: Page, site: Site) -> Iterator[Thing]:
    yield _website(page, site)
    if page.kind == "404":
        return
    if page.kind == "home":
        assert isinstance(page, ListPage)
        yield _blog(site) | {
            "description": page.description,
            "inLanguage": page.lang,
            "blogPost": [_listed(card, site) for card in (*page.pinned, *page.items)],
        }
        return
    if page.kind == "post" and isinstance(page, DocumentPage):
        yield _posting(page, site)
        yield from _people(page, site)
    else:
        yield _web_page(page, site)
    yield _breadcrumbs(page, site)


def _website(page: Page, site: Site) -> Thing:
    """The site; with its search, which takes a question in its address, on the home page."""
    home = site.absolute_url
    node: Thing = {
        "@type": "WebSite",
        "@id": f"{home}#website",
        "url": home,
        "name": site.title,
        "inLanguage": site.language,
    }
    if page.kind == "home":
        node["description"] = site.description
    if page.kind == "home" and site.search_url:
        node["potentialAction"] = {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{site.origin}{site.search_url}?q={{{QUERY}}}",
            },
            "query-input": f"required name={QUERY}",
        }
    return node


def _blog(site: Site) -> Thing:
    return {
        "@type": "Blog",
        "@id": f"{site.absolute_url}#blog",
        "url": f"{site.origin}{site.posts_url}",
        "name": site.title,
    }


def _posting(page: DocumentPage, site: Site) -> Thing:
    parts: list[Thing] = [_blog(site)]
    if page.series:
        url = f"{site.origin}{page.series.url}"
        parts.append({"@type": "CreativeWorkSeries", "name": page.series.name, "url": url})
    return {
        "@type": "BlogPosting",
        "@id": f"{page.absolute_url}#post",
        "mainEntityOfPage": page.absolute_url,
        "headline": page.title,
        "description": page.description,
        "datePublished": _date(page.date),
        "dateModified": _date(page.updated or page.date),
        "author": [{"@id": _person_id(author.url, site)} for author in page.authors],
        "image": page.preview and page.preview.url,
        "wordCount": page.words,
        "timeRequired": f"PT{page.minutes}M",
        "inLanguage": page.lang,
        "keywords": [tag.name for tag in page.tags],
        "articleSection": [category.name for category in page.categories],
        "isPartOf": parts,
        "position": page.part,
    }


def _listed(card: Card, site: Site) -> Thing:
    """A post, as a list knows it."""
    return _stated(
        {
            "@type": "BlogPosting",
            "@id": f"{site.origin}{card.url}#post",
            "url": f"{site.origin}{card.url}",
            "headline": card.title,
            "datePublished": _date(card.date),
        }
    )


def _people(page: DocumentPage, site: Site) -> Iterator[Thing]:
    """Who wrote a post, with what the configuration says of them."""
    profiles: Mapping[str, Profile] = {profile.url: profile for profile in page.profiles}
    for author in page.authors:
        yield _person(author.name, author.url, profiles.get(author.url), site)


def _person(name: str, url: str, profile: Profile | None, site: Site) -> Thing:
    node: Thing = {
        "@type": "Person",
        "@id": _person_id(url, site),
        "name": name,
        "url": f"{site.origin}{url}",
    }
    if profile:
        portrait = profile.portrait
        node |= {
            "description": profile.bio,
            "image": joined(site.absolute_url, portrait) if portrait else None,
            "sameAs": [link.url for link in profile.links if "://" in link.url],
        }
    return _stated(node)


def _person_id(url: str, site: Site) -> str:
    return f"{site.origin}{url}#person"


def _web_page(page: Page, site: Site) -> Thing:
    """A page that is no post: one of its own text, a list, or the page of an author."""
    node: Thing = {
        "@type": "WebPage",
        "@id": page.absolute_url,
        "url": page.absolute_url,
        "name": page.title,
        "description": page.description,
        "inLanguage": page.lang,
        "isPartOf": {"@id": f"{site.absolute_url}#website"},
    }
    if isinstance(page, DocumentPage):
        return node | {"datePublished": _date(page.date), "dateModified": _date(page.updated)}
    if isinstance(page, ListPage) and page.taxonomy == "authors" and page.term:
        person = _person(page.term.name, page.term.url, page.profile, site)
        return node | {"@type": "ProfilePage", "mainEntity": person}
    if isinstance(page, ListPage):
        return node | {"@type": "CollectionPage", "mainEntity": _list(page, site)}
    return node | {"@type": "CollectionPage" if page.kind in ("terms", "archive") else "WebPage"}


def _list(page: ListPage, site: Site) -> Thing:
    return {"@type": "ItemList", "itemListElement": _items(_links(page.items), site)}


def _links(cards: Iterable[Card]) -> list[tuple[str, str]]:
    return [(card.title, card.url) for card in cards]


def _breadcrumbs(page: Page, site: Site) -> Thing:
    """The way from the home page to this one."""
    way = [(site.title, site.url), *_between(page, site), (page.title, page.url)]
    found: Thing = {"@type": "BreadcrumbList"}
    return found | {"itemListElement": _items(way, site, named=True)}


def _between(page: Page, site: Site) -> Iterator[tuple[str, str]]:
    """What is above a page and below the home page, by name and URL."""
    if isinstance(page, DocumentPage):
        if page.kind == "post" and page.categories:
            yield page.categories[0].name, page.categories[0].url
        if page.section:
            yield page.section.title, page.section.url
    elif isinstance(page, ChangesPage):
        yield page.post.title, page.post.url
    elif isinstance(page, ListPage) and page.parent:
        yield page.parent.title, page.parent.url


def _items(links: Iterable[tuple[str, str]], site: Site, *, named: bool = False) -> list[Thing]:
    """The entries of a list; `named`: those of a way through the site, which have an `item`."""
    key = "item" if named else "url"
    return [
        {"@type": "ListItem", "position": position, "name": name, key: f"{site.origin}{url}"}
        for position, (name, url) in enumerate(links, 1)
    ]


def _date(when: date | None) -> str | None:
    return machine_date(when) if when else None

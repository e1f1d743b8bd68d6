"""What a template sees: `site` and `page`, made from an output and the facets it shows.

This is the contract with every template that a site overrides; the manual describes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sitegen.engine.trace import View
from sitegen.model.document import Document, Heading, PublicMeta, public
from sitegen.model.output import Output
from sitegen.model.site import TAXONOMIES, Card, Term, TermCount, Year
from sitegen.model.source import Kind
from sitegen.text.urls import below, joined, page_permalink


class Site:
    """The site's facets as attributes: `site.title` reads the facet `site:title`."""

    __slots__ = ("_view",)

    def __init__(self, view: View) -> None:
        self._view = view

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 (whatever the facet is)
        try:
            return self._view.read(f"site:{name}")
        except KeyError:
            raise AttributeError(name) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLink:
    """A feed to announce in the head of a page."""

    title: str
    url: str
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What every page has."""

    kind: str
    title: str
    url: str
    absolute_url: str
    lang: str
    description: str = ""
    image: str | None = None
    noindex: bool = False
    feeds: tuple[FeedLink, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
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
    words: int
    minutes: int
    math: bool
    extra: Mapping[str, object]
    previous: Card | None
    next: Card | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage(Page):
    """A page of posts: of all, or of those that carry a term."""

    items: tuple[Card, ...]
    number: int
    total: int
    newer_url: str | None
    older_url: str | None
    taxonomy: str | None = None
    term: TermCount | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsPage(Page):
    """All terms of a taxonomy."""

    taxonomy: str
    terms: tuple[TermCount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivePage(Page):
    """All posts by year and month."""

    years: tuple[Year, ...]


TOC_FROM = 3
"""Headings that make a table of contents worth its place."""


def page(output: Output, view: View, content: str) -> Page:
    """The `page` of an output; `content` is its body as HTML, empty for all but documents."""
    subject = output.subject
    if output.is_document:
        return _document(view.read(f"body:{subject}"), output, view, content)
    if subject == "archive":
        return ArchivePage(
            **_common("archive", "Archive", output, view), years=view.read("archive")
        )
    if subject == "404":
        return Page(**_common("404", "Page not found", output, view) | {"noindex": True})
    if subject in TAXONOMIES:
        common = _common("terms", subject.capitalize(), output, view)
        return TermsPage(**common, taxonomy=subject, terms=view.read(subject))
    return _list(output, view)


def _common(kind: str, title: str, output: Output, view: View) -> dict[str, Any]:
    site = Site(view)
    return {
        "kind": kind,
        "title": title,
        "url": output.url,
        "absolute_url": f"{site.origin}{output.url}",
        "lang": site.language,
        "feeds": (
            FeedLink(title=site.title, url=site.rss_url, type="application/rss+xml"),
            FeedLink(title=site.title, url=site.atom_url, type="application/atom+xml"),
            FeedLink(title=site.title, url=site.json_feed_url, type="application/feed+json"),
        ),
    }


def _document(document: Document, output: Output, view: View, content: str) -> DocumentPage:
    path, meta, rendered = document.source.path, document.meta, document.rendered
    card: Card = view.read(f"card:{path}")
    kind = "post" if card.kind is Kind.POST else "page"
    common = _common(kind, card.title, output, view) | {
        "lang": card.lang or view.read("site:language"),
        "description": card.excerpt,
        "image": joined(view.read("site:origin"), card.image) if card.image else None,
        "noindex": card.unlisted,
    }
    return DocumentPage(
        **common,
        **public(card),
        content=content,
        toc=rendered.toc,
        show_toc=meta.toc and len(rendered.toc) >= TOC_FROM,
        authors=card.authors,
        tags=card.tags,
        categories=card.categories,
        series=card.series,
        excerpt=card.excerpt,
        words=rendered.words,
        minutes=card.minutes,
        math=meta.math,
        extra=meta.extra,
        previous=view.get(f"older:{path}"),
        next=view.get(f"newer:{path}"),
    )


def _list(output: Output, view: View) -> ListPage:
    size: int = view.read("site:paginate")
    start = (output.number - 1) * size
    number, total = output.number, output.total
    taxonomy, term = _term(output.subject, view)
    first = term.url if term else view.read("site:url")
    title = term.name if term else view.read("site:title")
    common = _common("list" if term else "home", title, output, view)
    if term:
        name = f"{view.read('site:title')}: {term.name}"
        own = FeedLink(title=name, url=below(first, "feed.xml"), type="application/rss+xml")
        if view.read("config:term_feeds"):
            common["feeds"] = (own, *common["feeds"])
    else:
        common["description"] = view.read("site:description")
    return ListPage(
        **common,
        items=view.read(f"{output.subject}[{start}:{start + size}]"),
        number=number,
        total=total,
        newer_url=page_permalink(first, number - 1) if number > 1 else None,
        older_url=page_permalink(first, number + 1) if number < total else None,
        taxonomy=taxonomy,
        term=term,
    )


def _term(subject: str, view: View) -> tuple[str | None, TermCount | None]:
    """The taxonomy and term of a list, or nothing for the list of all posts."""
    taxonomy, _, slug = subject.partition(":")
    return (taxonomy, view.read(f"term:{subject}")) if slug else (None, None)

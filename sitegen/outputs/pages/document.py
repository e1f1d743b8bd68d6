"""The page of a post, or of a page."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.model.document import Document, public
from sitegen.model.frozen import frozen
from sitegen.model.output import DocumentSubject, Output
from sitegen.model.site import Card
from sitegen.model.source import NOT_FOUND_PAGE, Kind
from sitegen.outputs.context import DocumentPage
from sitegen.outputs.kind import RenderContext, SitePlan
from sitegen.outputs.pages.page import common, page_kind
from sitegen.outputs.templates.environment import safe_html
from sitegen.site.links import resolve
from sitegen.text.urls import joined

_NAME = "document"
TOC_FROM = 3
"""Headings that make a table of contents worth its place."""


def _plan(site: SitePlan) -> Iterator[Output]:
    for entry in site.placement.documents:
        if entry.document.source.kind is Kind.SECTION:
            continue
        path, kind = entry.document.source.path, entry.document.source.kind
        default = "post.html" if kind is Kind.POST else "page.html"
        template, place = entry.document.meta.template or default, entry.route
        subject = DocumentSubject(path)
        yield Output(place.path, place.url, _NAME, path, subject, path, template)


def _page(output: Output, context: RenderContext) -> DocumentPage:
    assert isinstance(output.subject, DocumentSubject)
    path, view = output.subject.path, context.view
    document: Document = view.read(f"body:{path}")
    meta, rendered = document.meta, document.rendered
    card: Card = view.read(f"card:{path}")
    kind = "404" if output.path == NOT_FOUND_PAGE else card.kind.value
    shared = common(kind, card.title, output, view) | {
        "lang": card.lang or view.read("site:language"),
        "description": card.excerpt,
        "image": joined(view.read("site:origin"), card.image) if card.image else None,
        "noindex": card.unlisted,
    }
    return DocumentPage(
        **shared,
        **public(card),
        content=safe_html(resolve(context.body(path), rendered.links, path, view.get)),
        toc=rendered.toc,
        show_toc=meta.toc and len(rendered.toc) >= TOC_FROM,
        authors=card.authors,
        tags=card.tags,
        categories=card.categories,
        series=card.series,
        excerpt=card.excerpt,
        standfirst=meta.excerpt or "",
        words=rendered.words,
        minutes=card.minutes,
        math=meta.math,
        extra=frozen(meta.extra),
        previous=view.get(f"older:{path}"),
        next=view.get(f"newer:{path}"),
    )


DOCUMENTS = page_kind(_NAME, _plan, _page)

"""The list of all posts, and those of the folders that have an `_index.md`, page by page."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from sitegen.model.document import Document
from sitegen.model.frozen import frozen
from sitegen.model.output import DocumentSubject, ListSubject, Output
from sitegen.model.site import Card, Route
from sitegen.model.source import Kind
from sitegen.outputs.context import ListPage
from sitegen.outputs.kind import RenderContext, SitePlan
from sitegen.outputs.pages.page import common, list_page, page_kind, paginated, word_of_site
from sitegen.outputs.templates.environment import safe_html
from sitegen.site.links import resolve
from sitegen.site.routes import list_of_all_posts
from sitegen.text.urls import joined

_HOME, _SECTION = "home", "section"


def _plan_home(site: SitePlan) -> Iterator[Output]:
    fronts = [entry for entry in site.placement.documents if entry.document.source.is_front]
    for entry in fronts:
        yield from paginated(site, _first(entry.route, _HOME, entry.document), "posts")
    if not fronts:
        place = list_of_all_posts(site.placement, site.config)
        yield from paginated(site, _first(place, _HOME, None), "posts")


def _plan_sections(site: SitePlan) -> Iterator[Output]:
    for entry in site.placement.documents:
        source = entry.document.source
        if source.kind is Kind.SECTION and not source.is_front:
            first = _first(entry.route, _SECTION, entry.document)
            yield from paginated(site, first, _facet(source.path))


def _first(place: Route, kind: str, document: Document | None) -> Output:
    """The first page of a list, with what an `_index.md` says of it."""
    template = "home.html" if place.path == "index.html" else "section.html"
    if document is None:
        owner = "the home page" if place.path == "index.html" else "the list of all posts"
        return Output(place.path, place.url, kind, owner, ListSubject(), None, template)
    path, template = document.source.path, document.meta.template or template
    return Output(place.path, place.url, kind, path, DocumentSubject(path), path, template)


def _facet(path: str) -> str:
    return f"section:{posixpath.dirname(path)}"


def _page(output: Output, context: RenderContext) -> ListPage:
    view, is_of_all = context.view, output.kind == _HOME
    path = output.subject.path if isinstance(output.subject, DocumentSubject) else ""
    facet = "posts" if is_of_all else _facet(path)
    url: str = view.read("site:posts_url" if is_of_all else f"url:{path}")
    if is_of_all and url == view.read("site:url"):
        fields = common("home", view.read("site:title"), output, view)
        fields["description"] = view.read("site:description")
    else:
        fields = common("section", word_of_site(view, "posts"), output, view)
    own = _written(path, output, context) if path else {}
    return list_page(output, view, facet, url, fields | own)


def _written(path: str, output: Output, context: RenderContext) -> dict[str, Any]:
    """What the `_index.md` of a list says: its text on the first page, all else on every page."""
    view = context.view
    document: Document = view.read(f"body:{path}")
    card: Card = view.read(f"card:{path}")
    found: dict[str, Any] = {
        "title": card.title,
        "lang": card.lang or view.read("site:language"),
        "image": joined(view.read("site:origin"), card.image) if card.image else None,
        "noindex": card.unlisted,
        "extra": frozen(document.meta.extra),
    }
    if card.excerpt:
        found["description"] = card.excerpt
    if output.number == 1:
        links = document.rendered.links
        found["content"] = safe_html(resolve(context.body(path), links, path, view.get))
    return found


HOME = page_kind(_HOME, _plan_home, _page)
SECTIONS = page_kind(_SECTION, _plan_sections, _page)

"""The list of all posts, and those of the folders that have an `_index.md`, page by page."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from sitegen.model.document import Document
from sitegen.model.output import DocumentSubject, ListSubject, Output
from sitegen.model.site import Route
from sitegen.model.source import Kind
from sitegen.outputs.context import ListPage
from sitegen.outputs.kind import RenderContext, SitePlan
from sitegen.outputs.pages.page import (
    common,
    list_page,
    own_fields,
    page_kind,
    paginated,
    word_of_site,
)
from sitegen.site.routes import list_of_all_posts

_HOME, _SECTION = "home", "section"


def _plan_home(site: SitePlan) -> Iterator[Output]:
    facet = "pinned:others" if site.facets["pinned"] else "posts"
    fronts = [entry for entry in site.placement.documents if entry.document.source.is_front]
    for entry in fronts:
        yield from paginated(site, _first(entry.route, _HOME, entry.document), facet)
    if not fronts:
        place = list_of_all_posts(site.placement, site.config)
        yield from paginated(site, _first(place, _HOME, None), facet)


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
    own = own_fields(path, output, context) if path else {}
    if is_of_all and (pinned := view.read("pinned")):
        facet, own = "pinned:others", own | {"pinned": pinned if output.number == 1 else ()}
    if path and not is_of_all and output.number == 1:
        own |= {"pages": view.get(f"contents:{posixpath.dirname(path)}") or ()}
    return list_page(output, view, facet, url, fields | own)


HOME = page_kind(_HOME, _plan_home, _page)
SECTIONS = page_kind(_SECTION, _plan_sections, _page)

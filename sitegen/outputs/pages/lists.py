"""The posts of each tag, category, author and series, page by page; and the lists of these."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sitegen.config.schema import MenuItem
from sitegen.engine.trace import View
from sitegen.model.output import ListSubject, Output, TaxonomySubject
from sitegen.model.site import TAXONOMIES, TermCount
from sitegen.outputs.context import ListPage, Page, TermsPage
from sitegen.outputs.feeds.feed import feed_title
from sitegen.outputs.kind import RenderContext, SitePlan
from sitegen.outputs.pages.page import (
    common,
    description_of,
    feed_links,
    list_page,
    own_fields,
    page_kind,
    page_output,
    paginated,
    word_of_site,
)
from sitegen.outputs.parts import CATALOGUE_PART, files_of_parts
from sitegen.site.usage import Usage
from sitegen.text.urls import overview_permalink, route

_NAME = "taxonomy"
TERM_TEMPLATES = {"authors": "author.html", "series": "series.html"}
"""Those of the lists of some taxonomies."""


def _plan(site: SitePlan) -> Iterator[Output]:
    for taxonomy in TAXONOMIES:
        pattern: str = getattr(site.config.permalinks, taxonomy)
        terms: tuple[TermCount, ...] = site.facets[taxonomy]
        if terms:
            permalink, owner = overview_permalink(pattern, taxonomy), f"the list of {taxonomy}"
            subject = TaxonomySubject(taxonomy)
            yield page_output(site, permalink, "terms.html", _NAME, owner, subject)
        for term in terms:
            permalink, owner = pattern.format(slug=term.slug), f"{taxonomy} {term.name!r}"
            listed = ListSubject(taxonomy, term.slug)
            template = TERM_TEMPLATES.get(taxonomy, "list.html")
            first = page_output(site, permalink, template, _NAME, owner, listed)
            yield from paginated(site, replace(first, source=term.source), listed.facet)


def _page(output: Output, context: RenderContext) -> Page:
    if isinstance(output.subject, TaxonomySubject):
        return _terms(output.subject.taxonomy, output, context.view)
    assert isinstance(output.subject, ListSubject)
    return _list(output.subject, output, context)


def _terms(taxonomy: str, output: Output, view: View) -> TermsPage:
    terms: tuple[TermCount, ...] = view.read(taxonomy)
    title = word_of_site(view, taxonomy)
    shared = common("terms", title, output, view)
    shared["description"] = description_of((title, *(term.name for term in terms)))
    shared["uses"] = files_of_parts((CATALOGUE_PART,), view)
    return TermsPage(**shared, taxonomy=taxonomy, terms=terms)


def _list(listed: ListSubject, output: Output, context: RenderContext) -> ListPage:
    view = context.view
    term: TermCount = view.read(f"term:{listed.facet}")
    shared = common("list", term.name, output, view)
    own = feed_links(listed.facet, feed_title(term, view), view)
    more: dict[str, Any] = {
        "feeds": (*own, *shared["feeds"]),
        "taxonomy": listed.taxonomy,
        "term": term,
        "parent": _overview(listed, view),
    }
    if output.number == 1:
        more |= _introduction(listed, view)
    if about := view.get(f"about:{listed.facet}"):
        more |= own_fields(about, output, context)
    more["uses"] = (*files_of_parts((CATALOGUE_PART,), view), *more.get("uses", ()))
    return list_page(output, view, listed.facet, term.url, shared | more)


def _overview(listed: ListSubject, view: View) -> MenuItem:
    """The page with all terms of a taxonomy."""
    taxonomy = str(listed.taxonomy)
    permalink = overview_permalink(view.read(f"config:permalinks.{taxonomy}"), taxonomy)
    place = route(permalink, view.read("site:absolute_url"))
    return MenuItem(word_of_site(view, taxonomy), place.url)


def _introduction(listed: ListSubject, view: View) -> dict[str, Any]:
    """What only the first page of a list says of the whole of it."""
    used: Usage = view.read(f"usage:{listed.facet}")
    is_author = listed.taxonomy == "authors"
    profile = view.get(f"profile:{listed.slug}") if is_author else None
    return {"years": used.years, "tags": used.tags, "profile": profile}


TAXONOMIES_KIND = page_kind(_NAME, _plan, _page)

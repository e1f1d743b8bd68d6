"""The page of the search: what its dialog shows too, at an address that can be sent."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.model.output import Output
from sitegen.outputs.context import Page
from sitegen.outputs.kind import RenderContext, SitePlan
from sitegen.outputs.pages.page import common, description_of, page_kind, page_output, word_of_site
from sitegen.site.facts import SEARCH

_NAME = "search page"


def _plan(site: SitePlan) -> Iterator[Output]:
    """The theme's, unless the site has one of its own, or no search."""
    output = page_output(site, SEARCH, "search.html", _NAME, "the page of the search")
    taken = any(entry.route.path == output.path for entry in site.placement.documents)
    if site.config.theme.search and not taken:
        yield output


def _page(output: Output, context: RenderContext) -> Page:
    view, title = context.view, word_of_site(context.view, "search")
    described = description_of((title, view.read("site:title")))
    shared = common("search", title, output, view)
    return Page(**shared | {"description": described, "noindex": True})


SEARCH_PAGE = page_kind(_NAME, _plan, _page, in_sitemap=False)

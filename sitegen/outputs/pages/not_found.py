"""The page that a host sends for an address that the site does not have."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.model.output import Output
from sitegen.model.source import NOT_FOUND_PAGE
from sitegen.outputs.context import NotFoundPage
from sitegen.outputs.kind import RenderContext, SitePlan
from sitegen.outputs.pages.page import common, page_kind, page_output, word_of_site

_NAME = "not found"
RECENT = 5
"""Posts that are offered instead."""


def _plan(site: SitePlan) -> Iterator[Output]:
    """The theme's, unless the site has one of its own."""
    if all(entry.route.path != NOT_FOUND_PAGE for entry in site.placement.documents):
        yield page_output(site, NOT_FOUND_PAGE, "404.html", _NAME, "the not-found page")


def _page(output: Output, context: RenderContext) -> NotFoundPage:
    view = context.view
    return NotFoundPage(
        **common("404", word_of_site(view, "not_found"), output, view),
        description=word_of_site(view, "not_found_text"),
        recent=view.read(f"posts[0:{RECENT}]"),
    )


NOT_FOUND = page_kind(_NAME, _plan, _page, in_sitemap=False)

"""The page that a host sends for an address that the site does not have."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.model.output import Output
from sitegen.outputs.context import Page
from sitegen.outputs.kind import RenderContext, SitePlan
from sitegen.outputs.pages.page import common, page_kind, page_output

_NAME = "not found"


def _plan(site: SitePlan) -> Iterator[Output]:
    yield page_output(site, "404.html", "404.html", _NAME, "the not-found page")


def _page(output: Output, context: RenderContext) -> Page:
    shared = common("404", "Page not found", output, context.view)
    return Page(**shared | {"noindex": True})


NOT_FOUND = page_kind(_NAME, _plan, _page, in_sitemap=False)

"""The archive: all posts by year and month."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.model.output import Output
from sitegen.model.site import Year
from sitegen.outputs.context import ArchivePage
from sitegen.outputs.kind import RenderContext, SitePlan
from sitegen.outputs.pages.page import (
    common,
    description_of,
    page_kind,
    page_output,
    word_of_site,
)
from sitegen.outputs.parts import CATALOGUE_PART, files_of_parts

_NAME = "archive"


def _plan(site: SitePlan) -> Iterator[Output]:
    if site.facets["posts"]:
        yield page_output(site, "/archive/", "archive.html", _NAME, "the archive")


def _page(output: Output, context: RenderContext) -> ArchivePage:
    years: tuple[Year, ...] = context.view.read("archive")
    title = word_of_site(context.view, "archive")
    shared = common("archive", title, output, context.view)
    months = (month for year in years for month in year.months)
    titles = (card.title for month in months for card in month.items)
    shared["description"] = description_of((title, *titles))
    shared["uses"] = files_of_parts((CATALOGUE_PART,), context.view)
    return ArchivePage(**shared, years=years)


ARCHIVE = page_kind(_NAME, _plan, _page)

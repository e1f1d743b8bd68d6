"""The archive: all posts by year and month."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.model.output import Output
from sitegen.outputs.context import ArchivePage
from sitegen.outputs.kind import RenderContext, SitePlan
from sitegen.outputs.pages.page import common, page_kind, page_output

_NAME = "archive"


def _plan(site: SitePlan) -> Iterator[Output]:
    if site.facets["posts"]:
        yield page_output(site, "/archive/", "archive.html", _NAME, "the archive")


def _page(output: Output, context: RenderContext) -> ArchivePage:
    shared = common("archive", "Archive", output, context.view)
    return ArchivePage(**shared, years=context.view.read("archive"))


ARCHIVE = page_kind(_NAME, _plan, _page)

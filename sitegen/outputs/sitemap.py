"""The sitemap (sitemaps.org, protocol 0.9): every page that a search engine should know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sitegen.model.output import DocumentSubject, Output
from sitegen.outputs.feeds.xml import document, element, group, rfc3339
from sitegen.outputs.kind import OutputKind, RenderContext, SitePlan

_NAME = "sitemap"
SITEMAP_LIMIT = 50_000
"""URLs that a sitemap may hold (sitemaps.org, protocol 0.9)."""


def _plan(site: SitePlan) -> Iterator[Output]:
    yield site.file("sitemap.xml", _NAME, "the sitemap")


def _render(_: Output, context: RenderContext) -> bytes:
    return sitemap(context.view.read("sitemap"))


def listed_pages(
    outputs: Iterable[Output], kinds: Mapping[str, OutputKind], facets: Mapping[str, Any]
) -> tuple[tuple[str, datetime | None], ...]:
    """The absolute URL of every page to be found, and when its document changed.

    Left out are unlisted documents, and lists after their first page.
    """
    entries = []
    for output in outputs:
        if not kinds[output.kind].in_sitemap or output.number > 1:
            continue
        subject = output.subject
        card = facets[f"card:{subject.path}"] if isinstance(subject, DocumentSubject) else None
        if card is None or not card.unlisted:
            changed = (card.updated or card.date) if card else None
            entries.append((f"{facets['site:origin']}{output.url}", changed))
    return tuple(entries[:SITEMAP_LIMIT])


def sitemap(urls: Iterable[tuple[str, datetime | None]]) -> bytes:
    """The sitemap of absolute URLs and the time each page changed, in their order.

    It holds at most 50,000 URLs. Which of more to name is the caller's decision.
    """
    entries = (
        group(
            "url",
            (element("loc", url), element("lastmod", rfc3339(changed)) if changed else ""),
            1,
        )
        for url, changed in urls
    )
    return document(group("urlset", entries, xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"))


SITEMAP = OutputKind(_NAME, _plan, render=_render)

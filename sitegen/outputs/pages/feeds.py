"""The page for people who want to subscribe: what feeds are, and the address of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sitegen.engine.trace import View
from sitegen.model.output import Output
from sitegen.model.site import TAXONOMIES, TermCount
from sitegen.outputs.context import FeedAddress, FeedGroup, FeedList, FeedsPage
from sitegen.outputs.kind import RenderContext, SitePlan
from sitegen.outputs.pages.page import common, page_kind, page_output, word_of_site
from sitegen.outputs.parts import FEEDS_PART, files_of_parts
from sitegen.site.facts import FEEDS
from sitegen.text.urls import joined

_NAME = "feeds page"
FEED_FORMATS = {
    "application/rss+xml": "RSS",
    "application/atom+xml": "Atom",
    "application/feed+json": "JSON Feed",
}
"""What readers call a format, by its media type."""


def _plan(site: SitePlan) -> Iterator[Output]:
    """The theme's, unless the site has one of its own."""
    output = page_output(site, FEEDS, "feeds.html", _NAME, "the page of the feeds")
    if all(entry.route.path != output.path for entry in site.placement.documents):
        yield output


def _page(output: Output, context: RenderContext) -> FeedsPage:
    view = context.view
    shared = common("feeds", word_of_site(view, "feeds"), output, view)
    shared["description"] = word_of_site(view, "feeds_about")
    shared["uses"] = files_of_parts((FEEDS_PART,), view)
    return FeedsPage(**shared, addresses=_addresses("posts", view), groups=tuple(_groups(view)))


def _groups(view: View) -> Iterator[FeedGroup]:
    for taxonomy in TAXONOMIES if view.read("config:feeds.terms") else ():
        if lists := tuple(_of_terms(taxonomy, view.read(taxonomy), view)):
            yield FeedGroup(title=word_of_site(view, taxonomy), lists=lists)


def _of_terms(taxonomy: str, terms: Iterable[TermCount], view: View) -> Iterator[FeedList]:
    for term in terms:
        feeds = _addresses(f"{taxonomy}:{term.slug}", view)
        yield FeedList(name=term.name, url=term.url, feeds=feeds)


def _addresses(facet: str, view: View) -> tuple[FeedAddress, ...]:
    origin = view.read("site:origin")
    return tuple(
        FeedAddress(name=FEED_FORMATS.get(kind, kind), url=joined(origin, url), type=kind)
        for url, kind in view.get(f"feeds:{facet}") or ()
    )


FEEDS_PAGE = page_kind(_NAME, _plan, _page)

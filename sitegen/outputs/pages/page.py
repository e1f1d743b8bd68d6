"""Pages that a template renders: what all of them have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sitegen.engine.trace import View
from sitegen.model.output import Output, SiteSubject, Subject
from sitegen.outputs.context import FeedLink, Page, Site
from sitegen.outputs.kind import OutputKind, RenderContext, SitePlan
from sitegen.text.urls import route


def page_kind(
    name: str,
    plan: Callable[[SitePlan], Iterable[Output]],
    page: Callable[[Output, RenderContext], Page],
    *,
    in_sitemap: bool = True,
) -> OutputKind:
    """A kind of output that a template renders from `site` and this `page`."""
    return OutputKind(name, plan, page, is_shared=True, in_sitemap=in_sitemap)


def page_output(
    site: SitePlan,
    permalink: str,
    template: str,
    kind: str,
    owner: str,
    subject: Subject = SiteSubject(),  # noqa: B008 (it is frozen)
) -> Output:
    """The output for a page of which there is one, at this permalink."""
    place = route(permalink, site.config.base_url)
    return Output(place.path, place.url, kind, owner, subject, None, template)


def common(kind: str, title: str, output: Output, view: View) -> dict[str, Any]:
    """What every page has; the rest of its fields is for each kind to add."""
    site = Site(view)
    return {
        "kind": kind,
        "title": title,
        "url": output.url,
        "absolute_url": f"{site.origin}{output.url}",
        "lang": site.language,
        "feeds": feed_links("posts", site.title, view),
    }


DESCRIPTION_LENGTH = 160
"""Characters: what search engines show of a description."""


def description_of(names: Iterable[str]) -> str:
    """What a list holds, in its own words, for search results and previews of links to it.

    As many names as fit, at least one; empty for an empty list.
    """
    text = ""
    for name in names:
        longer = f"{text} · {name}" if text else name
        if text and len(longer) > DESCRIPTION_LENGTH:
            break
        text = longer
    return text


def feed_links(facet: str, title: str, view: View) -> tuple[FeedLink, ...]:
    """The feeds of a list, which is known by its facet, to announce in the head of a page."""
    feeds = view.get(f"feeds:{facet}") or ()
    return tuple(FeedLink(title=title, url=url, type=kind) for url, kind in feeds)

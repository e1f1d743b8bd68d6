"""`robots.txt` (RFC 9309), unless the site has one of its own in `static/`."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.model.output import Output
from sitegen.outputs.kind import OutputKind, RenderContext, SitePlan
from sitegen.text.urls import absolute, file_route

_NAME = "robots"


def _plan(site: SitePlan) -> Iterator[Output]:
    if not any(source.name == "robots.txt" for source in site.files):
        yield site.file("robots.txt", _NAME, "robots.txt")


def _render(_: Output, context: RenderContext) -> bytes:
    base = context.view.read("site:absolute_url")
    return robots(absolute(base, file_route("sitemap.xml", base).url))


def robots(sitemap_url: str) -> bytes:
    """The text that welcomes every crawler and names the sitemap."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {sitemap_url}\n".encode()


ROBOTS = OutputKind(_NAME, _plan, render=_render)

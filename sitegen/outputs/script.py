"""The scripts of the theme, unless the site has one of the same name in `static/`."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.model.output import Output
from sitegen.outputs.bundle import bundle
from sitegen.outputs.kind import OutputKind, RenderContext, SitePlan

_NAME, _SEARCH = "script", "search script"


def _plan(site: SitePlan) -> Iterator[Output]:
    if not any(source.name == "script.js" for source in site.files):
        yield site.file("script.js", _NAME, "the script")


def _plan_search(site: SitePlan) -> Iterator[Output]:
    has_own = any(source.name == "search.js" for source in site.files)
    if site.config.theme.search and not has_own:
        yield site.file("search.js", _SEARCH, "the script of the search")


def _render(_: Output, context: RenderContext) -> bytes:
    return bundle(context.view.read("theme:scripts")).encode()


def _render_search(_: Output, context: RenderContext) -> bytes:
    return bundle(context.view.read("theme:search scripts")).encode()


THEME_SCRIPT = OutputKind(_NAME, _plan, render=_render)
SEARCH_SCRIPT = OutputKind(_SEARCH, _plan_search, render=_render_search)

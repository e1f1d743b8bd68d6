"""The one script of the theme, unless the site has a `script.js` of its own in `static/`."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.model.output import Output
from sitegen.outputs.bundle import bundle
from sitegen.outputs.kind import OutputKind, RenderContext, SitePlan

_NAME = "script"


def _plan(site: SitePlan) -> Iterator[Output]:
    if not any(source.name == "script.js" for source in site.files):
        yield site.file("script.js", _NAME, "the script")


def _render(_: Output, context: RenderContext) -> bytes:
    return bundle(context.view.read("theme:scripts")).encode()


THEME_SCRIPT = OutputKind(_NAME, _plan, render=_render)

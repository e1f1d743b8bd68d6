"""The one style sheet: the site's or the theme's, and behind it the colours of code."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.content.highlight.style_sheet import style_sheet
from sitegen.model.output import Output
from sitegen.outputs.kind import OutputKind, RenderContext, SitePlan

_NAME = "style sheet"


def _plan(site: SitePlan) -> Iterator[Output]:
    yield site.file("style.css", _NAME, "the style sheet")


def _render(_: Output, context: RenderContext) -> bytes:
    colours = context.view.read("config:highlight")
    sheet = style_sheet(colours.light, colours.dark)
    return f"{context.view.read('style')}\n{sheet}".encode()


STYLE_SHEET = OutputKind(_NAME, _plan, render=_render)

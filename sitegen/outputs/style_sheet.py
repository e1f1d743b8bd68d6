"""The one style sheet: the site's or the theme's, and behind it the colours of code."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.content.highlight.style_sheet import style_sheet
from sitegen.engine.trace import View
from sitegen.model.output import Output
from sitegen.outputs.bundle import bundle
from sitegen.outputs.kind import OutputKind, RenderContext, SitePlan

_NAME = "style sheet"

LAYERS = "@layer reset, tokens, base, layout, prose, code, parts, print, user;\n"
"""What comes later wins. The last is empty: it is for the style sheets of sites."""


def _plan(site: SitePlan) -> Iterator[Output]:
    yield site.file("style.css", _NAME, "the style sheet")


def _render(_: Output, context: RenderContext) -> bytes:
    own = context.view.read("style")
    sheet = _of_theme(context.view) if own is None else f"{own}\n"
    colours = context.view.read("config:highlight")
    return f"{sheet}{style_sheet(colours.light, colours.dark)}".encode()


def _of_theme(view: View) -> str:
    """The parts of the theme, whose layers decide which rule wins, and not their order."""
    unused = {
        "fonts.css": view.read("config:theme.fonts") == "system",
        "notes.css": view.read("config:theme.notes") == "end",
    }
    parts = view.read("theme:styles")
    return LAYERS + bundle(tuple(part for part in parts if not unused.get(part[0])))


STYLE_SHEET = OutputKind(_NAME, _plan, render=_render)

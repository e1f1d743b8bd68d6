"""The style sheet: the site's or the theme's, and behind it the colours of code; and that of the
search, which is loaded with it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitegen.config.schema import SCHEMES
from sitegen.content.highlight.style_sheet import style_sheet
from sitegen.engine.trace import View
from sitegen.model.output import Output
from sitegen.outputs.bundle import bundle, squeezed
from sitegen.outputs.kind import OutputKind, RenderContext, SitePlan
from sitegen.text.tokens import TOKENS, ThemeToken, tokens_in

_NAME, _SEARCH = "style sheet", "search style sheet"
_TOKEN = re.compile(r"var\(--([\w-]+)\)")

LAYERS = "@layer reset, tokens, base, layout, prose, code, parts, print, user;\n"
"""What comes later wins. The last is empty: it is for the style sheets of sites."""


def _plan(site: SitePlan) -> Iterator[Output]:
    yield site.file("style.css", _NAME, "the style sheet")


def _plan_search(site: SitePlan) -> Iterator[Output]:
    has_own = any(source.name == "search.css" for source in site.files)
    if site.config.theme.search and not has_own:
        yield site.file("search.css", _SEARCH, "the style sheet of the search")


def _render(_: Output, context: RenderContext) -> bytes:
    own = context.view.read("style")
    sheet = _of_theme(context.view) if own is None else f"{own}\n"
    code = _of_code(context.view, has_tokens=own is None)
    return f"{sheet}@layer code {{\n{code}}}\n".encode()


def _render_search(_: Output, context: RenderContext) -> bytes:
    sheet = squeezed(bundle(context.view.read("theme:search styles")))
    if context.view.read("theme:is replaced"):
        sheet = _without_tokens(sheet, context.view)
    return sheet.encode()


def _of_code(view: View, *, has_tokens: bool) -> str:
    """The colours of code."""
    styles = view.read("config:highlight")
    sheet = squeezed(style_sheet(styles.light, styles.dark))
    return sheet if has_tokens else _without_tokens(sheet, view)


def _without_tokens(sheet: str, view: View) -> str:
    """A sheet with the values that tokens have in the theme: one of the site's own has none."""
    tokens = tokens_in(dict(view.read("theme:styles"))[TOKENS])
    return _TOKEN.sub(lambda found: _value(tokens[found[1]]), sheet)


def _value(token: ThemeToken) -> str:
    is_one = token.light == token.dark
    return token.light if is_one else f"light-dark({token.light}, {token.dark})"


def _unused(view: View) -> frozenset[str]:
    """The parts of the theme that this site does without."""
    does_without = {
        "fonts.css": view.read("config:theme.fonts") == "system",
        "notes.css": view.read("config:theme.notes") == "end",
        "cover.css": view.read("config:theme.home") != "cover",
    }
    return frozenset(part for part, is_unused in does_without.items() if is_unused)


def _of_theme(view: View) -> str:
    """The parts of the theme, whose layers decide which rule wins, and not their order.

    Within a layer, what comes later wins: there are the values that the site gives to tokens.
    """
    parts = tuple(part for part in view.read("theme:styles") if part[0] not in _unused(view))
    return f"{LAYERS}{squeezed(bundle(parts))}\n{_given(view, dict(parts)[TOKENS])}"


def _given(view: View, tokens: str) -> str:
    """The values that `[theme]` gives to tokens, which are declared in this part of the theme."""
    accent, light, dark = (view.read(f"config:theme.{key}") for key in ("accent", *SCHEMES))
    if not (accent or light or dark):
        return ""
    from sitegen.config.palette import css_values

    values = css_values(tokens_in(tokens), accent, light, dark)
    rules = " ".join(f"--{name}: {value};" for name, value in values.items())
    return f"@layer tokens {{\n:root {{ {rules} }}\n}}\n"


STYLE_SHEET = OutputKind(_NAME, _plan, render=_render)
SEARCH_STYLE_SHEET = OutputKind(_SEARCH, _plan_search, render=_render_search)

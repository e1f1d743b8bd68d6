"""`[a few words]{.class lang=fr}`: a part of a text with an id, classes and attributes.

As in Pandoc and Quarto, where the class `mark` makes it marked, and `underline` underlined. What
is a link stays one.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from sitegen.content.markdown.extensions.attributes import (
    ATTRIBUTES,
    attributes_of,
    put_attributes,
)
from sitegen.content.markdown.syntax import Syntax
from sitegen.text.patterns import holds

_ELEMENTS = {"mark": "mark", "underline": "u"}
"""By the class that makes it one."""


def _install(parser: MarkdownIt) -> None:
    parser.inline.ruler.push("span", _read)


def _read(state: StateInline, silent: bool) -> bool:
    start, end = state.pos, state.posMax
    if state.src[start] != "[" or not holds(state.src, "]{"):
        return False
    label = state.md.helpers.parseLinkLabel(state, start)
    found = ATTRIBUTES.match(state.src, label + 1, end) if label > start + 1 else None
    if not found:
        return False
    if not silent:
        given = attributes_of(found[1])
        tag = _ELEMENTS.get(given.get("class", ""), "span")
        if tag != "span":
            del given["class"]
        put_attributes(state.push("span_open", tag, 1), given)
        state.pos, state.posMax = start + 1, label
        state.md.inline.tokenize(state)
        state.push("span_close", tag, -1)
    state.pos, state.posMax = found.end(), end
    return True


SPANS = Syntax("spans", _install, inline={"span": r"\]\{"})

"""Ids for headings, links to them, and the table of contents."""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml, isLinkOpen
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sitegen.content.markdown import raw_html
from sitegen.content.markdown.plain_text import RAW_HTML, text_of, written_text
from sitegen.content.markdown.reading import reading_of
from sitegen.content.markdown.syntax import NOWHERE, Syntax
from sitegen.model.document import Heading
from sitegen.text.heading_ids import HEADING_IDS, Name

ANCHOR = '<a class="anchor" href="#{}">'
"""A heading's link to itself is its text, which names it in any language."""

LINKED = re.compile(
    r'(<h[1-6][^>]*>)<a class="anchor" href="[^"]*">(.*?)</a>(?=</h[1-6]>)', re.DOTALL
)

CONTENTS = {"h2": 2, "h3": 3, "h4": 4}
"""The headings in a table of contents, and their levels."""


def without_anchors(html: str) -> str:
    """The HTML without the links that headings have to themselves."""
    return LINKED.sub(r"\1\2", html)


def _install(name: Name, parser: MarkdownIt) -> None:
    parser.core.ruler.push("take_anchors", _take_anchors)
    parser.core.ruler.push("name_headings", partial(_name_headings, name))


def _take_anchors(state: StateCore) -> None:
    """Gather the ids of the author and of footnotes, before headings get their own."""
    anchors = reading_of(state.env).anchors
    if "<" not in state.src and "{" not in state.src and "footnotes" not in state.env:
        return
    for token in state.tokens:
        if token.type == "footnote_open":
            anchors.add(f"fn{token.meta['id'] + 1}")
        elif token.type == "footnote_anchor":
            number, again = token.meta["id"] + 1, token.meta["subId"]
            anchors.add(f"fnref{number}:{again}" if again else f"fnref{number}")
        for part in (token, *(token.children or ())):
            if "id" in part.attrs:
                anchors.add(str(part.attrs["id"]))
            if part.type in RAW_HTML:
                anchors.update(raw_html.anchors(part.content))


def _name_headings(name: Name, state: StateCore) -> None:
    """Give every heading an id and a link to it, and list the outer ones as contents."""
    reading = reading_of(state.env)
    times: Counter[str] = Counter()
    for opening, inline in pairwise(state.tokens):
        if opening.type != "heading_open":
            continue
        text = text_of(inline)
        anchor = str(opening.attrGet("id") or "")
        if not anchor:
            anchor = _free(
                name(written_text(inline), inline.content) or "section", reading.anchors, times
            )
            reading.anchors.add(anchor)
            opening.attrSet("id", anchor)
        inline.children = _linked(inline.children or [], anchor)
        if text and opening.tag in CONTENTS and not opening.level:
            reading.toc.append(Heading(CONTENTS[opening.tag], anchor, text))


def _linked(parts: list[Token], anchor: str) -> list[Token]:
    """The parts as a link to the anchor, unless they hold a link already, or nothing."""
    if not parts or any(map(_is_link, parts)):
        return parts
    opening = Token("html_inline", "", 0, content=ANCHOR.format(escapeHtml(anchor)))
    return [opening, *parts, Token("html_inline", "", 0, content="</a>")]


def _is_link(part: Token) -> bool:
    if part.type in RAW_HTML:
        return isLinkOpen(part.content)
    return part.type in ("link_open", "footnote_ref")


def _free(name: str, taken: set[str], times: Counter[str]) -> str:
    """The name with the first number that makes it unique; `times` keeps this linear."""
    free = name
    while free in taken:
        times[name] += 1
        free = f"{name}-{times[name]}"
    return free


def _syntax(name: Name) -> Syntax:
    rules = dict.fromkeys(("take_anchors", "name_headings"), NOWHERE)
    return Syntax("headings", partial(_install, name), inline=rules)


HEADINGS = {anchors: _syntax(name) for anchors, name in HEADING_IDS.items()}
"""By the values of `[markdown] anchors`."""

"""Ids for headings, links to them, and the table of contents."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sitegen.content.markdown import raw_html
from sitegen.content.markdown.plain_text import RAW_HTML, text_of
from sitegen.content.markdown.reading import reading_of
from sitegen.content.markdown.syntax import NOWHERE, Syntax
from sitegen.model.document import Heading

ANCHOR = ' <a class="anchor" href="#{}" aria-hidden="true" tabindex="-1">#</a>'
"""Out of the tab order and silent: the heading's name stays its text, in any language."""

ANCHORS = re.compile(ANCHOR.format('[^"]*'))

NOT_IN_ANCHOR = re.compile(r"[^a-z0-9 _-]")
"""The ASCII characters that are left out of an id."""

CONTENTS = {"h2": 2, "h3": 3, "h4": 4}
"""The headings in a table of contents, and their levels."""


def without_anchors(html: str) -> str:
    """The HTML without the links that headings have to themselves."""
    return ANCHORS.sub("", html)


def _install(parser: MarkdownIt) -> None:
    parser.core.ruler.push("take_anchors", _take_anchors)
    parser.core.ruler.push("name_headings", _name_headings)


def _take_anchors(state: StateCore) -> None:
    """Gather the ids of the author and of footnotes, before headings get their own."""
    anchors = reading_of(state.env).anchors
    if "<" not in state.src and "footnotes" not in state.env:
        return
    for token in state.tokens:
        if token.type == "footnote_open":
            anchors.add(f"fn{token.meta['id'] + 1}")
        elif token.type == "footnote_anchor":
            number, again = token.meta["id"] + 1, token.meta["subId"]
            anchors.add(f"fnref{number}:{again}" if again else f"fnref{number}")
        for part in (token, *(token.children or ())):
            if part.type in RAW_HTML:
                anchors.update(raw_html.anchors(part.content))


def _name_headings(state: StateCore) -> None:
    """Give every heading an id and a link to it, and list the outer ones as contents."""
    reading = reading_of(state.env)
    times: Counter[str] = Counter()
    for opening, inline in pairwise(state.tokens):
        if opening.type != "heading_open":
            continue
        text = text_of(inline)
        anchor = _free(_anchor(text), reading.anchors, times)
        reading.anchors.add(anchor)
        opening.attrSet("id", anchor)
        link = Token("html_inline", "", 0, content=ANCHOR.format(anchor))
        inline.children = [*(inline.children or ()), link]
        if text and opening.tag in CONTENTS and not opening.level:
            reading.toc.append(Heading(CONTENTS[opening.tag], anchor, text))


def _anchor(text: str) -> str:
    """The id that GitHub gives to a heading with this text, or `section` where it has none."""
    if text.isascii():
        return NOT_IN_ANCHOR.sub("", text.lower()).replace(" ", "-") or "section"
    normal = unicodedata.normalize("NFC", text.lower())
    kept = (c for c in normal if c in " -_" or unicodedata.category(c)[0] in "LNM")
    return "".join(kept).replace(" ", "-") or "section"


def _free(name: str, taken: set[str], times: Counter[str]) -> str:
    """The name with the first number that makes it unique; `times` keeps this linear."""
    free = name
    while free in taken:
        times[name] += 1
        free = f"{name}-{times[name]}"
    return free


HEADINGS = Syntax(
    "headings", _install, inline=dict.fromkeys(("take_anchors", "name_headings"), NOWHERE)
)

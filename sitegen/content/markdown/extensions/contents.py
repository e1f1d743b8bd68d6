"""`[TOC]` or `[[toc]]` alone in a paragraph: the contents of the document at that place.

In capitals or not, or `[[_TOC_]]` as on GitLab. Where `[toc]` is the label of a link, it
stays one. The theme shows no other contents on that page (`outputs/pages/document`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from sitegen.content.markdown.reading import reading_of, render_rule
from sitegen.content.markdown.syntax import NOWHERE, Syntax
from sitegen.model.document import OWN_CONTENTS, Heading, placeholder

_MARK = re.compile(r"\[(?:TOC|toc|\[(?:TOC|toc|_TOC_)\])\]")


def _install(parser: MarkdownIt) -> None:
    parser.core.ruler.after("block", "contents", _mark)
    parser.add_render_rule("contents", render_rule(lambda _, reading: _html(reading.toc)))


def _mark(state: StateCore) -> None:
    """Put a token for the contents in place of each mark, before that is read as a link."""
    is_label = "TOC" in state.env.get("references", {})
    if is_label or not _MARK.search(state.src):
        return
    tokens, gone = state.tokens, set[int]()
    for number, token in enumerate(tokens):
        if token.type == "inline" and _MARK.fullmatch(token.content):
            before = tokens[number - 1]
            if before.type == "paragraph_open":
                before.type, before.tag, before.nesting = "contents", "", 0
                gone |= {number, number + 1}
    if gone:
        state.tokens = [token for number, token in enumerate(tokens) if number not in gone]
        reading_of(state.env).uses.add(OWN_CONTENTS)


def _html(headings: Iterable[Heading]) -> str:
    """The headings as lists, one within the other, each as deep as its heading."""
    html, levels = list[str](), list[int]()
    for heading in headings:
        while len(levels) > 1 and levels[-1] > heading.level:
            levels.pop()
            html.append("</li>\n</ul>\n")
        if levels and levels[-1] >= heading.level:
            html.append("</li>\n")
        else:
            levels.append(heading.level)
            html.append("<ul>\n" if len(levels) == 1 else "\n<ul>\n")
        text = escape(heading.text, quote=False)
        html.append(f'<li><a href="#{escape(heading.id)}">{text}</a>')
    if not html:
        return ""
    closing = "</li>\n</ul>\n" * len(levels)
    label = placeholder("contents")
    return f'<nav class="contents" aria-label="{label}">\n{"".join(html)}{closing}</nav>\n'


CONTENTS_LIST = Syntax("contents", _install, inline={"contents": NOWHERE})

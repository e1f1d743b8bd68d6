"""Links to the site itself: their places in the source, and placeholders for where they lead.

markdown-it knows the lines of a block only. `_placed` makes the inline rules remember where in
the content of its block a link is, and `positions` finds that content in the source again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from html import unescape
from itertools import pairwise

from markdown_it import MarkdownIt, rules_inline
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from sitegen.content.markdown import raw_html
from sitegen.content.markdown.plain_text import RAW_HTML
from sitegen.content.markdown.positions import Content, Lines
from sitegen.content.markdown.reading import Reading, reading_of
from sitegen.content.markdown.syntax import NOWHERE, Syntax
from sitegen.model.document import Link, placeholder
from sitegen.text.urls import MISTYPED_SCHEME

ABSOLUTE = re.compile(
    rf"https?://|(?!id:|cell:|(?i:file):|{MISTYPED_SCHEME}:)(?:[A-Za-z][A-Za-z0-9+.-]+:|//)"
)
"""The start of an external URL, or of one that is left as it is (RFC 3986 §4.2, §4.3). None
is a path on the computer of the author, with `file:` or a drive of one letter, or `htps:`."""

NORMAL = re.compile(
    r"https?://[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,3}(?:[/?#][\w;/?:@&=+$,.!~*()#-]*)?", re.ASCII
)
"""URLs of which every part is what normalizing makes of it: nothing to encode, no user, no port."""

InlineRule = Callable[[StateInline, bool], bool]


def _install(parser: MarkdownIt) -> None:
    normalized = partial(_normalized, parser.normalizeLink)
    parser.normalizeLink = normalized  # type: ignore[method-assign]
    for name, rule in PLACED.items():
        parser.inline.ruler.at(name, rule)
    parser.core.ruler.push("take_links", _take_links)


def _normalized(encoded: Callable[[str], str], url: str) -> str:
    """A link within the site as written, so that a message can show it; others encoded."""
    if _is_local(url) and url.isprintable():
        return url
    return url if NORMAL.fullmatch(url) else encoded(url)


def _is_local(url: str) -> bool:
    return not ABSOLUTE.match(url)


def _placed(rule: InlineRule) -> InlineRule:
    """The rule, which now leaves on its first token where in the content it matched."""

    def placed(state: StateInline, silent: bool) -> bool:
        start, index = state.pos, len(state.tokens)
        matched = rule(state, silent)
        if matched and not silent:
            if state.tokens[index].type == "text":  # was pending before the match
                index += 1
            state.tokens[index].meta["span"] = (start, state.pos)
        return matched

    return placed


PLACED = {
    "link": _placed(rules_inline.link),
    "image": _placed(rules_inline.image),
    "autolink": _placed(rules_inline.autolink),
    "html_inline": _placed(rules_inline.html_inline),
}


def _take_links(state: StateCore) -> None:
    """Put placeholders for all links that lead to the site itself."""
    reading = reading_of(state.env)
    reading.lines = Lines(state.src)
    for before, token in pairwise((Token("", "", 0), *state.tokens)):
        if token.type not in ("html_block", "inline"):
            continue
        parts = [
            part
            for part in (token, *(token.children or ()))
            if ("span" in part.meta or part.type in RAW_HTML) and _may_lead_here(part)
        ]
        # The cells of a row are found one behind the other.
        if parts or before.type in ("th_open", "td_open"):
            content = reading.lines.content(before, token)
            for part in parts:
                _take_link(reading, part, content)


def _may_lead_here(link: Token) -> bool:
    return link.type in RAW_HTML or _is_local(str(link.attrs[_attribute(link)]))


def _attribute(token: Token) -> str:
    """The name of the attribute that has the URL of a link or an image."""
    return "src" if token.type == "image" else "href"


def _take_link(reading: Reading, token: Token, content: Content) -> None:
    start, end = token.meta.get("span", (0, 0))
    if token.type in RAW_HTML:
        token.content = _with_placeholders(reading, token.content, content, start)
    else:
        name = _attribute(token)
        href = str(token.attrs[name])
        token.attrs[name] = _placeholder(reading, href, content, start, end) or href


def _placeholder(reading: Reading, href: str, content: Content, start: int, end: int) -> str | None:
    """The placeholder for a link at that place; None for an external one."""
    if not _is_local(href):
        return None
    line, column, length = content.place(start, end)
    reading.links.append(Link(href, reading.line + line, column + 1, length))
    return placeholder(len(reading.links) - 1)


def _with_placeholders(reading: Reading, html: str, content: Content, start: int) -> str:
    """Raw HTML, which starts there in the content, with placeholders for its links."""

    def placeholder(url: str, offset: int) -> str | None:
        place = start + offset
        return _placeholder(reading, unescape(url), content, place, place + len(url))

    return raw_html.with_urls(html, placeholder)


LOCAL_LINKS = Syntax("links", _install, inline=dict.fromkeys((*PLACED, "take_links"), NOWHERE))

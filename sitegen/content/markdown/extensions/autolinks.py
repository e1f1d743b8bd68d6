"""Bare URLs and e-mail addresses as links, as GitHub has them (GFM 0.29 §6.9).

A URL is found where text is read, so that what it holds is never emphasis or an entity, and runs up
to the next space or `<`. An e-mail address is found in finished text. Nothing is a link inside
another, be it of Markdown or of raw HTML. Where GitHub itself goes further than the specification,
so does this: a URL with a scheme may follow any character but a letter or digit, and its host may
be one name, as in `http://localhost:8000`. A bracket that the URL does not open ends it.

Linear in the length of the text: no host is longer than DNS allows, and each end is cut off once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt, rules_inline
from markdown_it.common.utils import isLinkClose, isLinkOpen
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from sitegen.content.markdown.syntax import Syntax

START = re.compile(
    r"""(?<![A-Za-z0-9]) (?i:https?|ftp)(?=:) | (?:(?<=[\s*_~([]) | (?<!.)) www\.""",
    re.VERBOSE | re.DOTALL,
)
"""Where a URL may begin."""

HEAD = re.compile(r"(?:(?i:https?|ftp)://|www\.)([\w-]+(?:\.[\w-]+)*)")
"""How a URL starts, with its host."""

LONGEST_HEAD = len("https://") + 253
"""Characters, as DNS has them (RFC 1035 §2.3.4)."""

STOP = re.compile(r"[\s<]")

END = (
    "?!.,:*_~'\""
    + "\u201d\u2019\u00bb\u2026\u3002\uff0c\u3001\uff01\uff1f\uff1a\uff1b\uff09\u300d\u300f"
)
"""What ends a sentence or a quotation, and no URL; GitHub knows the ASCII ones."""

ENTITY = re.compile(r"&[A-Za-z0-9]+;\Z")

LONGEST_ENTITY = 40
"""Characters in which the longest entity of HTML has its place."""

OPENING = {")": "(", "]": "["}

EMAIL = re.compile(
    r"""
    (?<![\w.+/-]) (?:mailto:|(?P<chat>xmpp:))?+ [A-Za-z0-9.+_-]++
    @ [A-Za-z0-9_-]++ (?:\.[A-Za-z0-9_-]++)++ (?<![_-]) (?(chat) (?:/[A-Za-z0-9@.]*[A-Za-z0-9@])? )
    """,
    re.VERBOSE,
)


def _install(parser: MarkdownIt) -> None:
    parser.inline.ruler.at("text", _text)
    parser.core.ruler.push("link_emails", _link_emails)


def _text(state: StateInline, silent: bool) -> bool:
    """A URL, or the text in front of one; in a link, and to find out where one ends, any text."""
    start, pending = state.pos, state.pending
    if silent or state.linkLevel > 0:
        return rules_inline.text(state, silent)
    if START.match(state.src, start) and (url := _url(state.src, start, state.posMax)):
        return _push_url(state, url)
    if not rules_inline.text(state, silent):
        return False
    # The colon behind a scheme ends the text.
    if found := START.search(state.src, start + 1, state.pos + 1):
        state.pos = found.start()
        state.pending = pending + state.src[start : state.pos]
    return True


def _url(text: str, start: int, end: int) -> str | None:
    """The URL that starts there, or None for what only looks like one."""
    head = HEAD.match(text, start, min(end, start + LONGEST_HEAD))
    if not head or any("_" in label for label in head[1].split(".")[-2:]):
        return None
    stop = STOP.search(text, head.end(), end)
    return _without_end(text[start : stop.start() if stop else end])


def _without_end(url: str) -> str:
    """The URL without the punctuation, entities and closing brackets that are the sentence's."""
    surplus = {c: url.count(c) - url.count(opening) for c, opening in OPENING.items()}
    end = len(url)
    while True:
        last = url[end - 1]
        if last == ";":
            entity = ENTITY.search(url, max(0, end - LONGEST_ENTITY), end)
            end = entity.start() if entity else end - 1
        elif last in END:
            end -= 1
        elif surplus.get(last, 0) > 0:
            surplus[last] -= 1
            end -= 1
        else:
            return url[:end]


def _push_url(state: StateInline, url: str) -> bool:
    href = state.md.normalizeLink(url if "://" in url else f"http://{url}")
    if not state.md.validateLink(href):
        return False
    state.push("link_open", "a", 1).attrs = {"href": href}
    state.push("text", "", 0).content = url
    state.push("link_close", "a", -1)
    state.pos += len(url)
    return True


def _link_emails(state: StateCore) -> None:
    if "@" not in state.src:
        return
    for token in state.tokens:
        if "@" in token.content and token.children:
            token.children = list(_with_emails(token.children))


def _with_emails(parts: list[Token]) -> Iterator[Token]:
    depth = 0  # of the links around a part
    for part in parts:
        depth += _opened(part)
        if part.type == "text" and depth <= 0 and "@" in part.content:
            yield from _split(part.content)
        else:
            yield part


def _opened(part: Token) -> int:
    """1 where a link starts, −1 where one ends, else 0."""
    if part.type == "html_inline":
        return isLinkOpen(part.content) - isLinkClose(part.content)
    return (part.type == "link_open") - (part.type == "link_close")


def _split(text: str) -> Iterator[Token]:
    end = 0
    for found in EMAIL.finditer(text):
        address = found[0]
        href = address if ":" in address else f"mailto:{address}"
        yield Token("text", "", 0, content=text[end : found.start()])
        yield Token("link_open", "a", 1, attrs={"href": href})
        yield Token("text", "", 0, content=address)
        yield Token("link_close", "a", -1)
        end = found.end()
    yield Token("text", "", 0, content=text[end:])


AUTOLINKS = Syntax(
    "autolinks",
    _install,
    inline={
        # Behind `](` is the destination of a link, or what `prose` reads no further than, but not
        # where the bracket is escaped.
        "text": r":(?<!(?<!\\)\]\(http:)(?<!(?<!\\)\]\(https:)//[\w-]|\.(?<=www\.)(?<!/www\.)[\w-]",
        "link_emails": r"@(?<=[A-Za-z0-9.+_-]@)[A-Za-z0-9_-]",
    },
)

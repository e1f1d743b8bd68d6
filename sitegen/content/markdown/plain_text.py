"""The text of tokens, without their markup."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.token import Token

RAW_HTML = ("html_block", "html_inline")
"""The types of tokens that hold raw HTML."""

CODE = ("fence", "code_block")
"""The types of tokens that hold a block of code."""

CAPTION = "caption"
"""The type of the token that holds the caption of an image."""

ALERT = "alert"
"""What the tokens around an alert are called: `alert_open`, `alert_close`."""

NO_TEXT_IN_RUN = re.compile(r"(<(?:code>.*?</code>|[^>]*>))", re.DOTALL)
"""What is no text in the HTML of a run of plain prose (`fast/prose`)."""

EMOJI_TYPE = "emoji"
"""The type of the token that is an emoji, and has its name as its markup."""

WIKILINK_TITLE = "wikilink_title"
"""The type of the token for the title of what the link before it leads to; it has the name of that
as its content."""

WITHOUT_TEXT = ("html_inline", "image", CAPTION)
"""The types of tokens in a text that are no part of it."""


AS_TYPED = "written"
"""In the meta of an inline token whose texts were set in another way: its children before that."""


def written_parts(token: Token) -> Sequence[Token]:
    """The children of an inline token as its author wrote them."""
    return token.meta.get(AS_TYPED, token.children) or ()


def written_text(token: Token) -> str:
    """The text of an inline token as its author wrote it, on one line."""
    parts = written_parts(token)
    return folded("".join(p.markup if p.type == EMOJI_TYPE else text_of_part(p) for p in parts))


def text_of(token: Token) -> str:
    """The text of an inline token on one line, without HTML and the texts of images."""
    return folded(text_with_breaks(token))


def text_with_breaks(token: Token) -> str:
    """The same text, with all of its spaces; of a block of code, the code."""
    if token.type in CODE:
        return token.content
    return "".join(map(text_of_part, token.children or ()))


def text_of_part(part: Token) -> str:
    """The text of a child of an inline token."""
    if part.type in ("softbreak", "hardbreak"):
        return " "
    return "" if part.type in WITHOUT_TEXT else part.content


def folded(text: str) -> str:
    """The text with one space for each run of white space, and none around it."""
    return " ".join(text.split())

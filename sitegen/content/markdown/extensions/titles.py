"""A `# heading` at the top as the title of the document, which the page shows above its body."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sitegen.content.markdown.plain_text import folded, text_of, written_text
from sitegen.content.markdown.reading import reading_of
from sitegen.content.markdown.syntax import NOWHERE, Syntax

COMMENTS = re.compile(r"(?:<!--.*?-->\s*)+", re.DOTALL)
"""What readers do not see, and a title may therefore stand below."""


def _install(parser: MarkdownIt) -> None:
    parser.core.ruler.push("take_title", _take_title)


def _take_title(state: StateCore) -> None:
    """Take out the heading at the top: it is the title, or repeats that of the front matter.

    A heading further down is one of the text, and stays in it.
    """
    reading = reading_of(state.env)
    first = next((at for at, token in enumerate(state.tokens) if not _is_comment(token)), 0)
    heading = state.tokens[first : first + 3]
    if not heading or heading[0].tag != "h1" or not (text := text_of(heading[1])):
        return
    if reading.given_title is None:
        reading.title = text
    elif not _is_titled(heading[1], folded(reading.given_title).casefold()):
        return
    del state.tokens[first : first + 3]


def _is_titled(heading: Token, title: str) -> bool:
    """Whether it is that title, with its markup or without."""
    return title in (written_text(heading).casefold(), folded(heading.content).casefold())


def _is_comment(token: Token) -> bool:
    return token.type == "html_block" and COMMENTS.fullmatch(token.content) is not None


TITLES = Syntax("titles", _install, inline={"take_title": NOWHERE})

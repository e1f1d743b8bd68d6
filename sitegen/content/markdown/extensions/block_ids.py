"""` ^id` at the end of a paragraph or an item, and `^id` alone below any other block, of Obsidian.

It is the id of that block, as `{#id}` is, and `[[name#^id]]` leads there. A number of up to three
digits is none: in texts that know nothing of this, `^1` is the mark of a note.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sitegen.content.markdown.extensions.attributes import LEAVES
from sitegen.content.markdown.reading import reading_of
from sitegen.content.markdown.syntax import NOWHERE, Syntax

_ID = re.compile(r"(?:^|(?<=[ \t\n]))\^(?!\d{1,3}$)([A-Za-z0-9][A-Za-z0-9-]*)$")


def _install(parser: MarkdownIt) -> None:
    parser.core.ruler.after("block", "block_ids", _take)


def _take(state: StateCore) -> None:
    """Give blocks their ids, before their contents are read."""
    if "^" not in state.src:
        return
    tokens, left = iter(state.tokens), list[Token]()
    for token in tokens:
        found = _ID.search(token.content) if token.type == "inline" else None
        if found and left[-1].type == "paragraph_open":
            text = token.content[: found.start()].rstrip()
            named = _paragraph(left) if text else _block_above(left)
            if named and "id" not in named.attrs:
                named.attrSet("id", found[1])
                reading_of(state.env).anchors.add(found[1])
                token.content = text
                if not text:  # the paragraph is gone, with its end
                    left.pop()
                    next(tokens)
                    continue
        left.append(token)
    state.tokens = left


def _paragraph(tokens: list[Token]) -> Token:
    """The paragraph that the last token opens, or the item that it begins or is all of."""
    *before, paragraph = tokens
    if paragraph.hidden or (before and before[-1].type == "list_item_open"):
        return _opening(before, paragraph.level - 1)
    return paragraph


def _block_above(tokens: list[Token]) -> Token | None:
    """The block above the paragraph that the last token opens; None for none, or a heading."""
    *before, paragraph = tokens
    last = before[-1] if before else paragraph
    if last.level != paragraph.level or not last.tag or last.type == "heading_close":
        return None
    if last.type in LEAVES:
        return last
    return _opening(before, last.level) if last.nesting < 0 else None


def _opening(tokens: list[Token], level: int) -> Token:
    """The last that opens a block of this level."""
    return next(it for it in reversed(tokens) if it.level == level and it.nesting > 0)


BLOCK_IDS = Syntax("block ids", _install, inline={"block_ids": NOWHERE})

"""`~~deleted~~` and `~deleted~`, as GitHub has them (GFM 0.29 §6.5).

A single tilde means other things too, so a pair of them strikes out only what it surrounds as
quotation marks would: `~/src and ~/bin`, `~5 to ~10`, `HEAD~2..HEAD~1` and `H~2~O` are none. Nor
is a tilde beside a character of East Asia, whose languages use it as punctuation.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, strikethrough

from sitegen.content.markdown.syntax import Syntax

_EAST_ASIA = "\u2e80"
"""The first character of its scripts; those of most other languages are before it."""


def _install(parser: MarkdownIt) -> None:
    parser.enable("strikethrough")
    parser.options["strikethrough_single_tilde"] = True
    parser.inline.ruler.at("strikethrough", _delimit)


def _delimit(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "~" or not _may_strike(state.src, state.pos):
        return False
    return strikethrough.tokenize(state, silent)


def _may_strike(text: str, at: int) -> bool:
    """Whether it is one of several tildes, or a single one at an edge of words."""
    before, after = text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
    if after == "~":
        return True
    if max(before, after) >= _EAST_ASIA:
        return False
    opens = not (before.isalnum() or before in "/_)]}*`>^") and (after.isalnum() or after in "*_[`")
    closes = not (before.isspace() or before == "/") and not (after.isalnum() or after in "/_")
    return opens or closes


STRIKETHROUGH = Syntax("strikethrough", _install, inline={"strikethrough": r"~(?:~|[^\s~/][^~]*~)"})

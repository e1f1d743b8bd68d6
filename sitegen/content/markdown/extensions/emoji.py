"""`:tada:`: emoji by the names that GitHub knows them by. A name that is none stays text.

No name is part of a word, an address or a time: `10:30:20`, `std::vector::end` and `:x:y`. Behind
one emoji there may be another.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from sitegen.content.markdown.plain_text import EMOJI_TYPE
from sitegen.content.markdown.reading import render_rule
from sitegen.content.markdown.syntax import Syntax

_NAME = re.compile(
    r"(?<![A-Za-z0-9_/]):([a-z0-9_+-]+):(?=(?::[a-z0-9_+-]+:){0,20}+(?![A-Za-z0-9_:/`]))"
)


def _install(parser: MarkdownIt) -> None:
    parser.inline.ruler.before("emphasis", "emoji", _read)
    parser.add_render_rule(EMOJI_TYPE, render_rule(lambda token, _: token.content))


def _read(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos - 1 : state.pos] == ":" and not _is_behind_emoji(state):
        return False
    found = _NAME.match(state.src, state.pos, state.posMax)
    emoji = _emoji(found[1]) if found else None
    if not found or emoji is None:
        return False
    if not silent:
        token = state.push(EMOJI_TYPE, "", 0)
        token.content, token.markup = emoji, found[0]
    state.pos = found.end()
    return True


def _is_behind_emoji(state: StateInline) -> bool:
    return bool(state.tokens) and not state.pending and state.tokens[-1].type == EMOJI_TYPE


def _emoji(name: str) -> str | None:
    from sitegen.content.markdown.extensions.emoji_names import EMOJI  # few texts hold any

    return EMOJI.get(name)


EMOJI_CODES = Syntax("emoji", _install, inline={"emoji": ":[a-z0-9_+-]+:"})

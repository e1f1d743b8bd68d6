"""A block of code that stays beside the prose about it: what is between `::: walk` and `:::`.

The first block comes before the prose, wherever it is written: on a wide screen the theme pins it
beside that, and everywhere else it is read first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sitegen.content.markdown.extensions.containers import add_container, within
from sitegen.content.markdown.reading import Reading, reading_of
from sitegen.content.markdown.syntax import NOWHERE, Syntax
from sitegen.model.diagnostics import Diagnostic

WALK = "walk"
"""What the container, its class and its part of the theme are called."""
_OPEN, _CLOSE = f"{WALK}_open", f"{WALK}_close"


def _install(parser: MarkdownIt) -> None:
    add_container(parser, WALK, within("div", WALK, WALK))
    parser.core.ruler.push("walks", _arrange)


def _arrange(state: StateCore) -> None:
    """Put the first block of each walk before its prose, and that into a box of its own."""
    if any(token.type == _OPEN for token in state.tokens):
        state.tokens = list(_arranged(state.tokens, reading_of(state.env)))


def _arranged(tokens: Sequence[Token], reading: Reading) -> Iterator[Token]:
    pinned: list[Token] = []
    for index, token in enumerate(tokens):
        if token.type == _OPEN:
            block = _first_block(tokens, index)
            yield token
            if block is None:
                reading.diagnostics.append(_without_block(token, reading))
                continue
            pinned.append(block)
            reading.uses.add(WALK)
            yield block
            yield Token("walk_prose_open", "div", 1, block=True, level=token.level + 1)
        elif token.type == _CLOSE and pinned and pinned[-1].level == token.level + 1:
            pinned.pop()
            yield Token("walk_prose_close", "div", -1, block=True, level=token.level + 1)
            yield token
        elif not any(token is block for block in pinned):
            yield token


def _first_block(tokens: Sequence[Token], opening: int) -> Token | None:
    level = tokens[opening].level
    for token in tokens[opening + 1 :]:
        if token.type == _CLOSE and token.level == level:
            return None
        if token.level == level + 1 and "block" in token.meta:
            return token
    return None


def _without_block(opening: Token, reading: Reading) -> Diagnostic:
    row = (opening.map or (0,))[0]
    text = reading.lines.lines[row]
    problem = Diagnostic(
        "SG422",
        "a walk without a block of code to walk through",
        hint="put the block between '::: walk' and ':::', beside the text about it",
    )
    column = text.find(opening.markup)
    length = len(text.rstrip()) - column
    return replace(problem, line=reading.line + row, column=column + 1, length=length)


WALKS = Syntax("walks", _install, inline={"walks": NOWHERE})

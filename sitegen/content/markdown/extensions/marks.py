"""`==marked==` and `++inserted++`, around any text of a paragraph.

Authors write about code, so a pair never stands where an operator does: it opens before and closes
behind a text without space, and outside of it is no letter, digit or `_` of ASCII and no other sign
of a comparison. `a == b`, `a==b` and `C++` stay text; scripts without spaces between words can mark
a part of a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from string import ascii_letters, digits

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

from sitegen.content.markdown.syntax import Syntax

_OPERATOR = frozenset(f"{ascii_letters}{digits}_=!<>+")
"""The characters beside which `==` and `++` are part of code."""


def _marks(sign: str, tag: str) -> Syntax:
    """The syntax of an element whose text is between two of these signs."""
    return Syntax(tag, partial(_install, sign, tag), inline={tag: "".join(f"\\{c}" for c in sign)})


def _install(sign: str, tag: str, parser: MarkdownIt) -> None:
    parser.inline.ruler.before("emphasis", tag, partial(_delimit, sign))
    parser.inline.ruler2.before("fragments_join", tag, partial(_pair, sign, tag))


def _delimit(sign: str, state: StateInline, silent: bool) -> bool:
    """A sign that may open or close an element."""
    start, end = state.pos, state.pos + len(sign)
    if silent or not state.src.startswith(sign, start):
        return False
    before = state.src[start - 1] if start else " "
    after = state.src[end] if end < state.posMax else " "
    opens = before not in _OPERATOR and not after.isspace() and after != sign[0]
    closes = after not in _OPERATOR and not before.isspace() and before != sign[0]
    if not (opens or closes):
        return False
    state.push("text", "", 0).content = sign
    token = len(state.tokens) - 1
    state.delimiters.append(Delimiter(ord(sign[0]), 0, token, -1, opens, closes))
    state.pos = end
    return True


def _pair(sign: str, tag: str, state: StateInline) -> None:
    """Make elements of the pairs that were found, those within links too."""
    for found in (state.delimiters, *(meta["delimiters"] for meta in state.tokens_meta if meta)):
        for opening in found:
            if opening.marker == ord(sign[0]) and opening.end >= 0:
                _become(state, (opening, found[opening.end]), tag)


def _become(state: StateInline, pair: Sequence[Delimiter], tag: str) -> None:
    for delimiter, name, nesting in zip(pair, ("open", "close"), (1, -1), strict=True):
        token = state.tokens[delimiter.token]
        token.type, token.tag, token.content = f"{tag}_{name}", tag, ""
        token.nesting = nesting  # type: ignore[assignment]  # mypy takes no literals out of a tuple


MARKED = _marks("==", "mark")
INSERTED = _marks("++", "ins")

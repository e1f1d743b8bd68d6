"""`*[HTML]: HyperText Markup Language`: what an abbreviation stands for, wherever it is written.

A definition is a line of its own, anywhere in the document, and shows nothing itself. The word is
explained where it stands alone in a text: not in code, raw HTML, or as part of another word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sitegen.content.markdown.plain_text import NO_TEXT_IN_RUN
from sitegen.content.markdown.syntax import NOWHERE, Syntax

_DEFINITION = re.compile(r"\*\[([^\[\]\n]{1,60})\]:[ \t]+(\S[^\n]*)")
_KNOWN = "abbreviations"
"""Their key in the environment of a parser."""


def _install(parser: MarkdownIt) -> None:
    ends = ["paragraph", "reference"]
    parser.block.ruler.before("reference", "abbreviation", _define, {"alt": ends})
    parser.core.ruler.push("abbreviations", _explain)


def _define(state: StateBlock, line: int, _: int, silent: bool) -> bool:
    """A line that says what an abbreviation stands for; the first one counts."""
    begin = state.bMarks[line] + state.tShift[line]
    if not state.src.startswith("*[", begin) or state.is_code_block(line):
        return False
    found = _DEFINITION.fullmatch(state.src, begin, state.eMarks[line])
    if found and not silent:
        known = state.env.setdefault(_KNOWN, {})
        known.setdefault(found[1].strip(), found[2].strip())
        state.line = line + 1
    return bool(found)


def _explain(state: StateCore) -> None:
    known: Mapping[str, str] = state.env.get(_KNOWN, {})
    if not known:
        return
    names = sorted(map(re.escape, known), key=len, reverse=True)
    word = re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)")
    for block in state.tokens:
        if block.children and word.search(block.content):
            block.children = [
                part for token in block.children for part in _explained(token, word, known)
            ]


def _explained(token: Token, word: re.Pattern[str], known: Mapping[str, str]) -> list[Token]:
    """The token with its abbreviations as elements."""
    if token.type == "run":
        parts = NO_TEXT_IN_RUN.split(token.info)
        parts[::2] = [
            word.sub(lambda found: f"{_opening(known[found[0]])}{found[0]}</abbr>", part)
            for part in parts[::2]
        ]
        token.info = "".join(parts)
    if token.type != "text":
        return [token]
    made, end = list[Token](), 0
    for found in word.finditer(token.content):
        made += (
            Token("text", "", 0, content=token.content[end : found.start()]),
            Token("abbr_open", "abbr", 1, attrs={"title": known[found[0]]}),
            Token("text", "", 0, content=found[0]),
            Token("abbr_close", "abbr", -1),
        )
        end = found.end()
    return [*made, Token("text", "", 0, content=token.content[end:], level=token.level)]


def _opening(meaning: str) -> str:
    return f'<abbr title="{escape(meaning)}">'


ABBREVIATIONS = Syntax(
    "abbreviations",
    _install,
    block={"abbreviation": "*"},
    inline={"abbreviations": NOWHERE},
)

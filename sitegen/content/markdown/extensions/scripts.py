"""`E = mc^2^` and `H~2~O`: text that is raised or lowered behind a word.

What is between the signs is short, and has no space and nothing that needs another syntax. So
`2^8^2`, `e^x-e^-x`, `~/src and ~/bin`, `HEAD~2..HEAD~1` and `3~5個~` stay text. A letter is behind
what is raised only in a product of matrices, as in `A^T^A`.
"""

from __future__ import annotations

import re
from functools import partial

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from sitegen.content.markdown.syntax import Syntax

_LETTERS = "A-Za-z0-9\u00c0-\u024f\u0370-\u03ff"
"""Digits, and the letters of formulas. In some scripts without spaces `~` ends a sentence."""
_TEXT = rf"(?!\.)(?:[{_LETTERS}+\u2212=()*,\u2032'-]|\.(?!\.)){{1,20}}"

_BEHIND = r"""\s.,;:!?)\]}*_|"'/~\u2013-\u2026\u3001-\u3011\uff01-\uff1f"""

_RAISED = re.compile(
    rf"""(?<=[\w)\]}}*`"'>%°~])\^({_TEXT})\^(?=[{_BEHIND}]|$|(?<=[A-Z]\^T\^)[A-Z])"""
)
_LOWERED = re.compile(rf"(?<=[{_LETTERS})\]*_`>^])~({_TEXT})~(?!~)")


def _script(tag: str, pattern: re.Pattern[str], sign: str) -> Syntax:
    return Syntax(tag, partial(_install, tag, pattern), inline={tag: sign})


def _install(tag: str, pattern: re.Pattern[str], parser: MarkdownIt) -> None:
    parser.inline.ruler.before("emphasis", tag, partial(_read, tag, pattern))


def _read(tag: str, pattern: re.Pattern[str], state: StateInline, silent: bool) -> bool:
    if not (found := pattern.match(state.src, state.pos, state.posMax)):
        return False
    if not silent:
        state.push(f"{tag}_open", tag, 1)
        state.push("text", "", 0).content = found[1]
        state.push(f"{tag}_close", tag, -1)
    state.pos = found.end()
    return True


SUPERSCRIPTS = _script("sup", _RAISED, r"\^[^\s^]{1,20}\^")
SUBSCRIPTS = _script("sub", _LOWERED, r"~[^\s~]{1,20}~")

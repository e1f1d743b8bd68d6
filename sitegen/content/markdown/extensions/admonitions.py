"""Alerts as Material for MkDocs has them: a line of `!!!`, and below it an indented text.

    !!! note "Title"            ??? tip                     ???+ warning inline end ""
        Text.                       Folded.                     Unfolded, without a title.

The words behind the type say that a box floats, which boxes here never do. What has no text below
it is text itself, but for a known type that stands alone.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from sitegen.content.markdown.extensions.alerts import (
    ALERT_KINDS,
    Alert,
    around,
    kind_named,
    render_titles,
)
from sitegen.content.markdown.reading import reading_of
from sitegen.content.markdown.syntax import Syntax

_LINE = re.compile(
    r"""(!!!|\?\?\?\+?)[ \t]*([A-Za-z][\w-]*)((?:[ \t]+[\w-]+)*)(?:[ \t]+"(.*)")?[ \t]*"""
)
_INDENT = 4
"""Columns by which its text is further to the right."""


def _install(parser: MarkdownIt) -> None:
    ends = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.before("fence", "admonitions", _admonition, {"alt": ends})
    render_titles(parser)


def _admonition(state: StateBlock, row: int, end: int, silent: bool) -> bool:
    begin = state.bMarks[row] + state.tShift[row]
    if not state.src.startswith(("!!!", "???"), begin) or state.is_code_block(row):
        return False
    if not (line := _LINE.fullmatch(state.src, begin, state.eMarks[row])):
        return False
    after = end_of_indented(state, row, end)
    is_known = line[2].lower() in ALERT_KINDS
    if after == row + 1 and not (is_known and not line[3]):
        return False
    if not silent:
        _read(state, row, after, line)
    return True


def end_of_indented(state: StateBlock, start: int, end: int) -> int:
    """The row behind the indented text below a row, without the empty lines at its end."""
    after = start + 1
    for row in range(after, end):
        if state.isEmpty(row):
            continue
        if state.sCount[row] < state.blkIndent + _INDENT:
            break
        after = row + 1
    return after


def _read(state: StateBlock, row: int, after: int, line: re.Match[str]) -> None:
    start = state.src.rfind("\n", 0, line.start()) + 1
    place = (row, line.start(2) - start, len(line[2]))
    kind = kind_named(line[2], lambda: place, reading_of(state.env))
    alert = Alert(kind, line[4], None if line[1] == "!!!" else line[1].endswith("+"))
    with around(alert, state, row):
        read_indented(state, row, after)


def read_indented(state: StateBlock, row: int, after: int) -> None:
    """Read the indented text below a row as blocks, and leave `state.line` behind it."""
    line_max, parent = state.lineMax, state.parentType
    state.lineMax, state.parentType = after, "container"
    state.blkIndent += _INDENT
    state.md.block.tokenize(state, row + 1, after)
    state.blkIndent -= _INDENT
    state.lineMax, state.parentType, state.line = line_max, parent, after


ADMONITIONS = Syntax("admonitions", _install, block={"admonitions": "!?"})

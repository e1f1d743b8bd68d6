"""The blocks of Markdown, read by markdown-it's rules, of which only those are asked that can match.

Two things are ours. A line's first character decides which rules are asked about it, in their
order: every rule in `FIRSTS` returns at once where it sees another one. And `plain` reads a
paragraph of lines that nothing but a paragraph can start or go on with, as most of a post is; in
doubt it returns False, and the rules behind it decide.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

from markdown_it.common.utils import mdTrim
from markdown_it.parser_block import ParserBlock
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock

Rule = Callable[[StateBlock, int, int, bool], bool]

FIRSTS = {
    "blockquote": ">",
    "fence": "`~",
    "footnote_def": "[",
    "heading": "#",
    "hr": "*-_",
    "html_block": "<",
    "list": "*+-0123456789",
    "math_block": "$",
    "reference": "[",
}
"""The characters that a block of these rules starts with. The others are asked always."""

NONE = "no such character"

PLAIN = re.compile(
    r"""
      [^\s#>|:~=+\-*_`<$\[0-9]  # `|`, `:`, `~`, `=`, `-` tell what the line above is
    | \[(?!\^)
    | `(?!``)
    | \*+[^\s*]
    | _+[^\s_]
    | [0-9]+(?![0-9.)])
    """,
    re.VERBOSE,
)
"""How a line starts that goes on with a paragraph, whatever stands above and below it."""


class Blocks(ParserBlock):
    """The block parser of markdown-it with a shorter way to the rule that matches."""

    def __init__(self, ruler: Ruler[Rule]) -> None:
        self.ruler = ruler
        ruler.before("table", "plain", plain)

    @cached_property
    def _asked(self) -> dict[str, list[Rule]]:
        """The rules to ask, by the first character of a line; behind `NONE` for all others."""
        named = tuple(zip(self.ruler.get_active_rules(), self.ruler.getRules(""), strict=True))
        return {
            first: [rule for name, rule in named if name not in FIRSTS or first in FIRSTS[name]]
            for first in (NONE, *"".join(FIRSTS.values()))
        }

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803
        """Read the lines into `state.tokens`, and leave `state.line` on the next one."""
        begins, shifts, ends = state.bMarks, state.tShift, state.eMarks
        line, was_empty = startLine, False
        while line < endLine:
            state.line = line = state.skipEmptyLines(line)
            if line >= endLine or state.sCount[line] < state.blkIndent:
                return
            if state.level >= state.md.options.maxNesting:
                state.line = endLine
                return
            self._read(state, line, endLine)
            state.tight = not was_empty  # the last empty line is that before the next block
            line = state.line
            if line - 1 < endLine and begins[line - 1] + shifts[line - 1] >= ends[line - 1]:
                was_empty = True
            if line < endLine and begins[line] + shifts[line] >= ends[line]:
                was_empty = True
                state.line = line = line + 1

    def _read(self, state: StateBlock, line: int, end: int) -> None:
        """Read the block that starts on a line which is not empty."""
        first = state.src[state.bMarks[line] + state.tShift[line]]
        if state.sCount[line] - state.blkIndent > 3:  # indented code, where it is on
            rules = self.ruler.getRules("")
        else:
            rules = self._asked.get(first) or self._asked[NONE]
        assert any(rule(state, line, end, False) for rule in rules)  # a paragraph at last


def plain(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:  # noqa: N803
    """Read a paragraph that no other rule can have a part in, not even as its end.

    Of the rules that look at later lines, those of tables and underlined headings see a first
    character on the second line that `PLAIN` excludes, and that of definition lists sees one on
    the second line or, behind one empty line, the third.
    """
    begins, shifts, ends, src = state.bMarks, state.tShift, state.eMarks, state.src
    if silent or state.sCount[startLine] - state.blkIndent > 3:
        return False
    line = startLine
    while line < state.lineMax and (start := begins[line] + shifts[line]) < ends[line]:
        if not PLAIN.match(src, start):
            return False
        line += 1
    if line == startLine + 1 and line + 1 < state.lineMax:
        if src.startswith((":", "~"), begins[line + 1] + shifts[line + 1]):
            return False
    content = _content(state, startLine, line)
    if content.startswith("[") and "]:" in content:  # a definition, perhaps
        return False
    _push_paragraph(state, content, [startLine, line])
    state.line = line
    # markdown-it's rule of underlined headings leaves this where it finds none.
    state.parentType = "paragraph"
    return True


def _content(state: StateBlock, start: int, end: int) -> str:
    if state.blkIndent:
        return mdTrim(state.getLines(start, end, state.blkIndent, False))
    lines = zip(state.bMarks[start:end], state.eMarks[start:end], strict=True)
    return mdTrim("\n".join([state.src[first:last] for first, last in lines]))


def _push_paragraph(state: StateBlock, content: str, lines: list[int]) -> None:
    state.push("paragraph_open", "p", 1).map = lines
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = content, lines.copy(), []
    state.push("paragraph_close", "p", -1)

"""The blocks of Markdown, read by markdown-it's rules: only those that can match are asked.

A line's first character decides which rules are asked about it, in their order. A rule that says
what its blocks start with (`Syntax.block`) returns at once where it sees another character, so it
need not be asked there. One that says nothing is asked about every line, as in the library.

And `_plain` reads a paragraph of lines that nothing but a paragraph can start or go on with, as
most of a post is; in doubt it returns False, and the rules behind it decide. It knows the starts in
`KNOWN`, so one rule that starts with anything else, or says nothing, leaves it out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import accumulate
from typing import TypeVar

from markdown_it import MarkdownIt, rules_core
from markdown_it.common.utils import mdTrim
from markdown_it.parser_block import ParserBlock
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType

from sitegen.content.markdown.syntax import Syntax

Rule = TypeVar("Rule")
BlockRule = Callable[[StateBlock, int, int, bool], bool]

KNOWN = frozenset("#>*+-=_`~<$[{:!?\\0123456789")
"""The characters at which a block can start without `_plain` having a part in it."""

PLAIN = re.compile(
    r"""
      [^\s#>|:~=+\-*_`<$\[{!?\\0-9]  # `|`, `:`, `~`, `=`, `-` tell what the line above is
    | \[(?!\^)
    | !(?!!!)
    | \?(?!\?\?)
    | `(?!``)
    | \*[^\s*\[] | \*\*+[^\s*]
    | _+[^\s_]
    | [0-9]+(?![0-9.)])
    """,
    re.VERBOSE,
)
"""How a line starts that goes on with a paragraph, whatever stands above and below it."""

BRACKET = re.compile(r"\[(?!\^)[^\[\]\\\n]*+(?:\[|\](?!:))")
"""How a line with a bracket starts that defines no link and no footnote."""

ENDING = re.compile(
    r"[-*+][ \t]+\S | > | \#{1,6}[ \t] | (?P<number>[0-9]{1,9}[.)][ \t]+\S)", re.VERBOSE
)
"""How an item, a quote or a heading starts that a paragraph cannot hold."""

_OTHER = "no such character"
"""Stands for every character that no rule has declared."""


def ask_by_first_character(parser: MarkdownIt, syntaxes: Iterable[Syntax]) -> None:
    """Let a parser with these syntaxes ask fewer rules, unless its block parser is foreign."""
    if type(parser.block) is ParserBlock:
        parser.block = _Blocks(parser.block.ruler, _starts(syntaxes))
    if ("normalize", rules_core.normalize) in _active(parser.core.ruler):
        parser.core.ruler.at("normalize", _normalize)


def _normalize(state: StateCore) -> None:
    """Replace what no text has that comes from a file, of which only the first is looked for."""
    if "\r" in state.src or "\0" in state.src:
        rules_core.normalize(state)


def _starts(syntaxes: Iterable[Syntax]) -> Mapping[str, str]:
    """By the name of a rule, the characters that its blocks start with.

    A syntax that adds or replaces a rule declares it; an older declaration of that name is no
    longer true then.
    """
    parser, starts = MarkdownIt("commonmark"), dict[str, str]()
    known: frozenset[tuple[str, BlockRule]] = frozenset()
    for syntax in syntaxes:
        syntax.install(parser)
        rules = frozenset(_active(parser.block.ruler))
        for name, _ in rules - known:
            starts.pop(name, None)
            if name in syntax.block:
                starts[name] = syntax.block[name]
        known = rules
    return starts


def _active(ruler: Ruler[Rule]) -> Iterable[tuple[str, Rule]]:
    return zip(ruler.get_active_rules(), ruler.getRules(""), strict=True)


class _Blocks(ParserBlock):
    """The block parser of markdown-it with a shorter way to the rule that matches."""

    def __init__(self, ruler: Ruler[BlockRule], starts: Mapping[str, str]) -> None:
        self.ruler = ruler
        named = tuple(_active(ruler))
        is_known = all(name in starts for name, _ in named) and KNOWN.issuperset(
            "".join(starts.values())
        )
        first_asked = [_plain] if is_known else []
        self._asked: dict[str, list[BlockRule]] = {
            first: first_asked
            + [rule for name, rule in named if not starts.get(name) or first in starts[name]]
            for first in (_OTHER, *"".join(starts.values()))
        }

    def parse(
        self,
        src: str,
        md: MarkdownIt,
        env: EnvType,
        outTokens: list[Token],  # noqa: N803
    ) -> list[Token] | None:
        """Append the tokens of a text, and return all of them."""
        if not src:
            return None
        state = block_state(src, md, env, outTokens)
        self.tokenize(state, 0, state.lineMax)
        return state.tokens

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
        if state.sCount[line] - state.blkIndent > 3:  # indented code, where it is on
            rules = self.ruler.getRules("")
        else:
            first = state.src[state.bMarks[line] + state.tShift[line]]
            rules = self._asked.get(first) or self._asked[_OTHER]
        for rule in rules:  # the last is that of paragraphs, which always matches
            if rule(state, line, end, False):
                return


def block_state(src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> StateBlock:
    """What markdown-it knows of the lines of a text, without a look at each of its characters."""
    state = StateBlock("", md, env, tokens)
    state.src = src
    lines = src.split("\n")
    if not lines[-1].strip(" \t"):
        del lines[-1]  # a last line without a text counts as none
    indents = [len(line) - len(line.lstrip(" \t")) for line in lines]
    ends = list(accumulate([len(line) + 1 for line in lines], initial=-1))
    state.bMarks[:0] = [end + 1 for end in ends[:-1]]
    state.eMarks[:0] = ends[1:]
    state.tShift[:0] = indents
    columns = (len(line[:n].expandtabs(4)) for line, n in zip(lines, indents, strict=True))
    state.sCount[:0] = columns if "\t" in src else indents
    state.bsCount[:0] = [0] * len(lines)
    state.bMarks[-1] = state.eMarks[-1] = len(src)
    state.lineMax = len(lines)
    return state


def _plain(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:  # noqa: N803
    """Read a paragraph that no other rule can have a part in, not even as its end.

    Of the rules that look at later lines, those of tables and underlined headings see a first
    character on the second line that `PLAIN` excludes, and that of definition lists sees one on
    the second line or, behind one empty line, the third.
    """
    begins, shifts, ends, src = state.bMarks, state.tShift, state.eMarks, state.src
    if silent or state.sCount[startLine] - state.blkIndent > 3:
        return False
    first = begins[startLine] + shifts[startLine]
    if src[first] == "[" and not BRACKET.match(src, first):
        return False
    line = startLine
    while line < state.lineMax and (start := begins[line] + shifts[line]) < ends[line]:
        if not PLAIN.match(src, start):
            if line > startLine and _is_ended(state, line, start):
                break
            return False
        line += 1
    if line == startLine + 1 and _may_define(state, line + 1):
        return False
    content = _content(state, startLine, line)
    _push_paragraph(state, content, [startLine, line])
    state.line = line
    # markdown-it's rule of underlined headings leaves this where it finds none.
    state.parentType = "paragraph"
    return True


def _may_define(state: StateBlock, line: int) -> bool:
    start = state.bMarks[line] + state.tShift[line] if line < state.lineMax else len(state.src)
    return state.src.startswith((":", "~"), start)


def _is_ended(state: StateBlock, line: int, start: int) -> bool:
    """Whether a line that starts there surely ends the paragraph above it.

    It must be neither too deep to start a block nor, below a quote, a lazy continuation. A list
    that does not start with 1 only goes on, so it must be outside of the paragraph's own item.
    """
    indent = state.sCount[line]
    base = state.blkIndent if state.listIndent < 0 else min(state.blkIndent, state.listIndent)
    if not 0 <= indent < base + 4 or not (ending := ENDING.match(state.src, start)):
        return False
    return ending.lastgroup is None or indent < state.blkIndent


def _content(state: StateBlock, start: int, end: int) -> str:
    if state.blkIndent:
        return mdTrim(state.getLines(start, end, state.blkIndent, False))
    lines = zip(state.bMarks[start:end], state.eMarks[start:end], strict=True)
    return mdTrim("\n".join([state.src[first:last] for first, last in lines]))


def _push_paragraph(state: StateBlock, content: str, lines: list[int]) -> None:
    level = state.level
    state.tokens += (
        Token("paragraph_open", "p", 1, map=lines, level=level, block=True),
        Token(
            "inline", "", 0, map=lines[:], level=level + 1, children=[], content=content, block=True
        ),
        Token("paragraph_close", "p", -1, level=level, block=True),
    )

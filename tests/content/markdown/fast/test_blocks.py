"""The lines of a text are what markdown-it finds, character by character."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from sitegen.content.markdown.dialect import dialect
from sitegen.content.markdown.fast.blocks import _Blocks, _plain, block_state
from sitegen.content.markdown.parser import parser_of

PARSER = MarkdownIt("commonmark")
MARKS = ("src", "bMarks", "eMarks", "tShift", "sCount", "bsCount", "line", "lineMax", "tokens")


@given(st.text(" \t\nab\x0b\xa0", min_size=1))
def test_lines_begin_end_and_are_indented_where_markdown_it_says(text: str) -> None:
    ours, theirs = block_state(text, PARSER, {}, []), StateBlock(text, PARSER, {}, [])
    assert [getattr(ours, name) for name in MARKS] == [getattr(theirs, name) for name in MARKS]


def test_rules_may_change_one_list_of_marks_without_another() -> None:
    state = block_state("a\n  b\n", PARSER, {}, [])
    state.tShift[1] = 7
    assert (state.tShift, state.sCount) == ([0, 7, 0], [0, 2, 0])


def test_plain_paragraphs_of_the_dialect_are_read_at_once() -> None:
    """A container started with a colon, of which the short cut did not know, so it was off."""
    blocks = parser_of(dialect()).block
    assert isinstance(blocks, _Blocks)
    assert all(rules[0] is _plain for rules in blocks._asked.values())

"""Tokens become the very bytes that Pygments' HtmlFormatter writes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygments import format as pygments_format
from pygments.formatters import HtmlFormatter
from pygments.token import Comment, Keyword, Name, Text, Token, Whitespace, _TokenType

from sitegen.content.highlight.fast.formatter import spans

Tokens = list[tuple[_TokenType, str]]

KINDS = [Keyword, Name.Builtin, Text, Whitespace, Comment, Token, Name.Ours.Own, Token.Own, Text.A]


@pytest.mark.parametrize(
    ("tokens", "html"),
    [
        ([(Keyword, "a"), (Keyword, "b")], '<span class="k">ab</span>\n'),
        ([(Comment, "a\n\nb\n")], '<span class="c">a</span>\n\n<span class="c">b</span>\n'),
        ([(Keyword, "a"), (Text, "")], '<span class="k">a</span>\n'),
        ([(Keyword, "a"), (Text, ""), (Keyword, "b")], '<span class="k">ab</span>\n'),
        (
            [(Name.Ours.Own, "<&>\"'")],
            '<span class="n n-Ours n-Ours-Own">&lt;&amp;&gt;"\'</span>\n',
        ),
        ([], ""),
    ],
)
def test_spans_end_with_the_line_and_neighbours_share_one(tokens: Tokens, html: str) -> None:
    assert spans(tokens) == html


@given(st.lists(st.tuples(st.sampled_from(KINDS), st.text("a1 \n<&>\"'\r\té\0"))))
def test_spans_are_byte_for_byte_those_of_pygments(tokens: Tokens) -> None:
    assert spans(tokens) == pygments_format(iter(tokens), HtmlFormatter(nowrap=True))

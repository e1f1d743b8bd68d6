"""Tokens become the very bytes that Pygments' HtmlFormatter writes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygments import format as pygments_format
from pygments.formatters import HtmlFormatter
from pygments.token import Comment, Keyword, Name, Text, Token, Whitespace, _TokenType

from sitegen.content.highlight.fast.formatter import ESCAPED, LONGEST_KEPT, MOST_KEPT, spans

Tokens = list[tuple[_TokenType, str]]


def html_of(tokens: Tokens) -> str:
    return spans((0, kind, text) for kind, text in tokens)


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
    assert html_of(tokens) == html


def test_texts_that_come_again_are_escaped_each_time() -> None:
    assert html_of([(Text, "<"), (Comment, "<\n"), (Text, "<")]) == (
        '&lt;<span class="c">&lt;</span>\n&lt;\n'
    )


def test_what_is_kept_of_texts_is_bounded() -> None:
    html_of([(Text, f"_{number}") for number in range(MOST_KEPT + 10)])
    html_of([(Text, "_" * (LONGEST_KEPT + 1))])
    assert len(ESCAPED) <= MOST_KEPT
    assert max(map(len, ESCAPED)) <= LONGEST_KEPT


@given(st.lists(st.tuples(st.sampled_from(KINDS), st.text("a1 \n<&>\"'\r\té\0"))))
def test_spans_are_byte_for_byte_those_of_pygments(tokens: Tokens) -> None:
    assert html_of(tokens) == pygments_format(iter(tokens), HtmlFormatter(nowrap=True))

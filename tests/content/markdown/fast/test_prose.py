"""Plain prose is read in one pass as markdown-it would read it, and anything else is left."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt
from markdown_it.token import Token

from sitegen.content.markdown.fast.prose import runs
from sitegen.content.markdown.fast.renderer import Writer
from tests.markup import contents

PARSER = MarkdownIt("commonmark")
WRITER = Writer()


def normalized(url: str) -> str | None:
    href = PARSER.normalizeLink(url)
    return href if PARSER.validateLink(href) else None


def html(tokens: list[Token]) -> str:
    return WRITER.renderInline(tokens, PARSER.options, {})


def text(tokens: list[Token]) -> str:
    return "".join(" " if "break" in token.type else token.content for token in tokens)


@given(contents)
@settings(max_examples=600)
def test_what_is_read_at_all_is_read_as_by_markdown_it(content: str) -> None:
    content = content.replace("\r", "").replace("\0", "")  # as it is where this is asked
    tokens = runs(content, normalized)
    if tokens is None:
        return
    expected = PARSER.parseInline(content)[0].children or []
    assert html(tokens) == PARSER.renderInline(content)
    assert text(tokens) == text(expected)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", ""),
        ("a & b", "a &amp; b"),
        ("*a **b** c*", "<em>a <strong>b</strong> c</em>"),
        ("snake_case, 2 * 3", "snake_case, 2 * 3"),
        ("`` a`` `b`", None),
        ("`<b>`", "<code>&lt;b&gt;</code>"),
        ("a  \nb \nc", "a<br />\nb\nc"),
        (r"\*a\_", "*a_"),
        ("[`]`](u)", '<a href="u"><code>]</code></a>'),
        ('*[a](u "t")*', '<em><a href="u" title="t">a</a></em>'),
    ],
)
def test_prose_is_read_here(content: str, expected: str | None) -> None:
    tokens = runs(content, normalized)
    assert (tokens if tokens is None else html(tokens)) == expected


@pytest.mark.parametrize(
    "content",
    [
        *("a*b*c", "*a", "***a***", "*a **b* c**", "*[a*](b)", "[a [b](c)](d)", "[a]", "[a](j a)"),
        *("[a](javascript:b)", "![a](b)", "<b>", "&lt;", "~~a~~", "[^1]", "\\\na", "`a"),
    ],
)
def test_what_needs_looking_back_is_left_to_markdown_it(content: str) -> None:
    assert runs(content, normalized) is None


def test_link_knows_where_it_stands() -> None:
    tokens = runs("ab [*c*](d) e", normalized)
    assert tokens is not None
    assert [token.meta["span"] for token in tokens if token.meta] == [(3, 11)]

"""Plain prose is read in one pass as markdown-it would read it, and anything else is left."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from sitegen.content.markdown.commonmark import COMMONMARK
from sitegen.content.markdown.extensions.footnotes import FOOTNOTES
from sitegen.content.markdown.extensions.strikethrough import STRIKETHROUGH
from sitegen.content.markdown.fast.prose import prose_reader
from sitegen.content.markdown.parser import parser_of
from tests.markup import contents

SYNTAXES = (COMMONMARK, STRIKETHROUGH, FOOTNOTES)
LIBRARY = MarkdownIt("commonmark").enable("strikethrough").use(footnote_plugin, inline=False)
QUICK = parser_of(SYNTAXES)
runs = prose_reader(QUICK, SYNTAXES)


def html(tokens: list[Token]) -> str:
    block = Token("inline", "", 0, children=tokens)
    return str(QUICK.renderer.render([block], QUICK.options, {}))


def text(tokens: list[Token]) -> str:
    return "".join(" " if "break" in token.type else token.content for token in tokens)


@given(contents)
@settings(max_examples=600)
def test_what_is_read_at_all_is_read_as_by_markdown_it(content: str) -> None:
    content = content.replace("\r", "").replace("\0", "")  # as it is where this is asked
    tokens = runs(content)
    if tokens is None:
        return
    expected = LIBRARY.parseInline(content)[0].children or []
    assert html(tokens) == LIBRARY.renderInline(content)
    assert text(tokens) == text(expected)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", ""),
        ("a & b", "a &amp; b"),
        ("*a **b** c*", "<em>a <strong>b</strong> c</em>"),
        ("snake_case, 2 * 3", "snake_case, 2 * 3"),
        ("`` a`` `b`", None),
        ("`a > b`", "<code>a &gt; b</code>"),
        ("a  \nb \nc", "a<br />\nb\nc"),
        (r"\*a\_", "*a_"),
        ("[`]`](u)", '<a href="u"><code>]</code></a>'),
        ('*[a](u "t")*', '<em><a href="u" title="t">a</a></em>'),
    ],
)
def test_prose_is_read_here(content: str, expected: str | None) -> None:
    tokens = runs(content)
    assert (tokens if tokens is None else html(tokens)) == expected


@pytest.mark.parametrize(
    "content",
    [
        *("a*b*c", "*a", "***a***", "*a **b* c**", "*[a*](b)", "[a [b](c)](d)", "[a]", "[a](j a)"),
        *("[a](javascript:b)", "![a](b)", "<b>", "&lt;", "~~a~~", "[^1]", "\\\na", "`a"),
    ],
)
def test_what_needs_looking_back_is_left_to_markdown_it(content: str) -> None:
    assert runs(content) is None


def test_link_knows_where_it_stands() -> None:
    tokens = runs("ab [*c*](d) e")
    assert tokens is not None
    assert [token.meta["span"] for token in tokens if token.meta] == [(3, 11)]

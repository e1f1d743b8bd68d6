"""The content of blocks is read as markdown-it reads it, token for token."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from sitegen.content.markdown.fast.inlines import Inlines
from tests.markup import contents


def parser() -> MarkdownIt:
    made = MarkdownIt("commonmark").enable(["strikethrough"])
    return made.use(footnote_plugin, inline=False).use(dollarmath_plugin, double_inline=True)


REFERENCE, QUICK = parser(), parser()
QUICK.inline = Inlines(QUICK.inline)
DEFINITIONS = "\n\n[^1]: note\n\n[x]: /url\n"


@given(contents)
@settings(max_examples=600)
def test_content_of_any_block_is_that_of_markdown_it(content: str) -> None:
    body = f"a{content}{DEFINITIONS}"
    assert QUICK.parse(body) == REFERENCE.parse(body)


@pytest.mark.parametrize("body", ["[" * 50 + "a](b)", "![" * 30 + "x](y)" * 30, "*[a*](b)_" * 20])
def test_nesting_is_cut_where_markdown_it_cuts_it(body: str) -> None:
    assert QUICK.parse(body) == REFERENCE.parse(body)

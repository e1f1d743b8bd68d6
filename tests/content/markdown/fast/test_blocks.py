"""Blocks are those of markdown-it, token for token."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from sitegen.content.markdown.fast.blocks import Blocks
from tests.markup import bodies


def parser() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"tasklists": True}).enable(["table", "strikethrough"])
    return made.use(footnote_plugin, inline=False).use(deflist_plugin)


REFERENCE, QUICK = parser(), parser()
QUICK.block = Blocks(QUICK.block.ruler)


@given(bodies)
@settings(max_examples=600)
def test_blocks_of_any_text_are_those_of_markdown_it(body: str) -> None:
    assert QUICK.parse(body) == REFERENCE.parse(body)


@pytest.mark.parametrize(
    "body",
    [
        "a\n: b",
        "a\n\n: b",
        "a\n\n~ b",
        "a | b\n-|-",
        "a\nb | c\n-|-",
        "a\n=",
        "a\n-",
        "a\n- b",
        "a\n2. b",
        "- a\n2. b",
        "> a\nb\n- c",
        "> a\n    - b",
        "- a\n      - b",
        "- a\n - b\n  - c\n   - d\n    - e",
        "[a]\n: b",
        "[a\n]: b",
        "[a]: b\n[c]: d\n",
        "[a](b)\n[c]: d",
        "[^1]: a\n    b\n- c",
        "-\ta\n\tb",
        "\ta\n>\tb",
        "a\n# b\n#c",
    ],
)
def test_paragraph_starts_and_ends_where_markdown_it_says(body: str) -> None:
    assert QUICK.parse(body) == REFERENCE.parse(body)


def test_definitions_below_each_other_take_linear_time() -> None:
    """Each was once read together with all that follow, before the first was taken off."""
    assert QUICK.parse("[x]: y\n" * 10_000) == []

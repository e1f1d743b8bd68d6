"""A walk is a block of code, and the prose about it in a box of its own."""

from __future__ import annotations

import re

import pytest

from sitegen.content.markdown.dialect import dialect
from sitegen.content.markdown.parser import render

CODE = "```\nx\n```\n"


def outline(body: str) -> str:
    """The HTML without attributes, and without what is around the lines of code."""
    html = render(body, dialect(), title="T")[0].html
    html = re.sub(r'<div class="highlight.*?</div>', "CODE", html, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "", re.sub(r"<(\w+) (?!class=\"walk)[^>]*>", r"<\1>", html))


@pytest.mark.parametrize(
    "body",
    [
        f"::: walk\n\n{CODE}\nOne.\n\nTwo.\n\n:::\n",
        f"::: walk\nOne.\n\nTwo.\n\n{CODE}:::\n",
        f"::: walk\n\nOne.\n\n{CODE}\nTwo.\n",
    ],
)
def test_block_comes_before_the_prose_wherever_it_is_written(body: str) -> None:
    assert outline(body) == '<div class="walk">CODE<div><p>One.</p><p>Two.</p></div></div>'


def test_other_blocks_stay_where_they_are() -> None:
    body = f"::: walk\n{CODE}\nOne.\n\n{CODE}\n```output\ny\n```\n:::\n"
    assert outline(body).startswith('<div class="walk">CODE<div><p>One.</p><figure>CODE')


def test_place_of_a_link_is_that_in_the_source() -> None:
    found = render(f"::: walk\n\n[One](one.md)\n\n{CODE}\n:::\n", dialect(), title="T")[0]
    assert (found.links[0].line, found.links[0].column) == (3, 1)
    assert "walk" in found.uses

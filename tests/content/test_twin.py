"""Posts as Markdown for those who read it elsewhere."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.markdown.dialect import dialect
from sitegen.content.markdown.parser import render
from sitegen.content.twin import twin
from tests.markup import BLOCK, INLINE

SYNTAXES = dialect()
CONTAINED = "::: code-group\n```sh\na\n```\n:::"


def shown(body: str, title: str | None = "T", line: int = 1) -> str:
    """The Markdown with the number of each link in braces."""
    rendered, _ = render(body, SYNTAXES, line=line, title=title)
    return re.sub("\0(\\d+)\0", r"{\1}", twin(body, line, rendered))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("[a](b.md)", "[a]({0})"),
        ('[a](b.md "c") ![d](e.png)', '[a]({0} "c") ![d]({1})'),
        ("[a](<b c.md>)", "[a](<{0}>)"),
        ("[b.md](b.md)", "[b.md]({0})"),
        ("[![a](b.png)](c.md)", "[![a]({1})]({0})"),
        ("[a\nb](c.md)", "[a\nb]({0})"),
        ("[a][b] [b]\n\n[b]: c.md", "[a][b] [b]\n\n[b]: {1}"),
        ('<img src="a.png"> [b](c.md)', '<img src="{0}"> [b]({1})'),
        ("- [a](b.md)\n  > [c](d.md)", "- [a]({0})\n  > [c]({1})"),
        ("| [a](b.md) | [a](b.md) |\n|-|-|", "| [a]({0}) | [a]({1}) |\n|-|-|"),
        ("[a](https://b.example)", "[a](https://b.example)"),
        ("`[a](b.md)` [a](b.md)", "`[a](b.md)` [a]({0})"),
        ("a\n\n<!-- more -->\n\nb", "a\n\n\nb"),
        ("a\n\n[TOC]\n\nb", "a\n\n\nb"),
        (CONTAINED, "```sh\na\n```"),
        (f":::: tip [a](b.md)\n{CONTAINED}\n::::\n", ":::: tip [a]({0})\n```sh\na\n```\n::::"),
        ("> [!NOTE]\n> a", "> [!NOTE]\n> a"),
        ("```py title=a.py {2} #x\na\n```", '```py title="a.py"\na\n```'),
        ("```py\na # [!code hl]\n```", "```py\na\n```"),
        ("```py\na # [!code ++]\nb\n```", "```diff\n+a\n b\n```"),
        ("- ```py\n  a # [!code --]\n  ```", "- ```diff\n  -a\n  ```"),
        ("```diff-py\n-a\n+b\n```", "```diff\n-a\n+b\n```"),
        ("a\n\n    ```py {2}\n    b", "a\n\n    ```py {2}\n    b"),
        ("<!--\n```py {2}\n-->\n\n```py {2}\n:::\n```", "<!--\n```py {2}\n-->\n\n```py\n:::\n```"),
        ("11. ```py {2}\n    [TOC]\n    ```\n\n[TOC]", "11. ```py\n    [TOC]\n    ```"),
        ("````md\n```\n[a](b)\n:::\n````", "````md\n```\n[a](b)\n:::\n````"),
    ],
)
def test_markdown_says_what_the_page_says(body: str, expected: str) -> None:
    assert shown(body) == expected


@pytest.mark.parametrize("body", ["# A *b*\n\nc", "A *b*\n===\n\nc", "\n# A\nc"])
def test_title_at_the_top_is_said_once(body: str) -> None:
    assert shown(body, title=None) == "c"


def test_links_are_found_below_front_matter() -> None:
    assert shown("a\n[b](c.md)", line=7) == "a\n[b]({0})"


@given(st.lists(st.sampled_from((*INLINE, *BLOCK)), max_size=12).map("".join))
def test_any_markdown_has_a_twin_whose_links_are_known(body: str) -> None:
    body = body.replace("\0", "").replace("\r\n", "\n")
    rendered, _ = render(body, SYNTAXES)
    numbers = twin(body, 1, rendered).split("\0")[1::2]
    assert {int(number) for number in numbers} <= set(range(len(rendered.links)))

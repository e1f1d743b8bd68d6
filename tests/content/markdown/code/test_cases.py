"""Blocks of code from Markdown to HTML: of each `cases/NAME.md`, what it says in `NAME.html`.

After a change that is meant, `SITEGEN_ACCEPT=1` writes the new HTML: read it all.
"""

from __future__ import annotations

import os
import re
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.highlight.highlighter import highlight, meant
from sitegen.content.markdown.code.lines import unmarked
from sitegen.content.markdown.dialect import dialect
from sitegen.content.markdown.parser import render
from sitegen.content.markdown.reading import Highlighter
from sitegen.model.diagnostics import Diagnostic
from tests.test_sites import ACCEPT

CASES = Path(__file__).with_name("cases")
COLOURED = Highlighter(highlight, meant)


def diagnosed(body: str, numbers: str = "auto") -> tuple[str, tuple[Diagnostic, ...]]:
    found, diagnostics = render(body, dialect(numbers=numbers), title="T", highlighter=COLOURED)
    said = re.sub("\0code_lines ([0-9]+)\0", r"\1 lines", found.html)
    return said.replace("\0code_output\0", "output"), diagnostics


def html(body: str, numbers: str = "auto") -> str:
    return diagnosed(body, numbers)[0]


@pytest.mark.parametrize("name", sorted(path.stem for path in CASES.glob("*.md")))
def test_block_becomes_what_is_expected(name: str) -> None:
    body, expected = (CASES / f"{name}.md").read_text("utf-8"), CASES / f"{name}.html"
    found, diagnostics = diagnosed(body)
    assert diagnostics == ()
    if os.environ.get(ACCEPT) and (not expected.exists() or found != expected.read_text("utf-8")):
        expected.write_text(found, "utf-8")
        pytest.fail(f"{ACCEPT} is set, so {expected} is rewritten: read what has changed")
    assert found == expected.read_text("utf-8")


def code_in(html: str) -> str:
    """The text of all code, as a reader sees it without what is put into it."""
    code = re.sub(
        r"<summary>.*?</summary>|<figcaption>.*?</figcaption>\n|</?(?:div|figure).*?>", "", html
    )
    code = re.sub(r'<a class="callout".*?</a>', "", code)
    return unescape(re.sub(r"<[^>]*>", "", code)).rstrip("\n")


OPTIONS = st.lists(
    st.sampled_from(
        [
            "{1-2}",
            "focus=2",
            "numbers",
            "start=7",
            "#main",
            "wrap",
            "collapse",
            "collapse={2}",
            "title=a.py",
            "[tab]",
            "ins={1}",
            "del=3",
            ".wide",
        ]
    )
)
CODE = st.lists(
    st.sampled_from(["x = 1", "", "  <b>&amp;", "def f(): pass", '"""', "# c", "print(1)  # (1)"])
)


@given(st.sampled_from(["", "python", "text", "diff"]), OPTIONS, CODE)
def test_options_change_nothing_about_the_text(
    language: str, options: list[str], code: list[str]
) -> None:
    text = "\n".join(code)
    shown = html(f"```{language} {' '.join(options)}\n{text}\n```\n")
    assert code_in(shown) == text.rstrip("\n")


@given(st.sampled_from(["python", "text", "diff"]), OPTIONS, CODE)
def test_code_is_found_again_in_what_is_shown(
    language: str, options: list[str], code: list[str]
) -> None:
    """An edit takes the blocks that it left alone from the page before it."""
    pairs: list[tuple[str, str]] = []
    highlighter = Highlighter(highlight, meant, lambda *pair: pairs.append(pair))
    body = "\n".join((f"```{language} {' '.join(options)}", *code, "```\n\n1. one"))
    found, _ = render(body, dialect(), highlighter=highlighter)
    ((coloured, shown),) = pairs
    assert shown in found.html
    assert unmarked(shown) == coloured


def test_no_id_is_twice_in_a_page() -> None:
    block = "```python numbers\nx  # (1)!\n```\n\n1. one\n\n"
    found = re.findall('id="(.*?)"', html(f"## Main 1\n\n```python #main\nx\n```\n\n{block * 2}"))
    assert found == [
        "main-1-1",
        "main",
        "main-1",
        "code-2-L1",
        "code-2-N1",
        "code-3-L1",
        "code-3-N1",
    ]


def test_lines_are_anchors() -> None:
    body = "```python numbers start=9\nx\ny\n```\n\n```python #a\nx\n```\n"
    anchors = render(body, dialect())[0].anchors
    assert set(anchors) == {"code-1-L9", "code-1-L10", "a", "a-1"}
    assert "code-1-L10" in anchors
    assert "code-1-L11" not in anchors


@pytest.mark.parametrize(
    ("numbers", "info", "lines", "has_numbers"),
    [
        ("auto", "python", 12, True),
        ("auto", "python", 11, False),
        ("auto", "python #a", 1, True),
        ("auto", "", 12, False),
        ("auto", "text", 12, False),
        ("auto", "console", 12, False),
        ("auto", "python diff", 12, False),
        ("auto", "text numbers", 1, True),
        ("auto", "python numbers=false", 12, False),
        ("always", "text", 1, True),
        ("never", "python", 12, False),
        ("never", "python numbers", 1, True),
    ],
)
def test_lines_have_numbers_where_they_help(
    numbers: str, info: str, lines: int, has_numbers: bool
) -> None:
    shown = html(f"```{info}\n{'x' * 3}\n" + "x\n" * (lines - 1) + "```\n", numbers)
    assert ('class="highlight numbers' in shown) is has_numbers


@pytest.mark.parametrize(
    ("between", "is_explained"),
    [("", True), ("```output\nx\n```\n", True), ("```sh\nls\n```\n", False), ("Text.\n", False)],
)
def test_list_explains_only_the_block_above_it(between: str, is_explained: bool) -> None:
    shown = html(f"```py\nx  # (1)!\n```\n\n{between}\n1. one\n")
    assert ('class="callout"' in shown) is is_explained
    assert ('<ol class="callouts">' in shown) is is_explained


def test_unclosed_block_at_the_end_has_all_its_lines() -> None:
    assert code_in(html("```python numbers\na\nb")) == "a\nb"


@pytest.mark.parametrize(
    ("body", "line", "part", "hint"),
    [
        ("```js {1,9}\na\n```", 1, "9", "its last line is 1; the first is 1, whatever its number"),
        ("> ```js\n> a // [!code focs]\n> ```", 2, "[!code focs", "did you mean 'focus'?"),
        ("```js\n\na // [!code x:y]\n```", 3, "[!code x:y", "to show it, write '[\\!code x:y]'"),
    ],
)
def test_what_says_nothing_is_a_warning_at_its_place(
    body: str, line: int, part: str, hint: str
) -> None:
    (problem,) = (d for d in diagnosed(body)[1] if d.code == "SG406")
    column = body.split("\n")[line - 1].rfind(part) + 1
    assert (problem.line, problem.column, problem.length) == (line, column, len(part))
    assert problem.hint == hint

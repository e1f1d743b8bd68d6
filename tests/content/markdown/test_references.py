"""Links to lines of code show where they lead, and the lines lead back."""

from __future__ import annotations

import pytest

from sitegen.content.markdown.code.lines import unmarked
from sitegen.content.markdown.dialect import dialect
from sitegen.content.markdown.parser import render
from sitegen.content.words import shelved
from sitegen.model.code import LineReference, line_reference
from sitegen.outputs.feeds.content import for_readers

CODE = '```python title="app.py" #main\nimport a\nx = 1\ny = 2\n```\n'


def html(body: str, numbers: str = "auto") -> str:
    return render(body, dialect(numbers=numbers), title="T")[0].html


@pytest.mark.parametrize(
    ("href", "meant"),
    [
        ("#main:9", ("main", 9, 9)),
        ("other.md#main:9-12", ("main", 9, 12)),
        ("id:other#l%C3%A4nge:3", ("länge", 3, 3)),
        ("#main", None),
        ("#main:x", None),
        ("#fn:1", None),
        ("#fnref:1", None),
    ],
)
def test_fragment_with_a_number_names_lines(href: str, meant: tuple[str, int, int] | None) -> None:
    assert line_reference(href) == (LineReference(*meant) if meant else None)


def test_link_shows_title_and_line_and_leads_to_the_id_of_the_line() -> None:
    text = html(f'[it](#main:2 "x = 1")\n\n{CODE}')
    assert (
        '<a href="#main-2" class="ref" id="ref-1">it <code class="at">app.py:2</code></a>' in text
    )


def test_numbers_are_those_that_readers_see() -> None:
    text = html("[it](#main:41-42)\n\n```python start=40 #main\na\nb\nc\n```\n")
    assert 'href="#main-41" class="ref" data-last="42"' in text
    assert '<code class="at">L41–42</code>' in text


def test_line_leads_back_to_the_first_link_of_each_section() -> None:
    body = f"## One\n\n[a](#main:2) [b](#main:2)\n\n{CODE}\n## A & B\n\n[c](#main:2)\n"
    line = next(line for line in html(body).split("\n") if 'id="main-2"' in line)
    assert line.count('class="mention"') == 2
    assert 'href="#ref-1" aria-label="\0code_mentioned\0: One"' in line
    assert 'href="#ref-2" aria-label="\0code_mentioned\0: A &amp; B" data-in="A &amp; B"' in line


def test_links_back_have_no_text_to_copy_to_find_or_to_carry_into_feeds() -> None:
    text = html(f"## Section\n\n[it](#main:2)\n\n{CODE}")
    code = text[text.index("<pre>") :]
    assert "section" not in "".join(shelved(code, (), "a.md")[0].values())
    assert unmarked(code) == "import a\nx = 1\ny = 2\n</div>\n</figure>\n"
    feed = for_readers(text)
    assert "it (app.py:2)</a>" in feed
    assert feed.count("<a ") == 1


@pytest.mark.parametrize(
    ("options", "setting", "are_there"),
    [
        ("text #main", "auto", True),
        ("{#main}", "auto", True),
        ("text #main numbers=false", "auto", False),
        ("python #main", "never", False),
    ],
)
def test_block_that_is_referred_to_has_numbers(options: str, setting: str, are_there: bool) -> None:
    text = html(f"[it](#main:1)\n\n```{options}\na\n```\n", setting)
    assert ('class="highlight numbers"' in text) is are_there


def test_body_uses_the_part_only_with_such_a_link() -> None:
    for body, is_used in ((CODE, False), (f"[it](#main:1)\n\n{CODE}", True)):
        assert ("references" in render(body, dialect(), title="T")[0].uses) is is_used


def test_ids_of_links_are_free() -> None:
    text = html(f"## Ref 1\n\n[it](#main:1) and [that](#main:2){{#mine}}\n\n{CODE}")
    assert 'id="ref-2">it' in text
    assert 'href="#mine" aria-label' in text


def test_real_id_of_that_form_is_an_id() -> None:
    text = html(f'<p id="main:2"></p>\n\n[it](#main:2 "Title")\n\n{CODE}')
    assert 'title="Title">it</a>' in text

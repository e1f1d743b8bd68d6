"""Calls of components are found by the grammar alone, and nothing that only looks like one."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from sitegen.config.schema import MarkdownConfig
from sitegen.content.markdown.dialect import dialect
from sitegen.content.markdown.parser import parser_of, render, rendered_by
from sitegen.content.markdown.reading import Reading
from sitegen.content.markdown.syntax import library_parser
from sitegen.model.components import Argument, Call, CallForm
from tests.content.markdown.test_commonmark import EXAMPLE

CASES = EXAMPLE.findall(Path(__file__).with_name("components.md").read_text("utf-8"))


def calls(body: str) -> tuple[Call, ...]:
    return render(body, dialect(), title="T")[0].calls


@pytest.mark.parametrize(("body", "expected"), CASES)
def test_case_becomes_what_is_expected(body: str, expected: str) -> None:
    html = render(body, dialect(), title="T")[0].html
    html = re.sub(r'<div class="highlight".*?>(<pre).*?(<code).*?>', r"\1>\2>", html)
    assert re.sub(r"</pre></div>", "</pre>", html.replace("\0:", "").replace("\0", "")) == expected


@pytest.mark.parametrize("body", [body for body, _ in CASES])
def test_case_is_read_alike_without_short_cuts(body: str) -> None:
    library, _ = library_parser(dialect())
    quick = rendered_by(parser_of(dialect()), body, Reading())
    assert quick == rendered_by(library, body, Reading())


@pytest.mark.parametrize(
    "text",
    [
        "At 10:30, a std::vector, a::b, Foo::bar() and :tada:.",
        "::map(x => x)",
        "::before",
        "::before {color: red}",
        "::rule{} and more",
        "::rule{a=b",
        "::rule{a='b}",
        ":::",
        "x[1:n[0]] and a:b[c] and 1:b[c] and :a[b](c.md) and \\:a[b]",
        ":a [b] and : a[b] and :[a] and :a[b",
        "::a-[b] and :-a[b]",
    ],
)
def test_other_colons_stay_text(text: str) -> None:
    assert calls(text) == ()


def test_no_post_that_others_wrote_calls_a_component_by_accident(shared: Path) -> None:
    texts = (path.read_bytes().decode(errors="replace") for path in shared.rglob("*.md"))
    found = [call for text in texts if re.search(r":[A-Za-z]", text) for call in calls(text)]
    assert [call for call in found if call.form is not CallForm.CONTAINER] == []


def test_arguments_are_where_they_are_written() -> None:
    [call] = calls('x\n\n> ::video{#a  .c start=1 title=\'one "two"\' url=/a?b=c#d on e=""}')
    assert (call.name, call.form, call.line, call.column) == ("video", CallForm.LEAF, 3, 3)
    assert [(it.name, it.value, it.column, it.length) for it in call.arguments] == [
        ("id", "a", 11, 2),
        ("class", "c", 15, 2),
        ("start", "1", 18, 7),
        ("title", 'one "two"', 26, 17),
        ("url", "/a?b=c#d", 44, 12),
        ("on", None, 57, 2),
        ("e", "", 60, 4),
    ]


def test_argument_of_a_call_in_a_table_is_in_its_cell() -> None:
    [call] = calls("| a | b |\n|---|---|\n| :a[x]{n=1} | :a[x]{n=1} |")[1:]
    assert call.arguments == (Argument("n", "1", 3, 22, 3),)


def test_links_and_images_in_a_call_are_links_and_images_of_the_post() -> None:
    body = "::box[[a](a.md)]{}\n\n:::box\n![](b.png)\n:::\n\n:a[[c](c.md)]"
    found = render(body, dialect(), title="T")[0]
    places = [(link.href, link.line, link.column) for link in found.links]
    assert places == [("a.md", 1, 7), ("b.png", 4, 1), ("c.md", 7, 4)]
    assert [image.can_zoom for image in found.images] == [True]


def test_text_of_a_call_counts_as_words_and_in_the_excerpt() -> None:
    found = render("A :b[text] here.\n\n:::c[Two words]\nTwo more.\n:::", dialect(), title="T")[0]
    assert (found.excerpt, found.words) == ("A text here.", 7)


def test_arguments_of_a_container_that_cannot_be_read_are_an_error() -> None:
    [problem] = render("::: box {a 1}\n:::", dialect(), title="T")[1]
    assert (problem.code, problem.line, problem.column, problem.length) == ("SG321", 1, 9, 5)


@pytest.mark.parametrize(
    "part", [":a[", ":a[b]{", "::a[\n", "::a{b=\n", ":a[b]{c ", ":a[" * 30 + "]" * 30]
)
def test_text_full_of_halves_of_calls_is_read_as_fast_as_any(part: str) -> None:
    """What is counted is calls of functions, not time."""
    asked = [asked_of(part * times) for times in (50, 400)]
    assert asked[1] < 12 * asked[0]


def asked_of(body: str) -> int:
    count = 0

    def watch(*_: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(watch)
    try:
        render(body, dialect(), title="T")
    finally:
        sys.setprofile(None)
    return count


def test_tab_is_where_its_line_is() -> None:
    tabs, tab = calls('> === "One"\n>\n>     Text.')
    assert [(it.name, it.line, it.column) for it in (tabs, tab)] == [("tabs", 1, 3), ("tab", 1, 3)]
    assert (tab.has_label, tab.has_body) == (True, True)


def test_site_can_leave_lines_of_tabs_as_text() -> None:
    body = '=== "One"\n\n    Text.'
    assert not render(body, dialect(MarkdownConfig(tabs=False)), title="T")[0].calls

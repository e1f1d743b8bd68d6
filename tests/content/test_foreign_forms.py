"""Front matter in forms that are not read: an error, and never a paragraph of the page."""

from __future__ import annotations

import pytest

from tests.content.test_frontmatter import parsed


@pytest.mark.parametrize(
    ("text", "what", "line", "column"),
    [
        (" ---\ntitle: Hello\n---\nText.\n", "behind spaces", 1, 2),
        ("\n  ---\n  title: Hello\n  ---\nText.\n", "behind spaces", 2, 3),
        ("<!-- (c) me -->\n---\ntitle: Hello\n---\nText.\n", "below a comment", 2, 1),
        ("----\ntitle: Hello\n----\nText.\n", "too long", 1, 1),
        ('---json\n{"title": "Hello"}\n---\nText.\n', "Eleventy", 1, 1),
        ("---toml\ntitle = 'Hello'\n---\nText.\n", "Eleventy", 1, 1),
        ("---js\n{ title: 'Hello' }\n---\nText.\n", "JavaScript", 1, 1),
        ('"title": "Hello",\n"date": "2024-01-31"\n;;;\nText.\n', "Hexo", 1, 1),
        ("Title: Hello\nDate: 2024-01-31\n\nText.\n", "Pelican", 1, 1),
        ("title: Hello\nsummary: long\n    and longer\ntags: a, b\n\nText.\n", "Pelican", 1, 1),
        ("Date: 2024-01-31\nTags: a, b", "Pelican", 1, 1),
        (".. title: Hello\n.. slug: hello\n\nText.\n", "Nikola", 1, 1),
        ("<!--\n.. title: Hello\n.. date: 2024-01-31\n-->\n\nText.\n", "Nikola", 2, 1),
    ],
)
def test_a_form_of_another_generator_is_named(text: str, what: str, line: int, column: int) -> None:
    result = parsed(text)
    (problem,) = result.diagnostics
    assert result.meta is None
    assert (problem.code, problem.line, problem.column) == ("SG112", line, column)
    assert what in problem.message
    assert problem.hint


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("\n---\ntitle: Hello\n---\nText.\n", 3),
        ("  \n\n+++\ntitle = 'Hello'\n+++\nText.\n", 4),
    ],
)
def test_front_matter_below_blank_lines_is_read_as_zola_reads_it(text: str, line: int) -> None:
    """Every page of a site that Zola had taken was an error."""
    result = parsed(text)
    assert result.meta
    assert (result.meta.title, result.diagnostics) == ("Hello", ())
    assert (result.body, result.line) == ("Text.\n", line + 2)
    assert result.meta.place("title").line == line


def test_mistake_in_front_matter_below_blank_lines_is_at_its_line() -> None:
    (problem,) = parsed("\n\n---\ntitle: Hello\ndraft: perhaps\n---\nText.\n").diagnostics
    assert (problem.code, problem.line, problem.column) == ("SG106", 5, 8)


@pytest.mark.parametrize(
    "text",
    [
        "Note: this is prose.\n\nMore of it.\n",
        "Date: the fruit.\n\nI like dates.\n",
        "Summary: it works.\n\nText.\n",
        "Hello: a word.\nTitle: another.\nAnd prose.\n",
        "Title: a story of one line that goes on\nand on.\n",
        "TL;DR: no.\n",
        "\n---\n\nText between rules.\n\n---\n",
        "<!-- a comment -->\n\nText.\n\n---\n\ntitle: none\n",
        "<!-- a comment -->\n# Title\n",
        "----\na: 1\n---\n",
        ".. note:: Sphinx has these.\n",
        '"Title": a quote.\n',
        "    ---\n    indented code\n",
    ],
)
def test_prose_that_looks_a_little_like_it_is_prose(text: str) -> None:
    result = parsed(text)
    assert result.meta is not None
    assert (result.body, result.diagnostics) == (text, ())


HOSTILE = ("\n", " ", " \n", "<!-- -->\n", "a:\n", "a: b c\n  d e\n", "----\n", "\n---\n")


@pytest.mark.parametrize("line", [*HOSTILE, ".. a:\n", '"a":\n', "<!--", "---json\n"])
def test_hostile_starts_are_read_in_one_pass(line: str) -> None:
    """The patterns look for an end that never comes: none may try again at every line."""
    assert parsed(f"{line * 50_000}x").body

"""Front matter that is nearly right: each slip is told at its own line, with what mends it."""

from __future__ import annotations

import pytest

from tests.content.test_frontmatter import parsed


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "hint"),
    [
        ("---\ntitle:X\n---\n", "SG101", 2, 7, "write 'title: X'"),
        ("---\ntitle:X\ndate: 2024-01-01\n---\n", "SG101", 2, 7, "write 'title: X'"),
        ("---\ndate: 2024-01-01\nfoo:X\ntags: [a]\n---\n", "SG101", 3, 5, "write 'foo: X'"),
        ("---\ntitle: X\n----\nText.\n", "SG102", 3, 1, "write '---'"),
        ("---\ntitle: X\n--\nText.\n", "SG102", 3, 1, "write '---'"),
        ("---\ntitle: X\n ---\nText.\n", "SG102", 3, 1, "write '---'"),
        ("---\ntitle: X\n\u2014\nText.\n", "SG102", 3, 1, "write '---'"),
        ("---\ntitle: X\n----\nText.\n\n---\nMore.\n", "SG102", 3, 1, "write '---'"),
        ("+++\ntitle = 'X'\n++++\nText.\n", "SG102", 3, 1, "write '+++'"),
        ("+++\ntitle = 'X'\n---\nText.\n\n+++\n", "SG102", 3, 1, "write '+++'"),
        ("---\ntitle = 'X'\n---\n", "SG101", 2, 1, "write '+++'"),
        ("+++\ntitle: X\n+++\n", "SG101", 2, 1, "write '---'"),
        ('{\n"title": "X"\n\nText.', "SG102", 1, 1, "add a line '}' below the last key"),
        ('{\n"title": X\n}\nText.', "SG101", 2, 10, "double quotes"),
        ("{\ntitle: 'X'\n}\nText.", "SG101", 2, 1, 'write "title"'),
    ],
)
def test_a_slip_is_told_where_it_is(
    text: str, code: str, line: int, column: int, hint: str | None
) -> None:
    result = parsed(text)
    (problem,) = result.diagnostics
    assert result.meta is None
    assert (problem.code, problem.line, problem.column) == (code, line, column)
    assert hint is None or hint in (problem.hint or "")


@pytest.mark.parametrize(
    ("text", "title", "body", "line"),
    [
        ('{"title": "X"}\nText.', "X", "Text.", 2),
        ('{\n\t"title": "X",\n\t"tags": ["a"]\n}\n\nText.', "X", "\nText.", 5),
        ('{"title": "} X"} \nText.', "} X", "Text.", 2),
        ("{}\nText.", None, "Text.", 2),
    ],
)
def test_an_object_of_json_is_front_matter(
    text: str, title: str | None, body: str, line: int
) -> None:
    """Hugo and Hexo write it so; it was once shown to readers as a paragraph."""
    result = parsed(text)
    assert result.diagnostics == ()
    assert result.meta is not None
    assert (result.meta.title, result.body, result.line) == (title, body, line)


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1} is an object.',
        "{% raw %}\nx",
        "{{< figure >}}",
        "{: .class}",
        "{.class}\n# Heading",
        "{title}",
    ],
)
def test_a_brace_that_starts_a_text_is_text(text: str) -> None:
    result = parsed(text)
    assert result.meta is not None
    assert (result.body, result.diagnostics) == (text, ())


def test_values_of_json_have_places() -> None:
    (problem,) = parsed('{\n  "title": "X",\n  "date": "soon"\n}\n').diagnostics
    assert (problem.code, problem.line, problem.column, problem.length) == ("SG107", 3, 11, 6)

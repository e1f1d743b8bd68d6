"""JSON with places: what it gives is what the standard library gives."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.data.json_tree import end_of_object, read_json
from sitegen.data.tree import Scalar, Tree, plain
from sitegen.model.source import Span
from tests.data.test_toml_tree import lists_as_tuples


def tree_of(text: str) -> Tree:
    tree, problems = read_json(text)
    assert tree is not None
    assert problems == ()
    return tree


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]))
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
    max_leaves=20,
)


@given(st.dictionaries(TEXTS, VALUES), st.sampled_from([None, 2, "\t"]), st.booleans())
def test_every_object_is_read_as_by_the_standard_library(
    value: dict[str, object], indent: str | int | None, is_ascii: bool
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=is_ascii)
    assert plain(tree_of(text).value) == lists_as_tuples(value)
    assert end_of_object(f"{text}\n\n}} rest") == len(text)


@given(st.text(st.sampled_from('{}[]:,"\\ \nau1.-')) | st.text())
def test_any_text_is_read_or_explained(text: str) -> None:
    tree, problems = read_json("{" + text)
    assert tree is not None or problems


def test_keys_entries_and_values_have_places() -> None:
    tree = tree_of('{\n\t"title":"A \\"b\\"",\n\t"tags": ["x", "yz"]\n}')
    assert tree.value["title"] == Scalar('A "b"', 'A "b"', Span(2, 10, 9))
    assert tree.places == {
        ("title",): Span(2, 2, 7),
        ("tags",): Span(3, 2, 6),
        ("tags", 0): Span(3, 11, 3),
        ("tags", 1): Span(3, 16, 4),
    }


@pytest.mark.parametrize(
    ("text", "line", "column", "message", "hint"),
    [
        ('{"a": 1,\n}', 1, 8, "a comma before '}'", "remove it"),
        ('{"a": [1,]}', 1, 9, "a comma before ']'", "remove it"),
        ('{"a": 1\n"b": 2}', 1, 7, "neither a comma nor '}' after this", "put a comma after it"),
        ("{'a': 1}", 1, 2, "a key is a text in double quotes", 'write "a"'),
        ("{a: 1}", 1, 2, "a key is a text in double quotes", 'write "a"'),
        ("{1.5: 1}", 1, 2, "a key is a text in double quotes", None),
        ('{"a" 1}', 1, 6, "no ':' after 'a'", 'write "a": and a value'),
        ('{"a": b}', 1, 7, "'b' is not a value", "put text in double quotes"),
        ('{"a": NaN}', 1, 7, "'NaN' is not a value", "put text in double quotes"),
        (
            '{"a": "b\n}',
            1,
            7,
            "a quote that is never closed",
            "close it on the line where it opens",
        ),
        ('{"a": "\\d"}', 1, 7, "a backslash that starts no escape", "write a backslash twice"),
        ('{"a": 1} x', 1, 10, "text behind its end", None),
        ('{"a":', 1, 5, "it ends too early", None),
        ('{"a": ' + "9" * 5000 + "}", 1, 7, "a number too large", None),
    ],
)
def test_what_is_not_json_is_one_located_error(
    text: str, line: int, column: int, message: str, hint: str | None
) -> None:
    tree, (problem,) = read_json(text)
    assert tree is None
    assert (problem.code, problem.line, problem.column) == ("SG101", line, column)
    assert (problem.message, problem.hint) == (f"not valid JSON: {message}", hint)


def test_second_key_of_a_name_is_an_error_and_the_first_stays() -> None:
    tree, (problem,) = read_json('{"a": 1, "b": {"a": 2}, "a": [3]}')
    assert tree is not None
    assert plain(tree.value) == {"a": 1, "b": {"a": 2}}
    assert (problem.code, problem.line, problem.column) == ("SG104", 1, 25)


def test_depth_and_size_are_limited() -> None:
    for text in ('{"a": ' + "[" * 100_000, '{"a": "' + "x" * 70_000 + '"}'):
        tree, (problem,) = read_json(text)
        assert (tree, problem.code) == (None, "SG109")


@pytest.mark.parametrize("text", ['{"a": 1', '{"a": "}"', "{{}"])
def test_object_that_never_ends_has_no_end(text: str) -> None:
    assert end_of_object(text) is None


def test_forbidden_characters_are_not_smuggled_in_by_escapes() -> None:
    assert plain(tree_of('{"a": "x\\u0000\\ud800y\\b"}').value) == {"a": "xy"}

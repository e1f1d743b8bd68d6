"""What does not fit the types of a dataclass, in the words of the author's file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from sitegen.config.validation import checked
from sitegen.data.toml_tree import read_toml
from sitegen.data.tree import plain
from sitegen.model.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Inner:
    name: str
    size: int = 1


@dataclass(frozen=True, slots=True)
class Outer:
    title: str = ""
    size: int = 1
    path: str | None = None
    is_on: bool = False
    inner: Inner = Inner("")
    many: tuple[Inner, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    whatever: object = None


def check(kind: type, text: str) -> tuple[object, tuple[Diagnostic, ...]]:
    tree, _ = read_toml(text)
    assert tree is not None
    values = {key: plain(node) for key, node in tree.value.items()}
    return checked(kind, values, tree, wrong="SG003", unknown="SG002")


def test_values_that_fit_are_of_the_kind() -> None:
    text = (
        'title = "x"\nsize = 2\npath = "p"\nwhatever = [1]\n[[many]]\nname = "a"\n[names]\nb = "c"'
    )
    fitting = Outer("x", 2, "p", many=(Inner("a"),), names={"b": "c"}, whatever=(1,))
    assert check(Outer, text) == (fitting, ())


@pytest.mark.parametrize(
    ("text", "message", "line", "column"),
    [
        ("\ntitle = 5", "'title' must be text, not '5'", 2, 9),
        ("title = [5]", "'title' must be text, not a list", 1, 1),
        ("path = 5", "'path' must be text, not '5'", 1, 8),
        ("size = true", "'size' must be a whole number, not 'true'", 1, 8),
        ("size = 1.0", "'size' must be a whole number, not '1.0'", 1, 8),
        ("size = '10'", "'size' must be a whole number, not '10'", 1, 8),
        ("is_on = 1", "'is_on' must be true or false, not '1'", 1, 9),
        ('is_on = "maybe"', "'is_on' must be true or false, not 'maybe'", 1, 9),
        ("inner = 1", "'inner' must be a table, not '1'", 1, 9),
        ("names = 1", "'names' must be a table, not '1'", 1, 9),
        ("many = 1", "'many' must be a list, not '1'", 1, 8),
        (
            "[[many]]\nname = 'a'\nsize = 'x'",
            "'many[0].size' must be a whole number, not 'x'",
            3,
            8,
        ),
        ("[[many]]\nsize = 1", "'many[0].name' is missing", 1, 3),
        ("[inner]\nsize = 1", "'inner.name' is missing", 1, 2),
        ("[names]\na = 1", "'names.a' must be text, not '1'", 2, 5),
    ],
)
def test_a_wrong_value_says_what_it_must_be(
    text: str, message: str, line: int, column: int
) -> None:
    _, (problem,) = check(Outer, text)
    assert (problem.code, problem.message) == ("SG003", message)
    assert (problem.line, problem.column) == (line, column)


@pytest.mark.parametrize(
    ("text", "key", "hint"),
    [
        ("titel = 1", "titel", "did you mean 'title'?"),
        ("[inner]\nname = 'a'\nsise = 1", "inner.sise", "did you mean 'size'?"),
        ("[[many]]\nname = 'a'\nnam = 1", "many[0].nam", "did you mean 'name'?"),
        ("zzz = 1", "zzz", None),
        (
            "[inner]\nname = 'a'\ntitle = 'b'",
            "inner.title",
            "move this line above the first [table]",
        ),
    ],
)
def test_an_unknown_key_names_the_nearest(text: str, key: str, hint: str | None) -> None:
    _, (problem,) = check(Outer, text)
    assert (problem.code, problem.message) == ("SG002", f"unknown key '{key}'")
    assert problem.hint == hint


def test_every_problem_is_reported() -> None:
    value, problems = check(Outer, "title = 1\nmany = 2\nx = 3")
    assert value is None
    assert {d.line for d in problems} == {1, 2, 3}


def test_problems_are_in_the_order_of_the_keys_and_unknown_keys_last() -> None:
    _, problems = check(
        Outer, "x = 3\nmany = [{}]\ntitle = 1\n[inner]\nname = ''\nsize = ''\ny = 1"
    )
    assert [problem.line for problem in problems] == [3, 6, 7, 2, 1]


def test_a_flag_may_be_in_quotes_as_in_front_matter() -> None:
    """The hint says: write 'true' or 'false'."""
    assert check(Outer, "is_on = 'true'") == (Outer(is_on=True), ())
    assert check(Outer, "is_on = 'false'") == (Outer(is_on=False), ())


def test_keys_with_braces_are_names_like_others() -> None:
    _, problems = check(Outer, "[many]\n'{x}' = [1]\n[names]\n'{0}' = 1")
    hints = [problem.hint for problem in problems]
    assert hints == ["write '[[many]]' in place of '[[many.{x}]]'", "write one text, in quotes"]


def test_long_values_and_keys_are_cut() -> None:
    _, problems = check(Outer, f"size = '{'x' * 5000}'\n{'k' * 5000} = 1")
    assert all(len(problem.message) < 120 for problem in problems)


def test_the_length_is_that_of_the_value() -> None:
    _, (problem,) = check(Outer, "title = 12345")
    assert problem.length == 5

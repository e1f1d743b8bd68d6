"""Pydantic's findings in the words of the author's file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

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
    ratio: float = 1
    is_on: bool = False
    inner: Inner = Inner("")
    many: tuple[Inner, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    choice: Literal["a", "b"] = "a"


def check(kind: type, text: str) -> tuple[object, tuple[Diagnostic, ...]]:
    tree, _ = read_toml(text)
    assert tree is not None
    values = {key: plain(node) for key, node in tree.value.items()}
    return checked(kind, values, tree, wrong="SG003", unknown="SG002")


def test_values_that_fit_are_of_the_kind() -> None:
    text = 'title = "x"\nratio = 2\n[[many]]\nname = "a"\n[names]\nb = "c"'
    fitting = Outer("x", 2, many=(Inner("a"),), names={"b": "c"})
    assert check(Outer, text) == (fitting, ())


@pytest.mark.parametrize(
    ("text", "message", "line", "column"),
    [
        ("\ntitle = 5", "'title' must be text, not '5'", 2, 9),
        ("title = [5]", "'title' must be text, not a list", 1, 1),
        ('ratio = "x"', "'ratio' must be a number, not 'x'", 1, 9),
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


def test_a_finding_without_words_of_ours_still_names_no_library() -> None:
    _, (problem,) = check(Outer, "choice = 'no'")
    assert problem.message == "'choice' must be 'a' or 'b', not 'no'"
    assert "pydantic" not in problem.message.lower()


def test_long_values_and_keys_are_cut() -> None:
    _, problems = check(Outer, f"ratio = '{'x' * 5000}'\n{'k' * 5000} = 1")
    assert all(len(problem.message) < 120 for problem in problems)


def test_the_length_is_that_of_the_value() -> None:
    _, (problem,) = check(Outer, "title = 12345")
    assert problem.length == 5

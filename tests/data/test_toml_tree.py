"""TOML with places: the scanner must agree with tomllib about every valid text."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.data.toml_tree import read_toml
from sitegen.data.tree import Scalar, Tree, plain
from sitegen.model.source import Span


def tree_of(text: str) -> Tree:
    tree, problems = read_toml(text)
    assert tree is not None
    assert problems == ()
    return tree


def lists_as_tuples(value: object) -> object:
    if isinstance(value, dict):
        return {key: lists_as_tuples(item) for key, item in value.items()}
    return tuple(map(lists_as_tuples, value)) if isinstance(value, list) else value


VALID = {
    "tables": "[a]\nb = 1\n[a.c]\nd = 2\n[ e . 'f.g' ]\nh = 3",
    "arrays of tables": "[[a]]\nb = 1\n[[a]]\n[a.c]\nd = 1\n[[a.e]]\nf = 1\n[[a.e]]\nf = 2",
    "inline": 'a = { b = 1, "c.d" = [1, 2.5, { e = "}" }] } # [no] = 1\nf = []\ng = {}',
    "dotted": "a.b.c = 1\na.d = 2\n1.2 = 3",
    "arrays over lines": "a = [ # one ]\n  1,\n  [2, 3],\n]\nb = 1",
    "strings": "a = \"\"\"x\n[b]\nc = 1\"\"\"\nd = '''\n'e' = \"\n'''\nf = 'C:\\'\ng = \"\\\"#\"",
    "quotes at the end": 'a = """x"""""\nb = \'\'\'y\'\'\'\'\nc = 1',
    "quotes at the end in a list": 'a = ["""x"""", "]", """""y"""""]\nb = 1',
    "dates": "a = 2024-01-31 10:00:00\nb = 2024-01-31\nc = 10:00:00.5\nd = 1979-05-27T07:32:00Z",
    "numbers": "a = 1_000\nb = -1.5e-3\nc = 0xff\nd = inf\ne = +7",
    "escaped key": '"\\u00e9 \\"" = 1\n"" = 2',
    "nothing": "# only a comment",
}


@pytest.mark.parametrize("text", VALID.values(), ids=VALID)
def test_values_are_those_of_tomllib(text: str) -> None:
    assert plain(tree_of(text).value) == lists_as_tuples(tomllib.loads(text))


def test_keys_and_entries_have_their_places() -> None:
    tree = tree_of('\ntitle = """\n[x]\n"""\n[[menu]]\nurl.a = [1,\n  {b = 2}]\n')
    assert tree.places == {
        ("title",): Span(2, 1, 5),
        ("menu",): Span(5, 3, 4),
        ("menu", 0): Span(5, 3, 4),
        ("menu", 0, "url"): Span(6, 1, 3),
        ("menu", 0, "url", "a"): Span(6, 5, 1),
        ("menu", 0, "url", "a", 0): Span(6, 10, 1),
        ("menu", 0, "url", "a", 1): Span(7, 3, 1),
        ("menu", 0, "url", "a", 1, "b"): Span(7, 4, 1),
    }


def test_scalars_keep_their_text_and_place() -> None:
    tree = tree_of('a = 1_000 # x\nb = 2024-01-31\nc = "\\u0008x"')
    assert tree.value == {
        "a": Scalar("1_000", 1000, Span(1, 5, 5)),
        "b": Scalar("2024-01-31", date(2024, 1, 31), Span(2, 5, 10)),
        "c": Scalar("x", "x", Span(3, 5, 9)),
    }


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a = 1\nb = nope", "SG101", 2, 5),
        ("a = 2017-02-29", "SG101", 1, 5),
        ("a = 1\nb = ", "SG101", 2, 3),
        ('a = """x', "SG101", 1, 8),
        ("a = " + "9" * 20_000, "SG101", 1, 5),
        ("a = 1\na = 2\n", "SG104", 2, 1),
        ("[a]\n[b]\n[a]\n", "SG104", 3, 2),
        ("[a.b]\n[a]\n[a]", "SG104", 3, 2),
        ("a.b = 1\na = 2", "SG104", 2, 1),
        ("a = 1\na.b = 2", "SG104", 2, 1),
        ("a = 1\n[a.b]", "SG104", 2, 2),
        ("a=" + "[" * 3000, "SG109", 1, 53),
        ("a=" + "{a=" * 3000, "SG109", 1, 153),
        ("#" * 65_537, "SG109", 1, 1),
    ],
)
def test_what_cannot_be_read_is_located(text: str, code: str, line: int, column: int) -> None:
    tree, (problem,) = read_toml(text)
    assert tree is None
    assert (problem.code, problem.line, problem.column) == (code, line, column)


def test_second_key_of_the_same_name_names_both_lines() -> None:
    _, (problem,) = read_toml("[a]\nb.c = 1\n\nb.c = 2", first_line=10)
    assert problem.message == "'a.b.c' is written twice: on line 11 and here"


def test_second_key_is_underlined_whole() -> None:
    _, (problem,) = read_toml("title = 1\ntitle = 2")
    assert (problem.line, problem.column, problem.length) == (2, 1, 5)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("a = text # more", 'put it in quotes: "text"'),
        ("a = True", "write 'true'"),
        ("a = “b”", 'put it in quotes: "b"'),
        ('a = it\'s "so"', 'put it in quotes: "it\'s \\"so\\""'),
        ("a: b", "write every key as `key = value`"),
        ('a = "b\nc = 1', "close the quotes on the line where they open"),
        ("a = 'b", "close the quotes"),
        ("a = \x01", None),
        ("a = 'b\x01'", None),
    ],
)
def test_a_common_mistake_says_what_helps(text: str, hint: str | None) -> None:
    _, (problem,) = read_toml(text)
    assert problem.hint == hint


def test_a_dotted_key_of_60_kb_once_took_35_seconds() -> None:
    _, (problem,) = read_toml(".".join("a" * 30_000) + " = 1")
    assert problem.code == "SG109"


def test_dots_in_a_string_are_not_deep() -> None:
    assert read_toml(f'a = "{"x." * 200}"')[1] == ()


KEYS = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("[]={}#'.,"))


def quoted(text: str) -> str:
    return (
        '"'
        + "".join(
            f"\\U{ord(char):08x}" if char in '"\\' or char < " " or char == "\x7f" else char
            for char in text
        )
        + '"'
    )


@given(st.dictionaries(KEYS, WORDS | st.lists(WORDS) | st.dictionaries(KEYS, WORDS)))
def test_every_generated_table_is_placed(table: dict[str, object]) -> None:
    def written(value: object) -> str:
        if isinstance(value, str):
            return quoted(value)
        if isinstance(value, list):
            return "[\n" + ",\n".join(map(written, value)) + "]"
        assert isinstance(value, dict)
        return "{" + ", ".join(f"{quoted(k)} = {written(v)}" for k, v in value.items()) + "}"

    text = "".join(f"{quoted(key)} = {written(value)}\n" for key, value in table.items())
    tree, problems = read_toml(text)
    assert problems == ()
    assert tree is not None
    assert {(key,) for key in table} == {path for path in tree.places if len(path) == 1}


@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("[]{}=.,'\"\n #a1")))
def test_any_text_is_read_or_explained(text: str) -> None:
    tree, problems = read_toml(text)
    assert (tree is None) == bool(problems)


NAMES = st.lists(st.sampled_from("ab"), min_size=1, max_size=3).map(".".join)
VALUES = st.sampled_from(["1", "[]", "{}", "{a = 1}", "[{b = 1}]", "{a.b = 1}", "[1,\n2]", "nope"])
STATEMENTS = (
    st.tuples(NAMES, VALUES).map(" = ".join)
    | NAMES.map(lambda name: f"[{name}]")
    | NAMES.map(lambda name: f"[[{name}]]")
)


@given(st.lists(STATEMENTS, max_size=5).map("\n".join))
def test_keys_that_clash_in_any_way_are_placed_or_explained(text: str) -> None:
    tree, problems = read_toml(text)
    assert (tree is None) == bool(problems)
    assert all(problem.line and problem.column for problem in problems)

"""YAML with places, and everything that PyYAML alone would crash on, change or lose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.data.tree import Scalar, plain, scalars
from sitegen.data.yaml_tree import read_yaml
from sitegen.model.source import Span


def value_of(text: str) -> object:
    tree, problems = read_yaml(text)
    assert tree is not None
    assert problems == ()
    return plain(tree.value)


def scalar_of(text: str) -> Scalar:
    tree, _ = read_yaml(f"a: {text}")
    assert tree is not None
    scalar = tree.value["a"]
    assert isinstance(scalar, Scalar)
    return scalar


def problems_of(text: str) -> list[tuple[str, int | None, int | None]]:
    return [(d.code, d.line, d.column) for d in read_yaml(text)[1]]


def test_every_key_and_entry_has_its_place() -> None:
    tree, _ = read_yaml("\ntitle: x\ntags: [a,\n  b]\nmap:\n  in: 1\n", first_line=1)
    assert tree is not None
    assert tree.places == {
        ("title",): Span(2, 1, 5),
        ("tags",): Span(3, 1, 4),
        ("tags", 0): Span(3, 8, 1),
        ("tags", 1): Span(4, 3, 1),
        ("map",): Span(5, 1, 3),
        ("map", "in"): Span(6, 3, 2),
    }


def test_every_scalar_has_its_place() -> None:
    assert scalar_of('"a b"').span == Span(1, 4, 5)


def test_line_separators_do_not_shift_the_lines_below() -> None:
    tree, _ = read_yaml('a: "\u2028"\nb: 1')
    assert tree is not None
    assert tree.places["b",] == Span(2, 1, 1)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.10", 1.1),
        ("no", False),
        ("010", 8),
        ("12:30", 750),
        ("1_000", 1000),
        ("0x1F", 31),
    ],
)
def test_what_yaml_1_1_changes_keeps_its_text(text: str, value: object) -> None:
    scalar = scalar_of(text)
    assert (scalar.text, scalar.value, scalar.is_reread) == (text, value, True)


@pytest.mark.parametrize(
    "text", ["2024", "1.5", "-3", "x", "2024-01-31", '"1.10"', "'no'", "~", ""]
)
def test_what_yaml_reads_as_it_is_written_is_no_surprise(text: str) -> None:
    assert not scalar_of(text).is_reread


@pytest.mark.parametrize(
    "text", ["2017-02-29 11:00:00", "9" * 20_000, "2024-01-01 10:00:00 +99:99"]
)
def test_a_scalar_that_pyyaml_raises_on_is_a_text(text: str) -> None:
    scalar = scalar_of(text)
    assert (scalar.text, scalar.value, scalar.is_reread) == (text, text, True)


@pytest.mark.parametrize(
    ("text", "value"), [("=", "="), ("!!str 1.10", "1.10"), ("|\n  x\n", "x\n")]
)
def test_other_scalars_are_texts(text: str, value: str) -> None:
    assert scalar_of(text).value == value


def test_keys_are_texts() -> None:
    assert value_of("no: 1\n2024: 2\n<<: 3") == {"no": 1, "2024": 2, "<<": 3}


@pytest.mark.parametrize("text", ["", "\n# only a comment\n"])
def test_nothing_is_an_empty_mapping(text: str) -> None:
    assert value_of(text) == {}


@pytest.mark.parametrize("text", ["just text", "- a\n- b", "42"])
def test_what_is_no_mapping_is_none_without_a_problem(text: str) -> None:
    assert read_yaml(text) == (None, ())


def test_second_key_of_the_same_name_is_an_error_that_names_both_lines() -> None:
    tree, problems = read_yaml("a: 1\nb: {c: 1,\n c: 2}\na: [x]\n")
    assert tree is not None
    assert plain(tree.value) == {"a": 1, "b": {"c": 1}}
    assert [(d.code, d.line, d.message) for d in problems] == [
        ("SG104", 3, "'c' is written twice: on line 2 and here"),
        ("SG104", 4, "'a' is written twice: on line 1 and here"),
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("title: a: b", ("SG101", 1, 8)),
        ("title: a: b\n  c", ("SG101", 1, 9)),
        ("a: 1\n b: 2", ("SG101", 2, 1)),
        ("a:\n- b\n-c", ("SG101", 3, 1)),
        ("a: 1\n\tb: 2", ("SG101", 2, 1)),
        ("a: [1\nb: 2", ("SG101", 1, 4)),
        ('a: 1\nb: "never closed\nc: 3', ("SG101", 2, 4)),
        ("a: @b", ("SG101", 1, 4)),
        ('a: "\\ud800"', ("SG101", 1, 7)),
        ("a: 1\n--- again", ("SG101", 2, 1)),
        ("%YAML 9.9\n---\na: 1", ("SG101", 1, 1)),
        ("a: 1\n? [b]\n: c", ("SG101", 2, 3)),
        ("a: \x01", ("SG101", 1, 4)),
        ("a: \ud800", ("SG101", 1, 4)),
        ("a: !!bool maybe", ("SG101", 1, 4)),
        ("a: !!int ''", ("SG101", 1, 4)),
        ("a: !!binary eA==", ("SG101", 1, 4)),
        ("a: !thing x", ("SG101", 1, 4)),
        ("a: !!set {x}", ("SG101", 1, 4)),
        ("a: !!python/object/apply:os.system [true]", ("SG101", 1, 4)),
        ("a: &b 1", ("SG109", 1, 4)),
        ("a: *b", ("SG109", 1, 4)),
        ("a: *b* c", ("SG101", 1, 4)),
    ],
)
def test_what_cannot_be_read_is_located(text: str, place: tuple[str, int, int]) -> None:
    assert problems_of(text) == [place]


def test_second_key_is_underlined_whole() -> None:
    _, (problem,) = read_yaml("title: 1\ntitle: 2")
    assert (problem.line, problem.column, problem.length) == (2, 1, 5)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("a:\n\tb: 2", "not valid YAML: a tab cannot indent YAML", "indent with spaces"),
        ("a: @b", "not valid YAML: a value cannot start with '@'", 'put it in quotes: "@b"'),
        (
            "a: 'b",
            "not valid YAML: a quote that is never closed",
            "write `'b'`",
        ),
        ("a:\n- b\n-c", "not valid YAML: a space is missing after '-'", "write '- c'"),
        (
            "a: 1\n b: 2",
            "not valid YAML: spaces before 'b', which is not inside another key",
            "remove them",
        ),
        ("a: [b, c\nd: 1", "not valid YAML: a list that is never closed", "write `[b, c]`"),
        (
            "a: {{ b }}",
            "not valid YAML: this value needs quotes",
            'put it in quotes: "{{ b }}"',
        ),
        (
            'a: "b" c',
            "not valid YAML: this value needs quotes",
            "put it in quotes: '\"b\" c'",
        ),
        (
            "a: !thing x",
            "the YAML tag '!thing' is not allowed here",
            "remove it",
        ),
    ],
)
def test_common_mistakes_are_told_in_plain_words(text: str, message: str, hint: str) -> None:
    _, (problem,) = read_yaml(text)
    assert (problem.message, problem.hint) == (message, hint)


def test_a_mistake_in_quotes_says_what_usually_helps() -> None:
    _, (problem,) = read_yaml("title: Rust: a story")
    assert problem.hint == 'put it in quotes: "Rust: a story"'
    assert (problem.column, problem.length) == (8, 13)


def test_a_value_that_goes_on_below_is_not_put_in_quotes_up_to_the_end_of_its_line() -> None:
    _, (problem,) = read_yaml("title: Rust: a story\n  that goes on")
    assert problem.hint == "put a value that contains ': ' in quotes"


def test_problems_before_a_syntax_error_are_reported_too() -> None:
    assert [code for code, *_ in problems_of("a: 1\na: 2\nb: !x 1\nc: [")] == [
        "SG104",
        "SG101",
        "SG101",
    ]


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}")])
def test_deep_nesting_is_refused_where_it_gets_deep(opening: str, closing: str) -> None:
    assert problems_of(f"a: {opening * 49}{closing * 49}") == []
    column = 4 + 49 * len(opening)
    assert problems_of(f"a: {opening * 50}{closing * 50}") == [("SG109", 1, column)]


@pytest.mark.parametrize("text", ["*bold* text", "&amp;"])
def test_a_text_that_looks_like_an_alias_says_to_quote_it(text: str) -> None:
    _, (problem,) = read_yaml(f"title: {text}")
    assert problem.hint == f'put it in quotes: "{text}"'


def test_a_hundred_thousand_brackets_once_killed_the_process() -> None:
    assert problems_of("a: " + "[" * 100_000 + "]" * 100_000) == [("SG109", 1, 1)]
    assert problems_of("a: " + "[" * 60_000) == [("SG109", 1, 53)]


def test_a_depth_at_which_libyaml_gives_up_is_still_found_where_it_starts() -> None:
    """PyYAML 6.0.4 refuses the thousandth level before it reads the first: SG101, and far off."""
    assert problems_of("a: 1\na: [!x " + "[" * 1020) == [
        ("SG104", 2, 1),
        ("SG101", 2, 5),
        ("SG109", 2, 56),
    ]


def test_a_billion_laughs_are_refused_at_the_first() -> None:
    laughs = "a: &a [ha]\n" + "".join(f"b{i}: &b{i} [*a, *a, *a]\n" for i in range(20))
    assert problems_of(laughs) == [("SG109", 1, 4)]


def test_escapes_smuggle_no_forbidden_character_in() -> None:
    tree, problems = read_yaml('"a\\x08": "b\\0\\uFFFEc"')
    assert tree is not None
    assert plain(tree.value) == {"a": "bc"}
    assert problems == ()


@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("[]{}:,-?|>*&!%'\"\n #")))
def test_any_text_is_read_or_explained(text: str) -> None:
    tree, problems = read_yaml(text)
    assert all(problem.line and problem.column for problem in problems)
    if tree is not None:
        assert all(scalar.span.line <= text.count("\n") + 1 for scalar in scalars(tree.value))


def test_a_value_in_a_list_of_mappings_is_put_in_quotes_too() -> None:
    """The next key of an entry is indented, and does not go on with the value."""
    _, (problem,) = read_yaml("talks:\n- title: Rust: a story\n  year: 2024\n")
    assert problem.hint == 'put it in quotes: "Rust: a story"'
    assert (problem.line, problem.column, problem.length) == (2, 10, 13)

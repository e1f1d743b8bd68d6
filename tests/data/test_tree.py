"""Values that know where they stand."""

from __future__ import annotations

from sitegen.data.tree import Node, Part, Scalar, plain, scalars, shortened
from sitegen.model.source import Span

AT = Span(1, 1)


def test_lines_and_columns_count_from_one_in_the_whole_file() -> None:
    part = Part("\na: x\nbc: y", first_line=4)
    assert part.span(6, 8) == Span(6, 1, 2)


def test_a_span_ends_with_its_first_line() -> None:
    assert Part("ab\ncd").span(0, 5) == Span(1, 1, 2)


def test_a_line_separator_ends_no_line() -> None:
    assert Part("a\u2028b\nc").span(4, 5) == Span(2, 1, 1)


def test_a_problem_behind_the_text_is_shown_at_its_last_character() -> None:
    problem = Part("a: [\n\n").problem("SG101", "open", 6)
    assert (problem.line, problem.column) == (1, 4)


def test_plain_values_have_no_places() -> None:
    node: Node = {
        "a": (Scalar("1", 1, AT), Scalar("x", "x", AT)),
        "b": {"c": Scalar("no", False, AT)},
    }
    assert plain(node) == {"a": (1, "x"), "b": {"c": False}}


def test_scalars_come_in_the_order_they_are_written() -> None:
    node: Node = {"a": (Scalar("1", 1, AT), Scalar("2", 2, AT)), "b": {"c": Scalar("3", 3, AT)}}
    assert [scalar.text for scalar in scalars(node)] == ["1", "2", "3"]


def test_a_long_text_is_cut_for_messages() -> None:
    assert shortened("x" * 20_000) == "x" * 39 + "…"

"""The text of a source file, whatever its bytes."""

from __future__ import annotations

from codecs import BOM_UTF8

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from sitegen.model.diagnostics import Diagnostic
from sitegen.text.encoding import FORBIDDEN, decode, line_and_column


def only(data: bytes) -> Diagnostic:
    _, (problem,) = decode(data, "a.md")
    return problem


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a\nb", "a\nb"),
        (b"a\r\nb", "a\nb"),
        (b"a\rb", "a\nb"),
        (b"a\r\r\nb", "a\n\nb"),
        (BOM_UTF8 + b"---\n", "---\n"),
        ("தமிழ் 日本".encode(), "தமிழ் 日本"),
        ("a\u2028b\x85".encode(), "a\u2028b\x85"),
        (b"", ""),
    ],
)
def test_text_has_no_mark_and_lines_end_with_lf(data: bytes, text: str) -> None:
    assert decode(data, "a.md") == (text, ())


def test_byte_that_is_not_utf8_is_named_with_its_place() -> None:
    text, (problem,) = decode(b"one\r\ncaf\xe9\n", "content/posts/a.md")
    assert text is None
    assert problem.message == "invalid UTF-8: byte 0xe9"
    assert (problem.code, problem.path) == ("SG006", "content/posts/a.md")
    assert (problem.line, problem.column) == (2, 4)


def test_columns_count_characters_not_bytes() -> None:
    assert only("日本".encode() + b"\xff").column == 3


def test_byte_order_mark_does_not_shift_the_place_of_a_bad_byte() -> None:
    # The codec "utf-8-sig" reported the offset behind the mark, three bytes off.
    problem = only(BOM_UTF8 + b"abc\xff")
    assert (problem.message, problem.column) == ("invalid UTF-8: byte 0xff", 4)


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_with_a_mark_is_recognized(codec: str) -> None:
    problem = only("\ufeffhello".encode(codec))
    assert (problem.message, problem.line, problem.column) == (
        "this file is UTF-16, not UTF-8",
        1,
        1,
    )


def test_forbidden_characters_are_removed_and_told_once() -> None:
    text, (problem,) = decode(b"one\n\x1b[31mred\x1b[0m\x00", "a.md")
    assert text == "one\n[31mred[0m"
    assert "U+001B and 2 more" in problem.message
    assert (problem.code, problem.line, problem.column) == ("SG007", 2, 1)


def test_one_forbidden_character_has_no_others() -> None:
    assert "more" not in only(b"a\x0cb").message


@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_become_text_that_xml_can_hold_or_a_problem(data: bytes) -> None:
    text, problems = decode(data, "a.md")
    if text is None:
        assert [problem.code for problem in problems] == ["SG006"]
    else:
        etree.Element("a").text = text
        assert "\r" not in text


@given(st.text(st.sampled_from("ab\n")), st.data())
def test_place_is_the_line_and_column_of_an_offset(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    line, column = line_and_column(text, offset)
    lines = text.split("\n")
    assert sum(len(before) + 1 for before in lines[: line - 1]) + column - 1 == offset


@given(st.text())
def test_all_that_is_forbidden_is_found_and_nothing_else(text: str) -> None:
    text = text.replace("\r", "").removeprefix("\ufeff")
    clean, problems = decode(text.encode(), "a.md")
    assert clean == FORBIDDEN.sub("", text)
    assert bool(problems) is (clean != text)


@pytest.mark.parametrize("character", ["\x00", "\x08", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_forbidden_character_is_found_among_letters_of_any_script(character: str) -> None:
    for text in ("ab\n\t", "é日本🎉"):
        assert decode(f"{text}{character}".encode(), "a.md")[0] == text

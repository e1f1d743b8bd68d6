"""Edits are at the places that a reader counts, whatever ends the lines of a file."""

from __future__ import annotations

from codecs import BOM_UTF8

from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.diagnostics import Replacement
from sitegen.text.edits import edited
from sitegen.text.encoding import decode, line_and_column

TEXTS = st.text(alphabet="ab\r\n\u2028é\t\x01", max_size=30)


@given(TEXTS, st.sampled_from((b"", BOM_UTF8)), st.integers(0, 30), st.integers(0, 5))
def test_edit_changes_what_it_names_and_nothing_else(
    text: str, mark: bytes, offset: int, length: int
) -> None:
    data = mark + text.encode()
    read = decode(data, "")[0] or ""
    offset = min(offset, len(read))
    length = min(length, len(read[offset:].partition("\n")[0]))
    place = line_and_column(read, offset)
    made = edited(data, [Replacement(*place, length, "x")])
    if made is None:
        assert "\x01" in text
        return
    assert made.startswith(mark)
    assert made.count(b"\x01") == data.count(b"\x01")
    assert decode(made, "")[0] == f"{read[:offset]}x{read[offset + length :]}"
    ends = [end for end in (b"\r\n", b"\r", b"\n") if end not in data]
    assert not any(end in made for end in ends)


def test_new_line_ends_as_those_of_the_file() -> None:
    assert edited(b"a\r\nb\r\n", [Replacement(2, 1, 1, "b\nc")]) == b"a\r\nb\r\nc\r\n"
    assert edited(b"a", [Replacement(1, 1, 1, "a\nb")]) == b"a\nb"


def test_several_edits_do_not_move_each_other() -> None:
    edits = [Replacement(1, 1, 1, "longer"), Replacement(1, 3, 1, ""), Replacement(2, 1, 1, "y")]
    assert edited(b"a b\nc", edits) == b"longer \ny"

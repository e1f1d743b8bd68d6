"""Diagnostics: judged, framed, and shown to people and programs."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.console.formats import as_github, as_json, as_text
from sitegen.model.codes import CODES, Severity
from sitegen.model.diagnostics import Diagnostic, Fix, framed, has_errors, judged, location
from sitegen.text.spelling import did_you_mean
from tests.manual import code_table

LINK = Diagnostic(
    "SG301",
    "no such page",
    "posts/a.md",
    12,
    5,
    "did you mean 'b.md'?",
    6,
    frame="See [b](b.md).",
    target="b.md",
)


def underlined(frame: str, column: int, length: int = 1) -> tuple[str, str]:
    """The source line and its underline as the terminal shows them, from their first column."""
    found = Diagnostic("SG301", "m", "a.md", 1, column, length=length, frame=frame)
    _, source, marks = as_text(found).split("\n")
    return source.partition("| ")[2], marks.partition("| ")[2]


def test_text_has_place_message_frame_and_hint() -> None:
    assert as_text(LINK) == (
        "posts/a.md:12:5: error SG301: no such page\n"
        "   12 | See [b](b.md).\n"
        "      |     ^^^^^^\n"
        "   hint: did you mean 'b.md'?"
    )


def test_text_in_colour_says_the_same() -> None:
    text = as_text(LINK, colour=True)
    assert "\x1b[1;31merror SG301\x1b[0m" in text
    for code in ("0", "1", "31", "1;31", "1;32"):
        text = text.replace(f"\x1b[{code}m", "")
    assert text == as_text(LINK)


@pytest.mark.parametrize(
    ("diagnostic", "text"),
    [
        (Diagnostic("SG009", "m"), "error SG009: m"),
        (Diagnostic("SG005", "m", "a"), "a: error SG005: m"),
        (Diagnostic("SG502", "m", "a", 3), "a:3: error SG502: m"),
        (Diagnostic("SG502", "m", "a", 3, frame="  x"), "a:3: error SG502: m\n   3 |   x"),
        (Diagnostic("SG101", "m", "a", 3, 1, frame="  "), "a:3:1: error SG101: m"),
    ],
)
def test_what_is_not_known_is_not_shown(diagnostic: Diagnostic, text: str) -> None:
    assert as_text(diagnostic) == text


@pytest.mark.parametrize(
    ("frame", "column", "length", "source", "marks"),
    [
        ("abc", 2, 1, "abc", " ^"),
        ("abc", 2, 99, "abc", " ^^"),
        ("abc", 4, 1, "abc", "   ^"),
        ("abc", 99, 5, "abc", "   ^"),
        ("\tabc", 2, 3, " abc", " ^^^"),
        ("日本語x", 3, 2, "日本語x", "    ^^^"),
        ("cafe\u0301 x", 7, 1, "cafe\u0301 x", "     ^"),
        ("abc   ", 1, 6, "abc", "^^^"),
        ("a", 1, 0, "a", "^"),
    ],
)
def test_underline_stands_below_what_it_means(
    frame: str, column: int, length: int, source: str, marks: str
) -> None:
    assert underlined(frame, column, length) == (source, marks)


@pytest.mark.parametrize("column", [1, 49, 50, 51, 100, 101, 250, 499, 500])
def test_wide_line_is_cut_around_the_place(column: int) -> None:
    line = "".join(chr(0x4E00 + n) for n in range(500))
    source, marks = underlined(line, column)
    assert len(source) <= 100
    assert source[marks.index("^") // 2] == line[column - 1]


def test_place_behind_the_end_of_a_wide_line_shows_its_end() -> None:
    source, marks = underlined("x" * 150 + "END", 9999)
    assert source.endswith("END")
    assert len(marks) == len(source) + 1


@given(st.text(), st.integers(1, 300), st.integers(0, 300))
def test_frame_shows_any_line_on_one_line(frame: str, column: int, length: int) -> None:
    line = frame.replace("\n", "")
    text = as_text(Diagnostic("SG301", "m", "a", 1, column, length=length, frame=line))
    assert len(text.split("\n")) == (3 if line.strip() else 1)


def test_control_characters_do_not_reach_the_terminal() -> None:
    evil = "\x1b]0;pwned\x07\x9b\udc80"
    hostile = Diagnostic("SG301", evil, evil, 1, 1, evil, frame=f"x{evil}")
    text = as_text(hostile)
    assert not any(c in text for c in "\x1b\x07\x9b\udc80")
    assert "\\x1b]0;pwned\\x07\\x9b\\udc80" in text.split("\n")[0]
    assert "\x1b[" in as_text(hostile, colour=True)


def test_json_has_every_part() -> None:
    assert json.loads(json.dumps(as_json(LINK))) == {
        "code": "SG301",
        "message": "no such page",
        "path": "posts/a.md",
        "line": 12,
        "column": 5,
        "hint": "did you mean 'b.md'?",
        "length": 6,
        "severity": "error",
        "frame": "See [b](b.md).",
        "target": "b.md",
        "said": [],
        "fix": None,
        "url": "https://sitegen.github.io/sitegen/diagnostics/#sg301",
    }
    mended = as_json(replace(LINK, fix=Fix("b", "c")))["fix"]
    assert mended == {"line": 12, "column": 9, "length": 1, "text": "c"}
    assert as_json(Diagnostic("SG009", "m"))["path"] is None


def test_github_annotation_escapes_what_ends_its_parts() -> None:
    hostile = Diagnostic("SG301", "100%\r\n::error::x", "a,b:c%.md", 2, 3)
    assert as_github(hostile) == (
        "::error file=a%2Cb%3Ac%25.md,line=2,col=3,title=SG301::100%25%0D%0A::error::x"
    )


@pytest.mark.parametrize(
    ("severity", "level"),
    [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "notice")],
)
def test_github_annotation_has_a_level_and_the_hint(severity: Severity, level: str) -> None:
    found = Diagnostic("SG009", "m", hint="h", severity=severity)
    assert as_github(found) == f"::{level} title=SG009::m%0Ahint: h"


@pytest.mark.parametrize(
    ("code", "severities", "strict", "severity"),
    [
        ("SG301", {}, False, Severity.ERROR),
        ("SG008", {}, False, Severity.WARNING),
        ("SG008", {}, True, Severity.ERROR),
        ("SG205", {}, True, Severity.INFO),
        ("SG301", {"SG301": "warning"}, False, Severity.WARNING),
        ("SG301", {"SG301": "warning"}, True, Severity.ERROR),
        ("SG301", {"SG301": "info"}, True, Severity.INFO),
        ("SG401", {"SG401": "error"}, False, Severity.ERROR),
        ("SG301", {"SG301": "off"}, True, None),
        ("SG201", {"SG201": "off"}, False, Severity.ERROR),
        ("SG201", {"SG201": "info"}, False, Severity.ERROR),
    ],
)
def test_severity_is_that_of_the_code_unless_configured(
    code: str, severities: dict[str, str], strict: bool, severity: Severity | None
) -> None:
    found = judged([Diagnostic(code, "m")], severities, strict=strict)
    assert [d.severity for d in found] == ([] if severity is None else [severity])
    assert has_errors(found) == (severity is Severity.ERROR)


def test_order_is_by_place_and_the_same_told_twice_is_told_once() -> None:
    ordered = [
        Diagnostic("SG009", "m"),
        Diagnostic("SG301", "m", "a.md", 2, 9),
        Diagnostic("SG301", "m", "a.md", 10, 1),
        Diagnostic("SG302", "m", "a.md", 10, 1),
        Diagnostic("SG301", "m", "b.md"),
    ]
    for shuffled in permutations(ordered):
        found = judged((*shuffled, shuffled[0]), {}, strict=False)
        assert [(d.path, d.line, d.code) for d in found] == [
            (d.path, d.line, d.code) for d in ordered
        ]


def test_frames_are_the_lines_of_the_sources() -> None:
    texts = {"a.md": "one\ntwo\u2028still two\n"}
    reads: list[str] = []

    def read(path: str) -> str | None:
        reads.append(path)
        return texts.get(path)

    places = [("a.md", 2), ("a.md", 1), ("a.md", 9), ("gone.md", 2), ("a.md", None), (None, None)]
    found = framed([Diagnostic("SG301", "m", path, line) for path, line in places], read)
    assert [d.frame for d in found] == ["two\u2028still two", "one", None, None, None, None]
    assert reads == ["a.md", "gone.md"]


@pytest.mark.parametrize(
    ("diagnostic", "where"),
    [
        (LINK, "posts/a.md:12:5"),
        (Diagnostic("SG009", "m"), ""),
        (Diagnostic("SG005", "m", "a"), "a"),
    ],
)
def test_location(diagnostic: Diagnostic, where: str) -> None:
    assert location(diagnostic) == where


def test_nearest_word_is_the_hint() -> None:
    assert did_you_mean("titel", ("date", "title")) == "did you mean 'title'?"
    assert did_you_mean("b", ("a",)) is None
    assert did_you_mean("ab", ("abc",), "'#{}'") == "'#abc'"


def test_every_code_has_a_meaning_of_its_own_and_a_row_in_the_manual() -> None:
    meanings = [code.meaning for code in CODES.values()]
    assert len(set(meanings)) == len(meanings) == code_table().count("`SG")
    assert list(CODES) == sorted(CODES)

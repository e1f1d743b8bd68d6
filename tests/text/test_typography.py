"""Signs of a text as printers set them: which, in which language, and what stays as typed."""

from __future__ import annotations

import pytest

from sitegen.content.markdown.dialect import dialect
from sitegen.content.markdown.parser import render
from sitegen.text.typography import quotation_marks, typeset, typeset_line, without_signs
from sitegen.text.words import words_in
from tests.conftest import ROOT

LANGUAGES = sorted(path.stem for path in (ROOT / "sitegen/theme/i18n").glob("*.toml"))
TYPED = {"ja", "zh-Hant"}
"""The languages of the theme whose quotation marks are on their keyboards."""


def shown(text: str, language: str = "en") -> str:
    return "".join(typeset(text, quotation_marks(language)))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "“a ‘b’”"),
        ("en-GB", "“a ‘b’”"),
        ("de", "„a ‚b‘“"),
        ("de-CH", "«a ‹b›»"),
        ("fr", "«\u202fa “b”\u202f»"),
        ("pt", "“a ‘b’”"),
        ("pt-PT", "«a “b”»"),
        ("pl", "„a «b»”"),
        ("zh", "“a ‘b’”"),
        ("zh-Hant", "\"a 'b'\""),
        ("ja", "\"a 'b'\""),
        ("tlh", "\"a 'b'\""),
    ],
)
def test_quotation_marks_are_those_of_the_language(language: str, expected: str) -> None:
    assert shown("\"a 'b'\"", language) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_of_the_theme_has_its_quotation_marks(language: str) -> None:
    assert (shown('"a"', language) == '"a"') is (language in TYPED)


def test_quotation_that_starts_in_one_and_does_not_end_has_no_part_in_it() -> None:
    assert shown("\"a 'b\" c' d") == "“a 'b” c’ d"


def test_words_are_the_same_as_typed() -> None:
    text = "It's \"so\" -- isn't it..."
    assert words_in(shown(text)) == words_in(text)


def test_body_is_set_in_its_language_with_the_ids_of_what_was_typed() -> None:
    found = render('# "T" -- it\'s\n\n## "A"\n\nb\'s', dialect(), language="de")[0]
    assert (found.title, found.toc[0].text, found.toc[0].id) == ("„T“ – it’s", "„A“", "a")
    assert found.html.endswith("<p>b’s</p>\n")
    assert (found.words, found.excerpt) == (2, "b’s")


def test_title_in_the_front_matter_is_repeated_by_the_same_heading_as_typed() -> None:
    assert render("# It's\n\na", dialect(), title="It's")[0].html == "<p>a</p>\n"


def test_hostile_text_takes_linear_time() -> None:
    for piece in ("'a ", '"a ', "'a \"b", 'a" ', "'a \"b' c\" ", "-- ", "... "):
        typeset(piece * 20_000, quotation_marks("en"))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("It's \"so\" -- isn't it...", "It’s “so” – isn’t it…"),
        ("What `don't` and ``a`--`b`` do, don't", "What `don't` and ``a`--`b`` do, don’t"),
        ("No `end, don't", "No `end, don’t"),
        ("Use --help", "Use --help"),
    ],
)
def test_title_is_set_but_for_its_code(typed: str, expected: str) -> None:
    assert typeset_line(typed, "en") == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_name_is_the_same_without_signs_however_it_is_set(language: str) -> None:
    typed = "\"It's 'so'\" -- 1990--1995... a---b"
    assert without_signs(typeset_line(typed, language)) == without_signs(typed)

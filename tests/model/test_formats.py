"""Dates and numbers in English, and what no language decides."""

from __future__ import annotations

from datetime import date

import pytest

from sitegen.model.formats import ENGLISH

WHEN = date(2024, 3, 7)


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("long", "7 March 2024"),
        ("short", "7 Mar 2024"),
        ("month", "March 2024"),
        ("day", "7 March"),
    ],
)
def test_english_dates(style: str, expected: str) -> None:
    assert ENGLISH.date(WHEN, style) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, "0"),
        (999, "999"),
        (1234567, "1,234,567"),
        (-1000, "-1,000"),
        (0.5, "0.5"),
        (2.0004, "2"),
        (-0.0001, "0"),
    ],
)
def test_english_numbers(value: float, expected: str) -> None:
    assert ENGLISH.number(value) == expected


def test_english_plurals() -> None:
    assert [ENGLISH.category(count) for count in (0, 1, 2, -1)] == ["other", "one", "other", "one"]

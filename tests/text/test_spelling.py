"""Which of many names a mistyped one means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.text.spelling import Names

KNOWN = ("flask-to-fastapi", "other", "about-us", "post", "a")


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("other", "other"),
        ("othr", "other"),
        ("otther", "other"),
        ("otter", "other"),
        ("ohter", "other"),
        ("pots", "post"),
        ("flask-fastapi", "flask-to-fastapi"),
        ("flask-to-django", None),
        ("oter-us", None),
        ("b", None),
        ("", None),
    ],
)
def test_name_a_slip_apart_is_found(name: str, nearest: str | None) -> None:
    assert Names(KNOWN).nearest(name) == nearest


@pytest.mark.parametrize(
    ("known", "asked", "is_found"), [(255, 254, 1), (255, 256, 0), (256, 255, 0)]
)
def test_longer_names_have_no_forms(known: int, asked: int, is_found: int) -> None:
    """Those of an id of 60 KB would take 3.6 GB."""
    assert bool(Names(["x" * known]).nearest("x" * asked)) == is_found


@given(st.text(min_size=4, max_size=20), st.integers(0, 19))
def test_any_one_letter_may_be_missing(name: str, at: int) -> None:
    at %= len(name)
    assert Names([name, "something else"]).nearest(name[:at] + name[at + 1 :]) == name

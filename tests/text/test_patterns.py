"""Patterns that are compiled when they are needed."""

from __future__ import annotations

import re

import pytest

from sitegen.text.patterns import compiled, holds


def test_a_pattern_is_compiled_once_with_its_flags() -> None:
    assert compiled("a.b", re.DOTALL).fullmatch("a\nb")
    assert compiled("a.b").fullmatch("a\nb") is None
    assert compiled("a.b", re.DOTALL) is compiled("a.b", re.DOTALL)


@pytest.mark.parametrize("text", ["", "!", "[!", "a![", "!a[", "![b"])
def test_sign_is_held_by_what_it_is_in(text: str) -> None:
    assert holds(text, "![") is ("![" in text)

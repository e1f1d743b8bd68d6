"""What is said to begin no match begins none."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.highlight.fast.first_chars import END_OF_TEXT, bit, firsts

ATOMS = [
    *("a", "K", "s", "é", "ſ", ".", r"\d", r"\W", r"\S", r"\b", r"\B", "^", "$", r"\Z", "[a-f]"),
    *("[^a-f]", r"[^\W\d]", r"[\s-]", "[ă-ƀ]", "[^é]", "(?=a)", "(?!a)", "(?<=a)", "(?<!a)", "()"),
    *("(?=)", "(?=$)", "(?:)", r"[^\S\n]", "(?i:k)", "(?-i:k)", "(?s:.)", "(?!)", "[Z-c]"),
    *("[^k]", "[^K]", r"[^\s]", r"[^\S]", r"[^\wb-é]"),
]


def grown(smaller: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    repeats = st.sampled_from(["?", "*", "+", "*?", "{0}", "{2,3}", "?+", "*+"])
    return st.one_of(
        st.tuples(smaller, smaller).map("".join),
        st.tuples(smaller, smaller).map(lambda two: f"(?:{two[0]}|{two[1]})"),
        st.tuples(smaller, repeats).map(lambda two: f"(?:{two[0]}){two[1]}"),
        smaller.map(lambda one: f"(?={one})"),
        smaller.map(lambda one: f"(?>{one})"),
        smaller.map(lambda one: f"({one})\\1?"),
    ).filter(lambda pattern: pattern.count("\\1") < 2)


PATTERNS = st.recursive(st.sampled_from(ATOMS), grown, max_leaves=6)
FLAGS = st.sampled_from([0, re.I, re.M, re.S, re.A, re.I | re.M | re.S, re.I | re.A, re.X])
TEXTS = st.text("aAbkKs1 \n-éſKă\x1c")


@given(PATTERNS, FLAGS, TEXTS, st.integers(0, 3))
def test_whatever_matches_begins_with_one_of_the_firsts(
    pattern: str, flags: int, text: str, place: int
) -> None:
    place = min(place, len(text))
    if re.compile(pattern, flags).match(text, place):
        assert firsts(pattern, flags) & bit(text[place : place + 1])


@pytest.mark.parametrize(
    ("pattern", "flags", "expected"),
    [
        ("def|class", 0, "dc"),
        (r"\b(?:ab|b)c", re.I, "aAbB"),
        ("(?=[ab])[bc]", 0, "b"),
        ("x*y", 0, "xy"),
        ("(?i)k", 0, "kK"),
        (r"\d+", 0, "0123456789"),
        ("#.*", 0, "#"),
        (r"[^\S\n]+", re.A, "\t\v\f\r \x1c\x1d\x1e\x1f"),
        (r"[^\x00-\x7e]", 0, "\x7f"),
        (r"[^\Wa-z_]", 0, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"),
    ],
)
def test_firsts_are_few_where_the_pattern_says_so(pattern: str, flags: int, expected: str) -> None:
    found = firsts(pattern, flags)
    assert {c for c in map(chr, range(128)) if bit(c) & found} == set(expected)
    assert not found & END_OF_TEXT

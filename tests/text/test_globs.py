"""Patterns of paths."""

from __future__ import annotations

import pytest

from sitegen.text.globs import matcher


@pytest.mark.parametrize(
    ("pattern", "matched", "others"),
    [
        ("*.tmp", ["a.tmp", ".tmp"], ["b/a.tmp", "a.tmpx", "a/tmp"]),
        ("**/*.tmp", ["a.tmp", "b/c/a.tmp"], ["a.md"]),
        ("a/**/b", ["a/b", "a/x/b", "a/x/y/b", "a/b/c"], ["ab", "a/xb", "b"]),
        ("a/**", ["a/b", "a/b/c"], ["a", "b/a/c"]),
        ("a?c", ["abc"], ["ac", "a/c", "abbc"]),
        ("a/", ["a", "a/b"], ["ab"]),
        ("a.b[1](2)+", ["a.b[1](2)+"], ["axb1", "a.b1"]),
    ],
)
def test_pattern_describes_paths(pattern: str, matched: list[str], others: list[str]) -> None:
    found = matcher((pattern,))
    assert [path for path in (*matched, *others) if found.fullmatch(path)] == matched


def test_no_pattern_describes_nothing_and_of_many_any_will_do() -> None:
    assert not matcher(()).fullmatch("")
    assert all(matcher(("a", "b/*")).fullmatch(path) for path in ("a", "b/x"))

"""Every promise to users has tests that exist, and stands in the manual."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.manual import PAGES
from tests.promises import PROMISES, Promise

TESTS = Path(__file__).parent
ALL = [promise for group in PROMISES.values() for promise in group]


@cache
def names_in(file: str) -> frozenset[str]:
    """The names of what pytest would run in a file."""
    body = ast.parse((TESTS / file).read_text("utf-8")).body
    functions = {node.name for node in body if isinstance(node, ast.FunctionDef)}
    assigned = {
        target.id
        for node in body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return frozenset(name for name in functions | assigned if name.startswith(("test_", "Test")))


@pytest.mark.parametrize("promise", ALL, ids=lambda promise: promise.claim)
def test_what_is_promised_is_tested(promise: Promise) -> None:
    named = {(file, name) for file, names in promise.tests.items() for name in names.split()}
    assert named
    assert {(file, name) for file, name in named if name not in names_in(file)} == set()


def test_a_promise_is_made_once() -> None:
    assert len({promise.claim for promise in ALL}) == len(ALL)


@pytest.mark.parametrize("promise", ALL, ids=lambda promise: promise.claim)
def test_what_is_promised_is_in_the_manual(promise: Promise) -> None:
    page = (PAGES / "promises.md").read_text("utf-8")
    assert f"### {promise.claim}\n\n{promise.text}\n\n" in page

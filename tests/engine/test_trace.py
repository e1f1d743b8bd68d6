"""The theory: what is read is recorded, and what differs since is found."""

from __future__ import annotations

from typing import Any

import pytest

from sitegen.config.schema import MenuItem
from sitegen.engine.trace import ABSENT, Facets, View, different, digests
from sitegen.model.output import StaleReason
from sitegen.model.trace import Trace
from tests.documents import day, document
from tests.oracle import NOON

A, B, C = (MenuItem(name, name) for name in "abc")
VALUES: dict[str, Any] = {
    "posts": (A, B, C),
    "site:title": "T",
    "site:menu": (A,),
    "id:x[0:1]": "y",
}


def known(*names: str, values: dict[str, Any] = VALUES) -> dict[str, bytes]:
    """What is remembered where an output read these."""
    trace = Trace(names, b"", StaleReason.NEW, (), NOON)
    return digests((trace,), Facets(values))


CASES: dict[str, tuple[tuple[str, ...], dict[str, Any], tuple[str, ...]]] = {
    "nothing read": ((), {"posts": ()}, ()),
    "nothing changed": (("posts", "site:title"), {}, ()),
    "an equal value": (("posts",), {"posts": (MenuItem("a", "a"), B, C)}, ()),
    "another value": (("posts", "site:title"), {"site:title": "U"}, ("site:title",)),
    "another type": (("site:title",), {"site:title": b"T"}, ("site:title",)),
    "what was not read": (("site:title",), {"posts": ()}, ()),
    "a facet gone": (("site:title",), {"site:title": None}, ("site:title",)),
    "an absent facet": (("url:a", "url:b"), {"url:b": "/b/"}, ("url:b",)),
    "still absent": (("url:a",), {"url:b": "/b/"}, ()),
    "a slice": (("posts[0:2]",), {"posts": (A, B, A)}, ()),
    "in a slice": (("posts[0:2]", "posts[2:4]"), {"posts": (A, C, C)}, ("posts[0:2]",)),
    "a slice beyond the end": (("posts[3:6]",), {"posts": (A, B, C, A)}, ("posts[3:6]",)),
    "a slice of what is gone": (("tags:x[0:2]",), {"tags:x": ()}, ("tags:x[0:2]",)),
    "a slice of a text is none": (("site:title[0:1]",), {"site:title": "TX"}, ()),
    "a name that looks like a slice": (("id:x[0:1]",), {"id:x[0:1]": "z"}, ("id:x[0:1]",)),
    "order": (("posts",), {"posts": (B, A, C)}, ("posts",)),
    "all of them": (
        ("site:title", "posts"),
        {"posts": (), "site:title": ""},
        ("site:title", "posts"),
    ),
}
"""What was read, what is then another value, and what of it is told."""


@pytest.mark.parametrize("name", CASES)
def test_what_was_read_and_is_different_is_found(name: str) -> None:
    reads, edits, expected = CASES[name]
    assert different(known(*reads), Facets(VALUES | edits)) == set(expected)


@pytest.mark.parametrize("name", CASES)
def test_what_is_different_among_facets_that_are_added_is_found(name: str) -> None:
    reads, edits, expected = CASES[name]
    facets = Facets(VALUES)
    before = {name: facets.digest(name) for name in reads}
    assert different(before, facets.plus(edits)) == set(expected)
    assert different(before, facets) == set()


def test_an_empty_or_missing_value_is_not_an_absent_one() -> None:
    facets = Facets({"none": None, "empty": (), "zeros": bytes(16)})
    assert len({ABSENT, *(facets.digest(name) for name in ("none", "empty", "zeros"))}) == 4


def test_a_view_records_each_name_once_and_in_order_absent_ones_too() -> None:
    view = View(Facets(VALUES))
    assert view.read("site:title") == "T"
    assert view.get("url:a") is None
    with pytest.raises(KeyError):
        view.read("url:b")
    assert view.read("posts[1:9]") == (B, C)
    view.note(("posts", "site:title"))
    assert view.reads == ("site:title", "url:a", "url:b", "posts[1:9]", "posts")


def test_a_document_has_the_digest_of_its_source() -> None:
    """Its HTML is not there to be digested."""
    one = document(date=day(1))
    facets = Facets({"body:a": one, "list": (one,)})
    assert facets.digest("body:a") == one.digest


def test_a_digest_is_that_of_the_value_and_not_of_the_object() -> None:
    assert Facets({"x": (MenuItem("a", "b"),)}).digest("x") == Facets(
        {"x": (MenuItem("a", "b"),)}
    ).digest("x")

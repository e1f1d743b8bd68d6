"""Values that all pages share."""

from __future__ import annotations

import json
import pickle

import pytest

from sitegen.model.digest import digest
from sitegen.model.frozen import FrozenDict, FrozenError, frozen

VALUE = {"a": ("x", {"b": (1,)}), "c": {"d": None}}


def test_frozen_value_equals_what_was_written_and_is_shown_like_it() -> None:
    found = frozen(VALUE)
    assert found == VALUE
    assert str(found) == str(VALUE)
    assert json.dumps(found) == json.dumps(VALUE)
    assert digest(found) == digest(VALUE)


def test_lists_are_tuples_and_sets_have_an_order_that_is_the_same_in_each_process() -> None:
    assert frozen([1, [2]]) == (1, (2,))
    assert frozen({"b", "a", "c"}) == ("a", "b", "c")


@pytest.mark.parametrize(
    "method", ["clear", "pop", "popitem", "setdefault", "update", "__setitem__", "__ior__"]
)
def test_no_method_of_a_table_changes_a_frozen_one(method: str) -> None:
    found = frozen({"a": 1})
    with pytest.raises(FrozenError):
        getattr(found, method)("a", 2)
    assert found == {"a": 1}


def test_every_level_is_frozen() -> None:
    found = frozen(VALUE)
    assert type(found["a"][1]) is FrozenDict
    assert type(found["c"]) is FrozenDict
    assert type(frozen(([{"a": 1}],))[0][0]) is FrozenDict


def test_a_frozen_table_can_be_sent_to_another_machine() -> None:
    """pickle filled an empty one key by key, so that a site with `[extra]` failed on a cluster."""
    value = frozen({"a": {"b": [1, {"c": 2}]}})
    again = pickle.loads(pickle.dumps(value))
    assert again == value
    with pytest.raises(FrozenError):
        again["a"]["d"] = 1

"""Values that all pages share."""

from __future__ import annotations

import json

import pytest

from sitegen.model.digest import digest
from sitegen.model.frozen import FrozenDict, FrozenError, FrozenList, frozen

VALUE = {"a": ["x", {"b": [1]}], "c": {"d": None}}


def test_frozen_value_equals_what_was_written_and_is_shown_like_it() -> None:
    found = frozen(VALUE)
    assert found == VALUE
    assert str(found) == str(VALUE)
    assert json.dumps(found) == json.dumps(VALUE)
    assert digest(found) == digest(VALUE)
    assert ["y", *found["a"]] == ["y", "x", {"b": [1]}]
    assert found["a"] + ["z"] == ["x", {"b": [1]}, "z"]


def test_set_has_an_order_that_is_the_same_in_each_process() -> None:
    assert frozen({"b", "a", "c"}) == ("a", "b", "c")


@pytest.mark.parametrize("method", sorted(set(dir(list)) - set(dir(tuple))))
def test_no_method_of_a_list_changes_a_frozen_one(method: str) -> None:
    """What a tuple does not have is what changes a list, but for `copy`."""
    found = frozen([1, 2])
    if method == "copy":
        assert type(found.copy()) is list
    elif method not in ("__reversed__",):
        with pytest.raises(FrozenError):
            getattr(found, method)(0)
    assert found == [1, 2]


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
    assert type(found["a"]) is FrozenList
    assert type(found["a"][1]) is FrozenDict
    assert type(found["a"][1]["b"]) is FrozenList
    assert type(frozen(({"a": 1},))[0]) is FrozenDict

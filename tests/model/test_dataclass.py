"""Each class is made twice: by the decorator of the standard library, and by the quick one."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
import sys
from collections.abc import Callable, Mapping
from dataclasses import FrozenInstanceError, field, fields, replace
from functools import partial
from typing import Any

import pytest

from sitegen.model import dataclass as quick


class Base:
    here: str
    there: str = "there"


class Place:
    """A place."""

    path: str
    line: int = 1
    column: int = 1


class Single:
    name: str


class Nothing:
    pass


class Table:
    name: str
    values: Mapping[str, int] = field(default_factory=dict, hash=False)
    size: int = field(default=0, metadata={"unit": "px"})


FROZEN = {"frozen": True, "slots": True}
CASES: list[tuple[type, dict[str, bool], tuple[Any, ...], dict[str, Any]]] = [
    (Place, FROZEN, ("a.md",), {}),
    (Place, FROZEN, ("a.md", 2), {"column": 7}),
    (Place, FROZEN | {"kw_only": True}, (), {"path": "a.md", "column": 3}),
    (Place, FROZEN | {"eq": False}, ("a.md",), {}),
    (Place, {"slots": True}, ("a.md", 4), {}),
    (Place, {"frozen": True}, ("a.md", 4), {}),
    (Single, FROZEN, (("one", "two"),), {}),
    (Nothing, FROZEN, (), {}),
    (Table, FROZEN, ("t",), {}),
    (Table, FROZEN, ("t", {"a": 1}), {"size": 3}),
]


OF_CLASSES = {"__dict__", "__weakref__"}


def both(plain: type, options: Mapping[str, bool]) -> list[Any]:
    decorators: list[Callable[..., Any]] = [dataclasses.dataclass, quick.dataclass]
    body = {name: value for name, value in vars(plain).items() if name not in OF_CLASSES}
    return [decorate(**options)(type(plain.__name__, (), dict(body))) for decorate in decorators]


def outcome(does: Callable[[], object]) -> object:
    """What a call gives, or how it fails."""
    try:
        return does()
    except (TypeError, AttributeError) as error:
        return type(error)


@pytest.mark.parametrize(("plain", "options", "arguments", "named"), CASES)
def test_both_behave_alike(
    plain: type, options: dict[str, bool], arguments: tuple[Any, ...], named: dict[str, Any]
) -> None:
    def seen(kind: Any) -> list[object]:  # noqa: ANN401 (any dataclass)
        one, other = kind(*arguments, **named), kind(*arguments, **named)
        names = [it.name for it in fields(kind)]
        return [
            repr(one).rpartition(".")[2],
            one == other,
            one == arguments,
            outcome(lambda: hash(one) == hash(other)),
            [(it.name, it.type, it.metadata, it.kw_only) for it in fields(kind)],
            [getattr(one, name) for name in names],
            [(it.name, it.kind) for it in inspect.signature(kind).parameters.values()],
            [outcome(partial(setattr, one, name, "changed")) for name in names],
            [outcome(partial(delattr, other, name)) for name in names],
            outcome(lambda: kind(*arguments, unknown=1, **named)),
            outcome(lambda: kind(*range(9))),
            hasattr(one, "__dict__"),
            kind.__match_args__,
            kind.__doc__ == "A place.",
        ]

    assert seen(both(plain, options)[0]) == seen(both(plain, options)[1])


@pytest.mark.parametrize(("plain", "options", "arguments", "named"), CASES)
def test_values_can_be_sent_copied_and_replaced(
    plain: type,
    options: dict[str, bool],
    arguments: tuple[Any, ...],
    named: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kind = both(plain, options)[1]
    monkeypatch.setattr(sys.modules[__name__], plain.__name__, kind)
    value = kind(*arguments, **named)
    values = quick.values_of(kind)
    for twin in (pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value)):
        assert type(twin) is kind
        assert values(twin) == values(value)
    for it in fields(kind):
        changed = replace(value, **{it.name: "changed"})
        assert getattr(changed, it.name) == "changed"
        assert getattr(value, it.name) != "changed"


def test_a_field_that_is_not_hashed_still_counts_for_equality() -> None:
    kind = both(Table, FROZEN)[1]
    assert hash(kind("t", {"a": 1})) == hash(kind("t", {"b": 1}))
    assert kind("t", {"a": 1}) != kind("t", {"b": 1})


def test_what_a_class_inherits_is_in_its_slots_too(monkeypatch: pytest.MonkeyPatch) -> None:
    base = both(Base, {"frozen": True})[1]
    body = {"__annotations__": {"more": "int"}, "more": 0}
    kind: Any = quick.dataclass(frozen=True, slots=True, kw_only=True)(type("Child", (base,), body))
    monkeypatch.setattr(sys.modules[__name__], "Child", kind, raising=False)
    child = kind("here", more=2)
    assert (child.here, child.there, child.more) == ("here", "there", 2)
    assert pickle.loads(pickle.dumps(child)) == child
    with pytest.raises(FrozenInstanceError, match=r"Child\.here cannot be changed"):
        child.here = "elsewhere"


def test_a_default_is_made_for_each_instance() -> None:
    kind = both(Table, {"slots": True})[1]
    assert kind("one").values is not kind("two").values

"""Dataclasses that are made in a fifth of the time.

A command defines some two hundred of them before it does anything. For each, the decorator of the
standard library compiles six methods (Python 3.11: 0.35 ms in all), which was a quarter of the time
of a build after an edit. This one compiles `__init__`; all other methods are shared. To everything
else, type checkers too, these are dataclasses.
"""

from __future__ import annotations

import copyreg
import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, fields, is_dataclass
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # exported


def _dataclass(
    *, frozen: bool = False, slots: bool = False, kw_only: bool = False, eq: bool = True
) -> Callable[[Any], Any]:
    """As `dataclasses.dataclass`.

    Not for pseudo-fields, `__post_init__` and what `field` can leave out of `__init__` or `__eq__`.
    """

    def decorate(plain: Any) -> Any:  # noqa: ANN401 (any class)
        kind = dataclasses.dataclass(
            plain, init=False, repr=False, eq=False, slots=slots, kw_only=kw_only
        )
        kind.__init__ = _init(kind, slots)
        kind.__repr__ = _repr
        kind.__reduce__ = _reduce_by_name if kw_only else _reduce
        kind.__setstate__ = _set_state
        if frozen:
            kind.__setattr__ = _refuse
            kind.__delattr__ = _refuse
        if eq:
            kind.__eq__ = _eq
            kind.__hash__ = _hash(kind) if frozen else None
        return kind

    return decorate


if not TYPE_CHECKING:
    dataclass = _dataclass


@cache
def values_of(kind: Any) -> Any:  # noqa: ANN401 (any type)
    """What gives the values of the fields of a dataclass as a tuple; None for other types."""
    return _getter(fields(kind)) if is_dataclass(kind) else None


def _getter(of: tuple[Field[Any], ...]) -> Callable[[Any], tuple[Any, ...]]:
    names = [field.name for field in of]
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


def _init(kind: Any, is_slotted: bool) -> Any:  # noqa: ANN401 (any dataclass)
    """An `__init__` that sets the slots themselves, which no `__setattr__` can forbid."""
    scope: dict[str, Any] = {"__name__": kind.__module__, "MISSING": MISSING}
    positional, by_name, body = ["self"], list[str](), list[str]()
    for field in fields(kind):
        name, value = field.name, field.name
        parameter = name
        if field.default_factory is not MISSING:
            scope[f"_make_{name}"] = field.default_factory
            parameter = f"{name}=MISSING"
            value = f"_make_{name}() if {name} is MISSING else {name}"
        elif field.default is not MISSING:
            scope[f"_default_{name}"] = field.default
            parameter = f"{name}=_default_{name}"
        (by_name if field.kw_only else positional).append(parameter)
        if is_slotted:
            scope[f"_set_{name}"] = getattr(kind, name).__set__
            body.append(f"\n _set_{name}(self, {value})")
        else:
            body.append(f"\n object.__setattr__(self, {name!r}, {value})")
    parameters = ", ".join([*positional, *(["*"] if by_name else []), *by_name])
    exec(f"def __init__({parameters}):{''.join(body) or ' pass'}", scope)  # noqa: S102 (names and nothing else)
    return scope["__init__"]


def _repr(self: Any) -> str:  # noqa: ANN401 (any dataclass)
    values = (f"{field.name}={getattr(self, field.name)!r}" for field in fields(self))
    return f"{type(self).__qualname__}({', '.join(values)})"


def _refuse(self: Any, name: str, *_: object) -> NoReturn:  # noqa: ANN401 (any dataclass)
    raise FrozenInstanceError(f"{type(self).__qualname__}.{name} cannot be changed")


def _eq(self: Any, other: Any) -> Any:  # noqa: ANN401 (any dataclass)
    if type(self) is not type(other):
        return NotImplemented
    kind: Any = type(self)
    values = values_of(kind)
    return values(self) == values(other)


def _hash(kind: Any) -> Callable[[Any], int]:  # noqa: ANN401 (any dataclass)
    hashed = _getter(tuple(field for field in fields(kind) if field.hash is not False))
    return lambda self: hash(hashed(self))


def _reduce(self: Any) -> tuple[Any, ...]:  # noqa: ANN401 (any dataclass)
    """For pickles: a call with the values, which is read at twice the speed of a state."""
    kind: Any = type(self)
    return kind, values_of(kind)(self)


def _reduce_by_name(self: Any) -> tuple[Any, ...]:  # noqa: ANN401 (any dataclass)
    kind: Any = type(self)
    return copyreg.__newobj__, (kind,), values_of(kind)(self)  # type: ignore[attr-defined]


def _set_state(self: Any, values: tuple[Any, ...]) -> None:  # noqa: ANN401 (any dataclass)
    for field, value in zip(fields(self), values, strict=True):
        object.__setattr__(self, field.name, value)

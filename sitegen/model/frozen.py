"""Lists and tables that every page shares, and none can change.

They are subclasses of `list` and `dict`, not tuples and views, so that a template finds what the
author wrote: `["a"] + site.extra.tags`, `site.extra.tags == ["a"]` and `tojson` work as on any
list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from typing import Any, NoReturn


class FrozenError(TypeError):
    """Something asked a value to change that others share."""

    def __init__(self, method: str) -> None:
        super().__init__("this value is shared by all pages, and cannot be changed")
        self.method = method


def _refused(method: str) -> Callable[..., NoReturn]:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise FrozenError(method)

    return refuse


class FrozenList(list[Any]):
    """A list that cannot be changed."""

    __slots__ = ()


class FrozenDict(dict[Any, Any]):
    """A table that cannot be changed."""

    __slots__ = ()


for _kind, _methods in (
    (FrozenList, "append clear extend insert pop remove reverse sort"),
    (FrozenList, "__delitem__ __iadd__ __imul__ __setitem__"),
    (FrozenDict, "clear pop popitem setdefault update __delitem__ __ior__ __setitem__"),
):
    for _method in _methods.split():
        setattr(_kind, _method, _refused(_method))


def frozen(value: object) -> Any:  # noqa: ANN401 (a value of the same kind)
    """The value with every list and table in it frozen; a set as a sorted tuple.

    The order of a set of texts is another in each process, and a template can see it.
    """
    match value:
        case Mapping():
            return FrozenDict({key: frozen(item) for key, item in value.items()})
        case list():
            return FrozenList(map(frozen, value))
        case tuple() if type(value) is tuple:
            return tuple(map(frozen, value))
        case Set():
            return tuple(sorted(map(frozen, value), key=repr))
    return value

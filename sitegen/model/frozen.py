"""Tables that every page shares, and none can change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from typing import Any, NoReturn


class FrozenError(TypeError):
    """Something asked a table to change that others share."""

    def __init__(self, method: str) -> None:
        super().__init__("this value is shared by all pages, and cannot be changed")
        self.method = method


def _refusing(method: str) -> Callable[..., NoReturn]:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise FrozenError(method)

    return refuse


class FrozenDict(dict[Any, Any]):
    """A table that cannot be changed. A dict, so that `tojson` and `==` work as on any."""

    __slots__ = ()

    def __reduce__(self) -> tuple[type[FrozenDict], tuple[dict[Any, Any]]]:
        """Made at once: pickle would fill an empty one, key by key."""
        return FrozenDict, (dict(self),)


for _name in (
    *("clear", "pop", "popitem", "setdefault", "update"),
    *("__delitem__", "__ior__", "__setitem__"),
):
    setattr(FrozenDict, _name, _refusing(_name))


def frozen(value: object) -> Any:  # noqa: ANN401 (a value that equals it)
    """The value with every table in it frozen, every list as a tuple, every set as a sorted one.

    The order of a set of texts is another in each process, and a template can see it.
    """
    match value:
        case Mapping():
            return FrozenDict({key: frozen(item) for key, item in value.items()})
        case list() | tuple() if type(value) in (list, tuple):
            return tuple(map(frozen, value))
        case Set():
            return tuple(sorted(map(frozen, value), key=repr))
    return value

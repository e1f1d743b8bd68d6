"""What a value must be, checked by Pydantic and said in the words of the author's file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, cast, get_args, get_type_hints

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from sitegen.data.tree import Node, Path, Scalar, Tree, shortened
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.source import Span
from sitegen.text.spelling import did_you_mean

T = TypeVar("T")

EXPECTED = {
    "string": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "tuple": "a list",
    "dict": "a table",
    "mapping": "a table",
    "dataclass": "a table",
}
"""By how the names of Pydantic's errors start."""
UNKNOWN, MISSING, MISFIT = "unexpected_keyword_argument", "missing", "misfit"


def misfit(
    expected: str, code: str | None = None, hint: str | None = None, message: str | None = None
) -> PydanticCustomError:
    """The error that a validator raises for a value that is not what is `expected`.

    A `message` says it better than that the value must be what is expected.
    """
    said = {"expected": expected, "code": code, "hint": hint, "message": message}
    return PydanticCustomError(MISFIT, "{expected}", said)


def checked(
    kind: type[T],
    values: Mapping[str, object],
    tree: Tree,
    *,
    wrong: str,
    unknown: str,
    context: Mapping[str, object] | None = None,
) -> tuple[T | None, tuple[Diagnostic, ...]]:
    """A value of this kind, or None and every reason why not.

    `kind` is a dataclass, which takes no unknown keys, or a Pydantic model. `tree` is where the
    values come from; `wrong` and `unknown` are the codes for values and keys that do not fit.
    """
    try:
        # mypy doubts that a type is hashable.
        adapter = _adapter(kind)  # type: ignore[arg-type]
        return adapter.validate_python(values, context=context), ()
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
    return None, tuple(_explained(kind, detail, tree, wrong, unknown) for detail in details)


def unfit(tree: Tree, path: Path, expected: str, code: str, hint: str | None = None) -> Diagnostic:
    """The diagnostic for the value at a path: what it must be, and what it is."""
    message = f"'{_name(path)}' must be {expected}, not {_shown(_at(tree, path))}"
    return at_value(tree, path, message, code, hint)


def at_value(
    tree: Tree, path: Path, message: str, code: str, hint: str | None = None
) -> Diagnostic:
    """A diagnostic that points at the value at a path."""
    return _diagnostic(code, message, _place(tree, path), hint)


def at_key(tree: Tree, path: Path, message: str, code: str, hint: str | None = None) -> Diagnostic:
    """A diagnostic that points at the key at a path."""
    return _diagnostic(code, message, _key_place(tree, path), hint)


@cache
def _adapter(kind: type[T]) -> TypeAdapter[T]:
    if issubclass(kind, BaseModel):
        return TypeAdapter(kind)
    # Pydantic gives a configuration to no bare dataclass, but hands it on to those inside a union.
    return TypeAdapter(kind | None, config={"extra": "forbid"})  # type: ignore[arg-type]


def _explained(
    kind: type, detail: ErrorDetails, tree: Tree, wrong: str, unknown: str
) -> Diagnostic:
    path, error, said = detail["loc"], detail["type"], detail.get("ctx", {})
    if error == UNKNOWN:
        return at_key(tree, path, f"unknown key '{_name(path)}'", unknown, _meant(kind, path))
    written = _written(tree, path)
    if error == MISSING:
        return _diagnostic(wrong, f"'{_name(path)}' is missing", _place(tree, written), None)
    if error == MISFIT:
        code, hint = said["code"] or wrong, said["hint"]
        if message := said["message"]:
            return at_value(tree, written, message, code, hint)
        return unfit(tree, written, said["expected"], code, hint)
    fallback = detail["msg"].removeprefix("Input should be ")
    return unfit(tree, written, EXPECTED.get(error.partition("_")[0], fallback), wrong)


def _meant(kind: type, path: Path) -> str | None:
    """The hint for an unknown key."""
    key = str(path[-1])
    if len(path) > 1 and key in _known(kind, ()):  # TOML ends a table only where another starts
        return f"'{key}' belongs above the first [table]"
    return did_you_mean(key, _known(kind, path[:-1]))


def _known(kind: Any, path: Path) -> tuple[str, ...]:  # noqa: ANN401, a type or a generic alias
    """The keys that a dataclass takes at a path inside it."""
    for part in path:
        kind = get_args(kind)[0] if isinstance(part, int) else get_type_hints(kind)[part]
    return tuple(f.name for f in fields(kind)) if is_dataclass(kind) else ()


def _written(tree: Tree, path: Path) -> Path:
    """The part of a path that stands in the file; Pydantic may go on inside a value."""
    while path and path not in tree.places:
        path = path[:-1]
    return path


def _at(tree: Tree, path: Path) -> Node:
    node: Any = tree.value
    for part in path:
        node = node[part]
    return cast(Node, node)


def _place(tree: Tree, path: Path) -> Span:
    """Where a value stands: a list or a table is shown by its key."""
    node = _at(tree, path)
    return node.span if isinstance(node, Scalar) else _key_place(tree, path)


def _key_place(tree: Tree, path: Path) -> Span:
    return tree.places.get(path, Span(1, 1))


def _name(path: Path) -> str:
    """The path as it would be written in code: `menu[0].title`."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{shortened(part)}" for part in path)
    return "".join(parts).removeprefix(".")


def _shown(node: Node) -> str:
    if isinstance(node, Scalar):
        return f"'{shortened(node.text)}'"
    return "a list" if isinstance(node, tuple) else "a table"


def _diagnostic(code: str, message: str, at: Span, hint: str | None) -> Diagnostic:
    return Diagnostic(code, message, None, at.line, at.column, hint, at.length)

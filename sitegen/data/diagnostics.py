"""Diagnostics that point at a key or a value of a tree, in the words of the author's file."""

from __future__ import annotations

from typing import Any, cast

from sitegen.data.tree import Node, Path, Scalar, Tree, shortened
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.source import Span


def unfit(tree: Tree, path: Path, expected: str, code: str, hint: str | None = None) -> Diagnostic:
    """The diagnostic for the value at a path: what it must be, and what it is."""
    path = _written(tree, path)
    message = f"'{named(path)}' must be {expected}, not {_shown(tree, path)}"
    return at_value(tree, path, message, code, hint)


def at_value(
    tree: Tree, path: Path, message: str, code: str, hint: str | None = None
) -> Diagnostic:
    """A diagnostic that points at the value at a path: a list or a mapping is shown by its key."""
    path = _written(tree, path)
    node = _at(tree, path)
    at = node.span if isinstance(node, Scalar) else _key_place(tree, path)
    return _diagnostic(code, message, at, hint)


def at_key(tree: Tree, path: Path, message: str, code: str, hint: str | None = None) -> Diagnostic:
    """A diagnostic that points at the key at a path."""
    return _diagnostic(code, message, _key_place(tree, path), hint)


def named(path: Path) -> str:
    """The path as it would be written in code: `menu[0].title`."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{shortened(part)}" for part in path)
    return "".join(parts).removeprefix(".")


def _written(tree: Tree, path: Path) -> Path:
    """The part of a path that is in the file; what reads a value may go on inside it."""
    while path and path not in tree.places:
        path = path[:-1]
    return path


def _at(tree: Tree, path: Path) -> Node:
    node: Any = tree.value
    for part in path:
        node = node[part]
    return cast(Node, node)


def _key_place(tree: Tree, path: Path) -> Span:
    return tree.places.get(path, Span(1, 1))


def _shown(tree: Tree, path: Path) -> str:
    node = _at(tree, path)
    if isinstance(node, Scalar):
        return f"'{shortened(node.text)}'"
    return "a list" if isinstance(node, tuple) else f"a {tree.mapping}"


def _diagnostic(code: str, message: str, at: Span, hint: str | None) -> Diagnostic:
    return Diagnostic(code, message, None, at.line, at.column, hint, at.length)

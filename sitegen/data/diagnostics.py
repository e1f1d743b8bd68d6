"""Diagnostics that point at a key or a value of a tree, in the words of the author's file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from sitegen.data.tree import Located, Node, Path, Scalar, in_quotes, shortened
from sitegen.model.diagnostics import Diagnostic, Fix
from sitegen.model.source import Span

if TYPE_CHECKING:
    from sitegen.model.front_matter import Objection


def unfit(
    tree: Located, path: Path, expected: str, code: str, hint: str | None = None
) -> Diagnostic:
    """The diagnostic for the value at a path: what it must be, and what it is."""
    path = _written(tree, path)
    what = f"'{named(path)}'" if path else "this"
    message = f"{what} must be {expected}, not {_shown(tree, path)}"
    return at_value(tree, path, message, code, hint)


def at_value(
    tree: Located, path: Path, message: str, code: str, hint: str | None = None
) -> Diagnostic:
    """A diagnostic that points at the value at a path: a list or a mapping is shown by its key."""
    path = _written(tree, path)
    node = _at(tree, path)
    at = node.span if isinstance(node, Scalar) else _key_place(tree, path)
    return _diagnostic(code, message, at, hint)


def at_key(
    tree: Located, path: Path, message: str, code: str, hint: str | None = None
) -> Diagnostic:
    """A diagnostic that points at the key at a path."""
    return _diagnostic(code, message, _key_place(tree, path), hint)


def objected(tree: Located, found: Objection, whole: str) -> Diagnostic:
    """What code of the site has against a value, at its place; `whole` is what it is a part of."""
    keys, code, hint = found.keys, found.code, found.hint
    if code in ("SG106", "SG117"):
        return unfit(tree, keys, found.why, code, hint)
    if code == "SG118":
        message = f"'{named(keys)}' is missing"
        if len(keys) > 1:
            return at_value(tree, keys, message, code, hint)
        return Diagnostic(code, message, line=1, column=1, hint=hint)
    what = f"'{named(keys)}'" if keys else whole
    message = f"schema.py refuses {what}: {found.why}"
    return (at_key if found.is_of_key else at_value)(tree, keys, message, code, hint)


def kept(scalar: Scalar) -> Diagnostic:
    """SG108 for a text that YAML reads as something else."""
    text, at = shortened(scalar.text), scalar.span
    is_read = scalar.value != scalar.text
    reads = f"YAML reads '{text}' as {scalar.value}" if is_read else f"YAML cannot read '{text}'"
    found = _diagnostic("SG108", f"{reads}; the text is kept", at, f'put it in quotes: "{text}"')
    return replace(found, fix=Fix(scalar.text, in_quotes(scalar.text)))


def named(path: Path) -> str:
    """The path as it would be written in code: `menu[0].title`."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{shortened(part)}" for part in path)
    return "".join(parts).removeprefix(".")


def _written(tree: Located, path: Path) -> Path:
    """The part of a path that is in the file; what reads a value may go on inside it."""
    while path and path not in tree.places:
        path = path[:-1]
    return path


def _at(tree: Located, path: Path) -> Node:
    node: Any = tree.value
    for part in path:
        node = node[part]
    return cast(Node, node)


def _key_place(tree: Located, path: Path) -> Span:
    return tree.places.get(path, Span(1, 1))


def _shown(tree: Located, path: Path) -> str:
    node = _at(tree, path)
    if isinstance(node, Scalar):
        return f"'{shortened(node.text)}'"
    return "a list" if isinstance(node, tuple) else f"a {tree.mapping}"


def _diagnostic(code: str, message: str, at: Span, hint: str | None) -> Diagnostic:
    return Diagnostic(code, message, None, at.line, at.column, hint, at.length)

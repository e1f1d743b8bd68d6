"""What the keys of a document's front matter are for: its own, and those of other generators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from sitegen.content.fields import KEYS, WrittenValue
from sitegen.content.foreign import FOREIGN, ForeignKey
from sitegen.data.diagnostics import at_key, named
from sitegen.data.tree import Node, Path, Scalar, Tree, plain, shortened
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.fields import FieldType
from sitegen.text.spelling import simplified

_Steps: TypeAlias = tuple[str | int, ...]

LISTS = {FieldType.NAMES, FieldType.AUTHORS, FieldType.PATHS}

OWN_KEYS: Mapping[str, str] = {simplified(key): key for key in KEYS}
"""By its simplified form: a key of sitegen."""


def _steps(name: str) -> _Steps:
    """`header.og_image` and `images[0]` as steps into a tree."""
    words = name.replace("[", ".").replace("]", "").split(".")
    return tuple(int(word) if word.isdecimal() else simplified(word) for word in words)


def _by_first_step() -> Mapping[str, tuple[tuple[_Steps, ForeignKey], ...]]:
    found: defaultdict[str, list[tuple[_Steps, ForeignKey]]] = defaultdict(list)
    for row in FOREIGN:
        for name in row.names.split():
            first, *rest = _steps(name)
            found[str(first)].append((tuple(rest), row))
    return {first: tuple(rows) for first, rows in found.items()}


ROWS = _by_first_step()
"""By the simplified form of a key: the rows about it or what is in it, with the steps there."""


ONLY_OURS = frozenset(key for key in KEYS if simplified(key) not in ROWS)
"""The keys of sitegen that mean nothing else anywhere."""


def is_plain(tree: Tree) -> bool:
    """Whether nothing has to be translated, as in most front matter written for sitegen."""
    return tree.value.keys() <= ONLY_OURS


def is_known(key: str) -> bool:
    """Whether a key means something to sitegen or to another generator."""
    return simplified(key) in OWN_KEYS or simplified(key) in ROWS


@dataclass(frozen=True, slots=True)
class _Reading:
    """One thing that a value says, and the row by which it says it; None: the key is our own."""

    written: WrittenValue
    row: ForeignKey | None
    key: str = ""
    """The key of sitegen that the value is for; none where there is none."""


def translated(tree: Tree) -> tuple[dict[str, WrittenValue], tuple[Diagnostic, ...]]:
    """What is written for each key of sitegen, under whatever name, and SG111 for what is lost."""
    if is_plain(tree):
        pairs = ((key, WrittenValue((key,), node)) for key, node in tree.value.items())
        return {key: value for key, value in pairs if not is_empty(value.path, value.node)}, ()
    readings = [
        reading
        for path, node in _entries(tree)
        if not is_empty(path, node)
        for reading in _readings(path, node)
    ]
    readings.sort(key=lambda reading: reading.written.path != (reading.key,))  # exact names first
    written: dict[str, WrittenValue] = {}
    problems = []
    for reading in readings:
        if not reading.key or (reading.row and reading.row.advice):
            continue
        first = written.setdefault(reading.key, reading.written)
        gives_way = reading.row is not None and reading.row.gives_way
        is_other = first is not reading.written and plain(first.node) != plain(reading.written.node)
        if is_other and not gives_way:
            problems.append(_superseded(tree, reading.written, first))
    for reading in readings:
        row = reading.row
        if row and row.advice and not (row.gives_way and row.field in written):
            problems.append(_unused(tree, reading.written, row))
    return written, tuple(problems)


def is_empty(path: Path, node: Node) -> bool:
    """Whether a key is written without a value."""
    if not isinstance(node, Scalar):
        return False
    return node.value is None or (not node.text.strip() and is_known(str(path[-1])))


def _entries(tree: Tree) -> Iterator[tuple[Path, Node]]:
    for key, node in tree.value.items():
        yield (key,), node
    params = tree.value.get("params")
    if isinstance(params, dict):
        yield from ((("params", key), node) for key, node in params.items())


def _readings(path: Path, node: Node) -> Iterator[_Reading]:
    """What a value says: all that rows find in it, or else what a key of our own means."""
    key = simplified(str(path[-1]))
    seen: set[Path] = set()
    for steps, row in ROWS.get(key, ()):
        for written in _below(path, node, steps):
            if written.path not in seen and _is_about(row, written.node):
                seen.add(written.path)
                yield _Reading(_valued(written, row), row, row.field)
    if not seen and key in OWN_KEYS:
        yield _Reading(WrittenValue(path, node), None, OWN_KEYS[key])


def _below(path: Path, node: Node, steps: _Steps) -> Iterator[WrittenValue]:
    if not steps:
        yield WrittenValue(path, node)
        return
    step, *rest = steps
    if isinstance(node, tuple) and isinstance(step, int) and step < len(node):
        yield from _below((*path, step), node[step], tuple(rest))
    if isinstance(node, dict):
        for key, child in node.items():
            if step == "*" or simplified(key) == step:
                yield from _below((*path, key), child, tuple(rest))


def _is_about(row: ForeignKey, node: Node) -> bool:
    if row.form:
        return isinstance(node, Scalar) and bool(row.form.fits(node.text.strip()))
    if not row.field or isinstance(node, Scalar):
        return True
    return isinstance(node, tuple) and KEYS[row.field].type in LISTS


def _valued(written: WrittenValue, row: ForeignKey) -> WrittenValue:
    if row.value is None or not isinstance(written.node, Scalar):
        return written
    return replace(written, node=replace(written.node, value=row.value))


def _unused(tree: Tree, written: WrittenValue, row: ForeignKey) -> Diagnostic:
    text = written.node.text.strip() if isinstance(written.node, Scalar) else "…"
    what = "has a value" if simplified(str(written.path[0])) in OWN_KEYS else "is a key"
    users = " and ".join(row.used_by.rsplit(", ", 1))
    message = f"'{named(written.path)}' {what} of {users} that sitegen does not use"
    minus = text.removeprefix("-") if text.startswith("-") else f"-{text.removeprefix('+')}"
    hint = row.advice.format(value=shortened(text), minus=shortened(minus))
    found = at_key(tree, written.path, message, "SG111", hint)
    return replace(found, target=".".join(map(str, written.path)))


def _superseded(tree: Tree, written: WrittenValue, first: WrittenValue) -> Diagnostic:
    message = f"'{named(written.path)}' is not used, since '{named(first.path)}' says otherwise"
    return at_key(tree, written.path, message, "SG111", "remove this line, or the other one")

"""What a table of TOML must be, by the types of a dataclass, in the words of the author's file.

The types are those that the schema needs: texts, whole numbers, flags, lists, tables of one kind of
value, other dataclasses, and `object` for whatever it may be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, field, fields, is_dataclass, replace
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from sitegen.config.renamed import NAMES, renamed
from sitegen.config.schema import KEY_IN_FILE
from sitegen.data.diagnostics import at_key, at_value, named, unfit
from sitegen.data.tree import Node, Path, Tree
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic, Fix
from sitegen.text.spelling import did_you_mean, slip_of

_Kind = TypeVar("_Kind")

TOML_TYPES: Mapping[type, tuple[str, str]] = {
    str: ("text", "write one text, in quotes"),
    int: ("a whole number", "write a whole number such as 10"),
    bool: ("true or false", "write 'true' or 'false'"),
    tuple: ("a list", "put it in brackets: [ … ]"),
    dict: ("a table", "write its keys below a line [{}]"),
}
"""What to call a value of each type, and how to write one; the braces are its name."""
IN_QUOTES = {"true": True, "false": False}
"""Flags that are written as texts, which they may be in front matter too."""
OF_YOUR_OWN = "remove it; values of your own go below [extra]"


def checked(
    kind: type[_Kind], values: Mapping[str, object], tree: Tree, *, wrong: str, unknown: str
) -> tuple[_Kind | None, tuple[Diagnostic, ...]]:
    """A dataclass of this kind, or None and every reason why not.

    `tree` is where the values come from; `wrong` and `unknown` are the codes for values that do
    not fit, and for keys that the dataclass does not have.
    """
    check = _Check(tree, wrong, unknown, tuple(get_type_hints(kind)))
    value = check.table(kind, values, ())
    return value, tuple(check.problems)


@dataclass(slots=True)
class _Check:
    """Makes values of what a file has, and collects what is wrong with it."""

    tree: Tree
    wrong: str
    unknown: str
    top: tuple[str, ...]
    """The keys above the first table."""
    problems: list[Diagnostic] = field(default_factory=list)

    def table(self, kind: Any, values: Mapping[str, object], path: Path) -> Any:  # noqa: ANN401
        """A dataclass of this kind with the values at a path; None once there is a problem."""
        types = get_type_hints(kind)
        keys = {each.metadata.get(KEY_IN_FILE, each.name): each for each in fields(kind)}
        fitting = {}
        mistyped = {_slip(key, tuple(keys)) for key in values if key not in keys}
        for key, each in keys.items():
            at = (*path, key)
            if key in values:
                fitting[each.name] = self.value(types[each.name], values[key], at)
            elif (
                each.default is MISSING and each.default_factory is MISSING and key not in mistyped
            ):
                self._missing(at)
        for key in values:
            if key not in keys:
                self._unknown((*path, key), tuple(keys))
        return None if self.problems else kind(**fitting)

    def value(self, kind: Any, value: object, path: Path) -> object:  # noqa: ANN401
        """The value at a path, which is to be of this kind."""
        if get_origin(kind) is UnionType:  # with None, which TOML does not have
            return self.value(get_args(kind)[0], value, path)
        if kind is object:
            return value
        if kind is bool and isinstance(value, str):
            value = IN_QUOTES.get(value, value)
        origin = get_origin(kind) or kind
        written = dict if is_dataclass(kind) or origin is Mapping else origin
        if type(value) is not written:  # to Python, a flag would be a number
            self._misfit(written, value, path)
        elif is_dataclass(kind):
            return self.table(kind, value, path)
        elif isinstance(value, dict):
            inner = get_args(kind)[1]
            return {key: self.value(inner, each, (*path, key)) for key, each in value.items()}
        elif isinstance(value, tuple):
            inner = get_args(kind)[0]
            return tuple(self.value(inner, each, (*path, i)) for i, each in enumerate(value))
        return value

    def _missing(self, path: Path) -> None:
        message, hint = f"'{named(path)}' is missing", f"add a line below: {path[-1]} = …"
        self.problems.append(at_value(self.tree, path, message, self.wrong, hint))

    def _unknown(self, path: Path, known: tuple[str, ...]) -> None:
        key, message = str(path[-1]), f"unknown key '{named(path)}'"
        # TOML ends a table only where another starts.
        is_below = len(path) > 1 and key in self.top
        hint = "move this line above the first [table]" if is_below else _meant(key, known)
        problem = at_key(self.tree, path, message, self.unknown, hint)
        meant = _slip(key, known)
        is_free = (*path[:-1], meant) not in self.tree.places
        is_meant = meant and hint == f"did you mean '{meant}'?" and is_free
        fix = Fix(key, meant) if meant and is_meant else None
        self.problems.append(replace(problem, fix=fix))

    def _misfit(self, written: type, value: object, path: Path) -> None:
        expected, how = TOML_TYPES[written]
        hint = how.format(named(path))
        if written is dict and isinstance(value, str):
            hint = NAMES.get(named(path), hint)
        table = self.tree.value.get(str(path[0]))
        # In TOML, a table has one bracket, and each table of a list has two.
        if written is tuple and len(path) == 1 and isinstance(table, dict):
            hint = _as_entries(str(path[0]), table)
        problem = unfit(self.tree, path, expected, self.wrong, hint)
        if isinstance(value, str) and (meant := _as_meant(written, value)):
            problem = replace(problem, hint=f"write {meant}", fix=Fix(f'"{value}"', meant))
        self.problems.append(problem)


def _as_meant(written: type, text: str) -> str | None:
    """What a text in quotes surely means where this type belongs, as TOML has it."""
    if written is int:
        return text if text.isdecimal() else None
    return f'["{text}"]' if written is tuple else None


def _slip(key: str, known: tuple[str, ...]) -> str | None:
    """The key that a mistyped one surely is: here, where no others can be, also its plural."""
    return next(
        (it for it in known if key in (f"{it}s", it.removesuffix("s"))), slip_of(key, known)
    )


def _as_entries(key: str, table: Mapping[str, Node]) -> str:
    """The hint for a table that should be a list of tables, as Hugo has `[[menu.main]]`."""
    inner = next((name for name, value in table.items() if isinstance(value, tuple)), None)
    written = f"[[{key}.{inner}]]" if inner else f"[{key}]"
    return f"write '[[{key}]]' in place of '{written}'"


def _meant(key: str, known: tuple[str, ...]) -> str | None:
    """The hint for an unknown key, in a table that knows these."""
    meant = renamed(key, known)
    table, _, name = meant.rpartition(".") if meant else ("", "", "")
    if table:
        return f"move this line below [{table}], and write '{name}'"
    nearest = f"did you mean '{name}'?" if name else did_you_mean(key, known)
    return nearest or (OF_YOUR_OWN if "extra" in known else None)

"""What a table of TOML must be, checked by Pydantic and said in the words of the author's file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from sitegen.config.renamed import renamed
from sitegen.data.diagnostics import at_key, at_value, named, unfit
from sitegen.data.tree import Path, Tree
from sitegen.model.diagnostics import Diagnostic
from sitegen.text.spelling import did_you_mean

_Kind = TypeVar("_Kind")

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
HOW_TO_WRITE = {
    "text": "write one text, in quotes",
    "a whole number": "write a whole number such as 10",
    "true or false": "write 'true' or 'false'",
    "a list": "put it in brackets: [ … ]",
    "a table": "write its keys below a line [{}]",
}
"""What to write for a value of each kind; the braces are its name."""
OF_YOUR_OWN = "remove it; values of your own go below [extra]"
UNKNOWN, MISSING = "unexpected_keyword_argument", "missing"


def checked(
    kind: type[_Kind], values: Mapping[str, object], tree: Tree, *, wrong: str, unknown: str
) -> tuple[_Kind | None, tuple[Diagnostic, ...]]:
    """A dataclass of this kind, or None and every reason why not.

    `tree` is where the values come from; `wrong` and `unknown` are the codes for values that do
    not fit, and for keys that the dataclass does not have.
    """
    try:
        # mypy doubts that a type is hashable.
        adapter = _adapter(kind)  # type: ignore[arg-type]
        return adapter.validate_python(values), ()
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
    return None, tuple(_explained(kind, detail, tree, wrong, unknown) for detail in details)


@cache
def _adapter(kind: type[_Kind]) -> TypeAdapter[_Kind]:
    # Pydantic gives a configuration to no bare dataclass, but hands it on to those inside a union.
    return TypeAdapter(kind | None, config={"extra": "forbid"})  # type: ignore[arg-type]


def _explained(
    kind: type, detail: ErrorDetails, tree: Tree, wrong: str, unknown: str
) -> Diagnostic:
    path, error = detail["loc"], detail["type"]
    if error == UNKNOWN:
        return at_key(tree, path, f"unknown key '{named(path)}'", unknown, _meant(kind, path))
    if error == MISSING:
        hint = f"add a line below: {path[-1]} = …"
        return at_value(tree, path, f"'{named(path)}' is missing", wrong, hint)
    fallback = detail["msg"].removeprefix("Input should be ")
    expected = EXPECTED.get(error.partition("_")[0], fallback)
    is_table = len(path) == 1 and isinstance(tree.value.get(str(path[0])), dict)
    # In TOML, a table has one bracket, and each table of a list has two.
    if is_table and expected == "a list":
        return unfit(tree, path, expected, wrong, _as_entries(tree, str(path[0])))
    how = HOW_TO_WRITE.get(expected)
    return unfit(tree, path, expected, wrong, how and how.format(named(path)))


def _as_entries(tree: Tree, key: str) -> str:
    """The hint for a table that should be a list of tables, as Hugo has `[[menu.main]]`."""
    table = tree.value[key]
    assert isinstance(table, dict)
    inner = next((name for name, value in table.items() if isinstance(value, tuple)), None)
    written = f"[[{key}.{inner}]]" if inner else f"[{key}]"
    return f"write '[[{key}]]' in place of '{written}'"


def _meant(kind: type, path: Path) -> str | None:
    """The hint for an unknown key."""
    key, known = str(path[-1]), _known(kind, path[:-1])
    if len(path) > 1 and key in _known(kind, ()):  # TOML ends a table only where another starts
        return "move this line above the first [table]"
    meant = renamed(key, known)
    table, _, name = meant.rpartition(".") if meant else ("", "", "")
    if table:
        return f"move this line below [{table}], and write '{name}'"
    nearest = f"did you mean '{name}'?" if name else did_you_mean(key, known)
    return nearest or (OF_YOUR_OWN if "extra" in known else None)


def _known(kind: Any, path: Path) -> tuple[str, ...]:  # noqa: ANN401, a type or a generic alias
    """The keys that a dataclass takes at a path inside it."""
    for part in path:
        kind = get_args(kind)[0] if isinstance(part, int) else get_type_hints(kind)[part]
    return tuple(f.name for f in fields(kind)) if is_dataclass(kind) else ()

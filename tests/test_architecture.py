"""The rooms of sitegen and the arrows between them, kept true.

A room is a folder of `sitegen/`. What it may import is written down once, below; arrows never run
back up, and never in a circle.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "sitegen"
FILES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts): path
    for path in sorted(PACKAGE.rglob("*.py"))
    if path.name != "__init__.py"
}
MODULES = tuple(FILES)
WITHIN = {"content.markdown", "content.highlight"}
"""Folders that are rooms of their own inside another."""

WORDS = "model text"
"""What every room but these two may import."""
ROOMS = {
    "model": "",
    "text": "model",
    "data": WORDS,
    "config": f"{WORDS} data",
    "storage": WORDS,
    "console": WORDS,
    "i18n": f"{WORDS} data",
    "engine": f"{WORDS} storage",
    "execution": f"{WORDS} engine",
    "sources": f"{WORDS} config storage",
    "drawing": WORDS,
    "images": WORDS,
    "content.highlight": WORDS,
    "content.markdown": f"{WORDS} config",
    "content": f"{WORDS} data config execution images content.markdown content.highlight",
    "site": f"{WORDS} config",
    "outputs": f"{WORDS} config drawing engine site content.markdown content.highlight",
    "plugins": f"{WORDS} engine content.markdown site outputs",
    "build": f"{WORDS} config drawing storage i18n engine execution sources images content"
    " content.highlight content.markdown site outputs plugins",
    "check": f"{WORDS} config storage sources content site build",
    "publish": f"{WORDS} config storage console sources build check",
    "scaffold": f"{WORDS} config sources build",
    "diagnosis": f"{WORDS} config storage i18n engine sources content site outputs plugins build"
    " scaffold",
    "serve": f"{WORDS} config storage engine sources build console",
    "cli": f"{WORDS} storage console execution build check publish scaffold diagnosis serve",
    "__main__": "console engine cli",
}
"""The rooms, from the ground up, and what each may import."""

OWNERS = {
    "typer": {"cli", "console"},
    "jinja2": {"outputs"},
    "markupsafe": {"outputs"},
    "markdown_it": {"content.markdown"},
    "math_core": {"content.markdown"},
    "mmdr": {"content"},
    "mdit_py_plugins": {"content.markdown"},
    "pygments": {"content.highlight"},
    "frontmatter": {"content"},
    "nbformat": {"content"},
    "yaml": {"data"},
    "babel": {"i18n"},
    "sqlite3": {"storage"},
    "pyvips": {"drawing"},
    "pydantic": {"plugins"},
    "dask": {"execution"},
    "distributed": {"execution"},
    "subprocess": {"execution", "sources", "scaffold", "diagnosis"},
    "watchdog": {"serve"},
    "starlette": {"serve"},
    "uvicorn": {"serve"},
    "socket": {"serve"},
}
"""The only rooms that import a package, so that each can be replaced in one place."""

PURE = {
    "model",
    "text",
    "data",
    "config",
    "i18n",
    "content.markdown",
    "content.highlight",
    "site",
    "outputs",
}
WORLD = {"os", "sys", "io", "time", "random", "secrets", "locale", "socket", "pathlib.Path"}
"""What pure rooms do not import: environment, disk, clock, chance and network."""


LINES, PARAMETERS = 400, 6
"""The most that a file, and a function that no command line calls, may have."""


def room(module: str) -> str:
    parts = module.split(".")
    return ".".join(parts[:2]) if ".".join(parts[:2]) in WITHIN else parts[0]


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(FILES[module].read_text(encoding="utf-8"))


@cache
def imports(module: str) -> frozenset[str]:
    """The dotted names that a module imports, and their packages."""
    names = set(_imports(module))
    return frozenset(names | {name.partition(".")[0] for name in names})


def _imports(module: str) -> Iterator[str]:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def siblings(module: str) -> set[str]:
    """The modules of sitegen that a module imports."""
    own = (name.removeprefix("sitegen.") for name in imports(module) if name.startswith("sitegen."))
    return {found for name in own for found in (name, name.rpartition(".")[0]) if found in FILES}


def called(module: str) -> set[str]:
    """The names of all functions and methods that a module calls."""
    calls = [node.func for node in ast.walk(tree(module)) if isinstance(node, ast.Call)]
    plain = {call.id for call in calls if isinstance(call, ast.Name)}
    return plain | {call.attr for call in calls if isinstance(call, ast.Attribute)}


def functions(module: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def public_names(module: str) -> Iterator[str]:
    """What a module defines for others; a name it imports is not its own."""
    for node in tree(module).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names = [node.name]
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)]
        else:
            names = []
        yield from (name for name in names if not name.startswith("_"))


@pytest.mark.parametrize("module", MODULES)
def test_every_module_is_in_a_room(module: str) -> None:
    assert room(module) in ROOMS


@pytest.mark.parametrize("module", MODULES)
def test_imports_lead_where_the_rooms_allow(module: str) -> None:
    here = room(module)
    allowed = {here, *ROOMS[here].split()}
    assert {other for other in siblings(module) if room(other) not in allowed} == set()


def test_no_arrow_runs_back_up() -> None:
    order = list(ROOMS)
    for name, below in ROOMS.items():
        assert all(order.index(other) < order.index(name) for other in below.split()), name


def test_no_modules_import_each_other() -> None:
    TopologicalSorter({module: siblings(module) for module in MODULES}).prepare()


@pytest.mark.parametrize("module", MODULES)
def test_packages_are_imported_only_by_their_owners(module: str) -> None:
    here = room(module)
    assert {name for name in imports(module) if here not in OWNERS.get(name, {here})} == set()


@pytest.mark.parametrize("module", [m for m in MODULES if room(m) in PURE])
def test_pure_modules_do_not_reach_for_the_world(module: str) -> None:
    assert imports(module) & WORLD == set()
    assert called(module) & {"open", "now", "today"} == set()


@pytest.mark.parametrize("module", MODULES)
def test_nothing_is_printed_but_through_typer(module: str) -> None:
    assert "print" not in called(module)


def test_a_public_name_has_one_meaning() -> None:
    homes = defaultdict(list)
    for module in MODULES:
        for name in dict.fromkeys(public_names(module)):
            homes[name].append(module)
    assert {name: found for name, found in homes.items() if len(found) > 1} == {}


@pytest.mark.parametrize("module", MODULES)
def test_a_file_has_one_responsibility_and_so_a_size(module: str) -> None:
    assert FILES[module].read_text("utf-8").count("\n") <= LINES


@pytest.mark.parametrize("module", [m for m in MODULES if room(m) != "cli"])
def test_a_function_takes_what_one_can_keep_in_mind(module: str) -> None:
    for function in functions(module):
        found = function.args
        named = [a.arg for a in (*found.posonlyargs, *found.args, *found.kwonlyargs)]
        assert len([n for n in named if n not in ("self", "cls")]) <= PARAMETERS, function.name


def test_the_tests_mirror_the_rooms() -> None:
    folders = {
        path.parent.relative_to(ROOT / "tests") for path in (ROOT / "tests").rglob("test_*.py")
    }
    rooms = {Path(*module.split(".")[:-1]) for module in MODULES}
    assert folders - {Path()} <= rooms

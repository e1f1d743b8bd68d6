"""Which module may import which: the layers of sitegen, kept true."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "sitegen"
MODULES = sorted(path.stem for path in PACKAGE.glob("*.py"))


@dataclass(frozen=True, slots=True)
class Layer:
    modules: frozenset[str]
    may_import: frozenset[str]
    """Names of layers; a layer that does not name itself has modules that stand side by side."""


def layer(modules: str, may_import: str) -> Layer:
    return Layer(frozenset(modules.split()), frozenset(may_import.split()))


LAYERS = {
    # Values, and small functions of them.
    "words": layer("__init__ diagnostics digest model text typed urls dates github", "words"),
    # How templates and feeds see the site.
    "view": layer("trace context", "words view"),
    # Pure functions from values to values and diagnostics. They meet in the conductor only.
    "stages": layer(
        "config frontmatter markdown highlight selection routes collisions links index plan feeds"
        " templates",
        "words view",
    ),
    # All that touches disk and processes.
    "edges": layer("discover output execute deadline store recipe git watch listen", "words"),
    # What leads a build from sources to its report.
    "conductor": layer(
        "inputs collection documents cluster render history make build site why verify check"
        " origins review address repositories branch publish",
        "words view stages edges conductor",
    ),
    # What a person touches.
    "shells": layer(
        "cli terminal dialogue scaffold starter newpost clean doctor checkup serve web guard reload"
        " editor __main__",
        "words stages edges conductor shells",
    ),
}

PARTS = {
    "located": {"config", "frontmatter"},
    "located_toml": {"config", "frontmatter"},
    "located_yaml": {"frontmatter"},
    "contract": {"config", "frontmatter"},
    "frontmatter_fields": {"frontmatter"},
    "blocks": {"markdown"},
    "codeblock": {"markdown"},
    "inlines": {"markdown"},
    "places": {"markdown"},
    "prose": {"markdown"},
    "rawhtml": {"markdown"},
    "runs": {"markdown"},
    "writer": {"markdown"},
    "elements": {"feeds"},
    "firsts": {"highlight"},
    "lexing": {"highlight"},
    "spans": {"highlight"},
    "taxonomies": {"index"},
    "lock": {"store", "site", "publish"},
    "states": {"output", "recipe", "inputs", "history"},
    "likeness": {"links", "check"},
    "pages": {"check"},
    "addresses": {"check"},
    "listings": {"check"},
}
"""Parts of a module or of several. A part imports words, and parts of its own module."""

OWNERS = {
    "typer": {"cli", "terminal", "dialogue"},
    "jinja2": {"templates"},
    "markupsafe": {"templates"},
    "markdown_it": {"blocks", "inlines", "markdown", "runs", "writer"},
    "mdit_py_plugins": {"markdown"},
    "pygments": {"highlight", "lexing", "spans"},
    "pydantic": {"config", "contract", "frontmatter", "frontmatter_fields"},
    "pydantic_core": {"config", "contract", "frontmatter", "frontmatter_fields"},
    "frontmatter": {"frontmatter"},
    "yaml": {"located_yaml"},
    "sqlite3": {"store"},
    "dask": {"cluster"},
    "distributed": {"cluster"},
    "subprocess": {"discover", "git", "newpost", "verify"},
    "watchdog": {"watch"},
    "starlette": {"web", "guard"},
    "uvicorn": {"serve"},
    "socket": {"listen", "serve"},
}
"""The only modules that import a package, so that each can be replaced in one place."""

PURE = (
    LAYERS["words"].modules
    | LAYERS["view"].modules
    | LAYERS["stages"].modules
    | {part for part, owners in PARTS.items() if owners <= LAYERS["stages"].modules}
)
WORLD = {"os", "sys", "io", "time", "random", "secrets", "locale", "socket", "pathlib.Path"}
"""What pure modules do not import: environment, disk, clock, chance and network."""


@cache
def tree(module: str) -> ast.Module:
    return ast.parse((PACKAGE / f"{module}.py").read_text(encoding="utf-8"))


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
    parts = (name.split(".") for name in imports(module))
    return {part[1] for part in parts if part[0] == "sitegen" and len(part) > 1} & set(MODULES)


def called(module: str) -> set[str]:
    """The names of all functions and methods that a module calls."""
    calls = [node.func for node in ast.walk(tree(module)) if isinstance(node, ast.Call)]
    plain = {call.id for call in calls if isinstance(call, ast.Name)}
    return plain | {call.attr for call in calls if isinstance(call, ast.Attribute)}


def layer_of(module: str) -> str:
    return next(name for name, layer in LAYERS.items() if module in layer.modules)


def may_import(module: str, other: str) -> bool:
    owners = PARTS.get(module, {module})
    if other in PARTS:
        return bool(owners & PARTS[other])
    allowed = {"words"} if module in PARTS else LAYERS[layer_of(module)].may_import
    return layer_of(other) in allowed


@pytest.mark.parametrize("module", MODULES)
def test_every_module_has_one_place(module: str) -> None:
    layers = [name for name, layer in LAYERS.items() if module in layer.modules]
    assert len(layers) + (module in PARTS) == 1


@pytest.mark.parametrize("module", MODULES)
def test_imports_lead_where_the_layers_allow(module: str) -> None:
    assert {other for other in siblings(module) if not may_import(module, other)} == set()


def test_no_modules_import_each_other() -> None:
    TopologicalSorter({module: siblings(module) for module in MODULES}).prepare()


@pytest.mark.parametrize("module", MODULES)
def test_packages_are_imported_only_by_their_owners(module: str) -> None:
    assert {name for name in imports(module) if module not in OWNERS.get(name, {module})} == set()


@pytest.mark.parametrize("module", sorted(PURE & set(MODULES)))
def test_pure_modules_do_not_reach_for_the_world(module: str) -> None:
    assert imports(module) & WORLD == set()
    assert called(module) & {"open", "now", "today"} == set()


@pytest.mark.parametrize("module", MODULES)
def test_nothing_is_printed_but_through_typer(module: str) -> None:
    assert "print" not in called(module)

"""Plug-ins of a site and installed ones: what they add, and what becomes of their mistakes."""

from __future__ import annotations

import json
import pickle
import shutil
from pathlib import Path
from typing import Any

import pytest

from sitegen.model.diagnostics import UsageError
from sitegen.plugins.find import PluginSource
from sitegen.plugins.load import load_plugins
from tests.command import sitegen
from tests.oracle import Twins

STRANGER = Path(__file__).with_name("stranger.py")
HEAD = "from sitegen.plugins.plugin import Plugin, TemplateNames\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A post, a template that uses what the stranger adds, and the stranger itself."""
    write(tmp_path, "sitegen.toml", 'base_url = "https://me.example/"\n')
    write(tmp_path, "content/posts/a.md", "---\ntitle: One two\n---\nPlain and %%marked%% prose.\n")
    write(
        tmp_path,
        "templates/post.html",
        "{{ page.title|shout }} {{ twice('x') }} {{ page.content }}",
    )
    write(tmp_path, "plugins/stranger.py", STRANGER.read_text("utf-8"))
    return tmp_path


def write(folder: Path, path: str, text: str) -> None:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def build(site: Path, *options: str, library: str = "") -> tuple[int, dict[str, Any]]:
    done = sitegen("build", site, "--format", "json", *options, PYTHONPATH=library)
    assert "Traceback" not in done.stderr
    return done.returncode, json.loads(done.stdout)


def test_a_plugin_of_the_site_takes_part_in_every_stage(site: Path) -> None:
    write(site, "content/posts/long.md", f"---\ntitle: {'One ' * 12}\n---\n")
    status, report = build(site)
    page = (site / "public/posts/a/index.html").read_text("utf-8")
    assert status == 0
    assert page.startswith("ONE TWO xx ")
    assert "<p>Plain and <mark>marked</mark> prose.</p>" in page
    assert "<p>– A.</p>" in page
    assert (site / "public/words.txt").read_text("utf-8") == "13 one\n1 two\n"
    assert [(d["code"], d["path"], d["severity"]) for d in report["diagnostics"]] == [
        ("SG804", "content/posts/long.md", "warning")
    ]


def test_without_the_plugin_the_site_is_another(site: Path) -> None:
    write(site, "templates/post.html", "{{ page.content }}")
    build(site)
    (site / "plugins/stranger.py").unlink()
    build(site)
    assert "%%marked%%" in (site / "public/posts/a/index.html").read_text("utf-8")
    assert not (site / "public/words.txt").exists()


def test_every_edit_of_a_plugin_is_as_if_it_had_always_been_so(tmp_path: Path) -> None:
    twins = Twins(tmp_path)
    twins.write("content/a.md", "---\ntitle: A title\n---\nSome %%marked%% text.\n")
    twins.write("sitegen.toml", 'base_url = "https://me.example/"\n')
    twins.build()
    text = STRANGER.read_text("utf-8")
    for edit in (text, text.replace("– A.", "– B."), text.replace('"mark"', '"b"'), None, text):
        if edit is None:
            twins.remove("plugins")
        else:
            twins.write("plugins/stranger.py", edit)
        twins.build()
        twins.build_again()


def test_a_second_build_with_plugins_does_nothing(site: Path) -> None:
    build(site)
    _, report = build(site)
    assert (report["written"], report["removed"]) == (0, 0)


def test_many_processes_give_the_same_bytes(site: Path) -> None:
    for number in range(210):
        write(
            site,
            f"content/posts/{number}.md",
            f"---\ntitle: T{number}\n---\n{'%%m%% prose ' * 120}",
        )
    made = []
    for jobs in ("1", "2"):
        assert build(site, "--clean", "--jobs", jobs, "-o", str(site / f"public{jobs}"))[0] == 0
        files = sorted(p for p in (site / f"public{jobs}").rglob("*") if p.is_file())
        made.append([(p.relative_to(site / f"public{jobs}"), p.read_bytes()) for p in files])
    assert made[0] == made[1]


FAILING = {
    "document": (
        "def fail(document):\n    return 1 / 0\nplugin = Plugin('bad', '1', document=fail)\n"
    ),
    "check": "def fail(site):\n    return 1 / 0\nplugin = Plugin('bad', '1', check=fail)\n",
    "template": (
        "def fail(text):\n    return 1 / 0\n"
        "plugin = Plugin('bad', '1', templates=TemplateNames(filters={'shout': fail}))\n"
    ),
    "output": (
        "from sitegen.outputs.kind import OutputKind\n"
        "def plan(site):\n    yield site.file('x.txt', 'x', 'x')\n"
        "def fail(output, context):\n    return 1 / 0\n"
        "plugin = Plugin('bad', '1', outputs=(OutputKind('x', plan, render=fail),))\n"
    ),
    "plan": (
        "from sitegen.outputs.kind import OutputKind\n"
        "def fail(site):\n    return 1 / 0\n"
        "plugin = Plugin('bad', '1', outputs=(OutputKind('x', fail),))\n"
    ),
    "facets": (
        "from sitegen.site.facets import FacetKind\n"
        "def fail(site):\n    return 1 / 0\n"
        "plugin = Plugin('bad', '1', facets=(FacetKind('x', 'x', fail),))\n"
    ),
    "markdown": (
        "from sitegen.content.markdown.syntax import Syntax\n"
        "def fail(state, silent):\n    return 1 / 0\n"
        "def install(parser):\n    parser.inline.ruler.before('emphasis', 'bad', fail)\n"
        "plugin = Plugin('bad', '1', markdown=(Syntax('bad', install),))\n"
    ),
}
PAGES = {"output": "x.txt", "template": "posts/a/index.html", "document": "content/posts/a.md"}


@pytest.mark.parametrize("part", FAILING)
def test_an_error_of_a_plugin_names_it_its_line_and_the_page(site: Path, part: str) -> None:
    text = HEAD + FAILING[part]
    write(site, "plugins/stranger.py", text)
    write(site, "templates/post.html", "{{ page.title|shout }}" if part == "template" else "x")
    status, report = build(site)
    problem = next(d for d in report["diagnostics"] if d["code"] == "SG802")
    assert (status, problem["path"]) == (1, "plugins/stranger.py")
    assert problem["line"] == text[: text.index("1 / 0")].count("\n") + 1
    assert "plug-in 'bad'" in problem["message"]
    assert "ZeroDivisionError: division by zero" in problem["message"]
    assert PAGES.get(part, "") in problem["message"]
    assert not (site / "public").exists()


UNUSABLE = {
    "syntax": ("plugin = Plugin(\n", 1),
    "import": ("import nothing_that_exists\n", 1),
    "nothing": ("x = 1\n", None),
    "rival": (f"{HEAD}plugin = Plugin('json-feed', '1')\n", None),
}


@pytest.mark.parametrize("kind", UNUSABLE)
def test_a_plugin_that_cannot_be_loaded_is_a_located_error(site: Path, kind: str) -> None:
    text, line = UNUSABLE[kind]
    write(site, "plugins/stranger.py", text)
    status, report = build(site)
    (problem,) = report["diagnostics"]
    assert (status, problem["code"]) == (2, "SG801")
    assert (problem["path"], problem["line"]) == ("plugins/stranger.py", line)


def test_an_installed_plugin_is_found_by_its_entry_point(site: Path, tmp_path: Path) -> None:
    library = tmp_path / "library"
    info = library / "stranger-1.0.dist-info"
    info.mkdir(parents=True)
    shutil.move(site / "plugins/stranger.py", library / "stranger.py")
    (info / "entry_points.txt").write_text(
        "[sitegen.plugins]\nstranger = stranger:plugin\n", "utf-8"
    )
    assert build(site, library=str(library))[0] == 0
    assert (site / "public/words.txt").exists()


def test_an_installed_plugin_is_not_blamed_for_what_is_installed_beside_it(
    site: Path, tmp_path: Path
) -> None:
    """A module in site-packages: Jinja and the rest of the libraries are in the same folder."""
    library = tmp_path / "library"
    info = library / "neighbour-1.0.dist-info"
    info.mkdir(parents=True)
    (library / "clumsy.py").write_text("def fail(x):\n    return 1 / 0\n", "utf-8")
    (library / "neighbour.py").write_text(
        f"{HEAD}import clumsy\n"
        "plugin = Plugin('neighbour', '1', templates=TemplateNames(filters={'f': clumsy.fail}))\n",
        "utf-8",
    )
    (info / "entry_points.txt").write_text("[sitegen.plugins]\nn = neighbour\n", "utf-8")
    write(site, "templates/post.html", "{{ page.title|f }}")
    _, report = build(site, library=str(library))
    assert {d["code"] for d in report["diagnostics"]} == {"SG504"}


def test_a_worker_with_another_version_of_a_plugin_refuses_the_work() -> None:
    asked_for = PluginSource("stranger:plugin", None, b"of another machine")
    with pytest.raises(UsageError, match="stranger:plugin cannot be used"):
        load_plugins((asked_for,))


def test_plugins_are_named_by_doctor(site: Path) -> None:
    found = json.loads(sitegen("doctor", site, "--format", "json").stdout)["plugins"]
    assert [(one["name"], one["version"], one["place"]) for one in found][-1] == (
        *("stranger", "1.0", "plugins/stranger.py"),
    )


def test_values_of_two_plugins_of_one_name_can_be_sent() -> None:
    """A machine of a cluster works for many sites, and for each after each edit of its plug-in."""
    made = []
    for text in ("first", "second"):
        mark = f"@dataclass\nclass Mark:\n    text: str = {text!r}\n"
        code = f"from dataclasses import dataclass\n{HEAD}{mark}"
        code += "plugin = Plugin('m', '1', templates=TemplateNames(functions={'mark': Mark}))\n"
        found = load_plugins((PluginSource("plugins/mark.py", code, text.encode()),))
        made.append(found[-1].plugin.templates.functions["mark"]())
    assert [value.text for value in pickle.loads(pickle.dumps(made))] == ["first", "second"]

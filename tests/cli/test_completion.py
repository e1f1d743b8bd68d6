"""Completion in a shell, as its user gets it by pressing Tab."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.command import COMMAND, sitegen
from tests.conftest import tool

PRESS_TAB = """
eval "$1"; shift
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
"$(complete -p sitegen | sed 's/.*-F \\([^ ]*\\) .*/\\1/')" sitegen
printf '%s\\n' "${COMPREPLY[@]}"
"""


def tab(*words: str) -> list[str]:
    """What bash offers for the last of these words."""
    script = sitegen(_SITEGEN_COMPLETE="source_bash").stdout
    path = f"{COMMAND.parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        [tool("bash"), "-c", PRESS_TAB, "bash", script, *words],
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()


def test_bash_offers_every_command() -> None:
    assert {"build", "init", "new", "doctor", "clean"} <= set(tab("sitegen", ""))


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("b",), ["build"]),
        (("init", "--g"), ["--github", "--gitlab"]),
        (("build", "--format", ""), ["text", "json", "github", "sarif"]),
        (("doctor", "--format", "j"), ["json"]),
    ],
)
def test_bash_offers_what_goes_on_from_there(words: tuple[str, ...], offered: list[str]) -> None:
    assert tab("sitegen", *words) == offered


@pytest.mark.parametrize(
    ("shell", "more"), [("zsh", {}), ("fish", {"_TYPER_COMPLETE_FISH_ACTION": "get-args"})]
)
def test_other_shells_are_told_with_what_it_does(shell: str, more: dict[str, str]) -> None:
    asked = {"_SITEGEN_COMPLETE": f"complete_{shell}", "_TYPER_COMPLETE_ARGS": "sitegen cl"}
    done = sitegen(cwd=None, **asked, **more)
    assert "clean" in done.stdout
    assert "Remove the built site" in done.stdout
    assert "doctor" not in done.stdout


def test_bash_offers_the_archetypes_of_the_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "archetypes").mkdir()
    for name in ("talk", "note"):
        (tmp_path / f"archetypes/{name}.md").touch()
    monkeypatch.chdir(tmp_path)
    assert tab("sitegen", "new", "A", "--from", "") == ["note", "talk"]

"""`--help`: complete, in the order of the work, and readable in every terminal."""

from __future__ import annotations

import re
import shlex
import subprocess
import tomllib

import pytest

from sitegen import MANUAL
from sitegen.cli.app import COMMANDS
from tests.command import COMMAND, sitegen
from tests.conftest import ROOT

NAMES = list(COMMANDS)
WIDTHS = (40, 60, 80)


def shown(name: str, width: int) -> str:
    done = sitegen(*name.split(), "--help", COLUMNS=str(width))
    assert done.returncode == 0
    return done.stdout


def test_commands_are_in_groups_in_the_order_of_the_work() -> None:
    _, *groups = re.split(r"^(\w+):$", shown("", 80).partition("\nStart")[2], flags=re.M)
    assert re.findall(r"^  (\w+)  ", "".join(groups), re.M) == NAMES[2:]
    assert groups[::2] == ["Write", "Publish", "Maintain"]


def test_help_names_the_manual() -> None:
    config = tomllib.loads((ROOT / "sitegen.toml").read_text("utf-8"))
    assert config["base_url"] == MANUAL
    assert f"Manual: {MANUAL}" in shown("", 80)


@pytest.mark.parametrize("name", ["", *NAMES])
def test_help_fits_the_terminal_and_breaks_no_word(name: str) -> None:
    texts = [shown(name, width) for width in WIDTHS]
    for text, width in zip(texts, WIDTHS, strict=True):
        assert max(map(len, text.splitlines())) <= width
    words = [text.replace(" \\\n", " ").split() for text in texts]
    assert words[0] == words[1] == words[2]


@pytest.mark.parametrize("name", NAMES)
def test_examples_are_commands_that_a_shell_reads_the_same_at_any_width(name: str) -> None:
    parsed = []
    for width in WIDTHS:
        text = shown(name, width).partition("\nExamples:\n")[2].partition("\n\n")[0]
        lines = text.replace(" \\\n", " ").splitlines()
        parsed.append([shlex.split(line) for line in lines])
    assert parsed[0] == parsed[1] == parsed[2]
    assert parsed[0]
    assert all(example[:2] == ["sitegen", name] for example in parsed[0])


def test_command_without_arguments_shows_help() -> None:
    done = subprocess.run([COMMAND], capture_output=True, text=True, check=False)
    assert "Start:" in done.stdout + done.stderr


def test_a_command_is_read_without_the_others() -> None:
    """To read the parameters of all ten took 10 ms of every build."""
    traced = sitegen("build", "--help", PYTHONVERBOSE="1").stderr
    modules = set(re.findall(r"^import 'sitegen\.cli\.(\w+)'", traced, re.MULTILINE))
    assert modules & set(NAMES) == {"build"}

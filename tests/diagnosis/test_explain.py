"""Every code is explained by an example that shows it, and by a cure that mends the example."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

from sitegen.build.extras import can_make_copies
from sitegen.content.diagrams.mermaid import can_draw_mermaid
from sitegen.content.markdown.mathml import can_convert
from sitegen.content.notebook import can_read_notebooks
from sitegen.diagnosis.explain import EXPLANATIONS, explanation
from sitegen.drawing.library import can_draw
from sitegen.model.codes import CODES, GROUPS, codes_of, url_of
from tests.prefork import sitegen

BLOCK = re.compile(
    r'^(?P<fence>`{3,})(?P<language>\w+)(?: title="(?P<path>.+?)")?\n(?P<text>.*?)^(?P=fence)$',
    re.MULTILINE | re.DOTALL,
)
CONSOLE = "console"
ACCEPT = "SITEGEN_ACCEPT"
ADDRESS = 'base_url = "https://me.example/"\n'
LINE_OF_CODE = 72
"""Characters of a line in an example, at most."""


def run(line: str, folder: Path) -> str:
    """What a command of an example says, but for the lines that every command ends with."""
    said = _of_sitegen(line, folder) if line.startswith("sitegen ") else _of_shell(line, folder)
    ends = ("more about a code:", "left out ", "wrote ", "checked ")
    lines = [
        line
        for line in said.splitlines(keepends=True)
        if not line.startswith(ends) and not re.match(r"\d+ (errors?|of|can)\b|error: ", line)
    ]
    return "".join(lines)


def _of_sitegen(line: str, folder: Path) -> str:
    return sitegen(*shlex.split(line)[1:], cwd=folder, TZ="UTC").stderr


def _of_shell(line: str, folder: Path) -> str:
    return subprocess.run(
        ["/bin/sh", "-c", line], cwd=folder, capture_output=True, text=True, timeout=60, check=False
    ).stderr


def follow(text: str, folder: Path) -> tuple[str, str]:
    """Write the files of a text and run its commands: the last of them, and what it said."""
    last = said = ""
    for block in BLOCK.finditer(text):
        if block["path"]:
            file = folder / block["path"]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block["text"], "utf-8")
        elif block["language"] == CONSOLE:
            commands = re.findall(r"^\$ (.+)$", block["text"], re.MULTILINE)
            last = commands[-1]
            said = [run(line, folder) for line in commands][-1]
    return last, said


def parts(code: str) -> tuple[str, str]:
    """The example of a code, to the end of what it says; and the cure."""
    text = explanation(code)
    end = next(block.end() for block in BLOCK.finditer(text) if block["language"] == CONSOLE)
    return text[:end], text[end:]


def accept(code: str, said: str) -> None:
    """Write into the explanation what the command says now."""
    example, cure = parts(code)
    commands = re.sub(
        r"(?<=\n)(?!\$ |`)(?:.*\n)+?(?=`{3,}$)", "", example[example.rindex("console") :]
    )
    shown = example[: example.rindex("console")] + commands
    fence = shown.rindex("\n") + 1
    file = EXPLANATIONS / f"{code}.md"
    file.write_text(shown[:fence] + said + shown[fence:] + cure, "utf-8")


def test_every_code_is_explained_and_nothing_else() -> None:
    assert sorted(file.stem for file in EXPLANATIONS.iterdir()) == sorted(CODES)


def cannot_show(code: str) -> str:
    """Why a machine cannot show a code, if there is a reason."""
    if code == "SG005" and os.geteuid() == 0:
        return "root can read every file"
    is_there = {
        "SG015": can_make_copies(),
        "SG016": can_draw(),
        "SG313": can_read_notebooks(),
        "SG331": can_convert(),
        "SG333": can_draw_mermaid(),
        "SG413": True,
    }
    if is_there.get(code):
        return "the library is installed here; tests/build/test_extras.py shows it"
    if (code == "SG414" and not can_draw()) or (
        code in ("SG314", "SG315") and not can_read_notebooks()
    ):
        return "the library is not installed here"
    if code in ("SG121", "SG123") and find_spec("pydantic") is None:
        return "the library is not installed here"
    return ""


@pytest.mark.parametrize("code", CODES)
def test_example_shows_its_code_and_the_cure_mends_it(code: str, tmp_path: Path) -> None:
    """The message is what sitegen says, word for word; after the cure the code is gone."""
    if reason := cannot_show(code):
        pytest.skip(reason)
    (tmp_path / "sitegen.toml").write_text(ADDRESS)
    (tmp_path / "content").mkdir()
    example, cure = parts(code)
    command, said = follow(example, tmp_path)
    if os.environ.get(ACCEPT):
        accept(code, said)
        pytest.fail(f"{ACCEPT} is set, so the explanation is rewritten: read what has changed")
    assert code in said
    assert said in example
    follow(cure, tmp_path)
    assert code not in run(command, tmp_path)


@pytest.mark.parametrize("code", CODES)
def test_explanation_has_a_cause_and_a_cure_in_words(code: str) -> None:
    example, cure = parts(code)
    assert example[0].isalpha()
    assert cure.strip()[0].isalpha()
    assert BLOCK.search(cure), "the cure mends the example"
    code_lines = [
        line for b in BLOCK.finditer(example + cure) if b["path"] for line in b["text"].splitlines()
    ]
    assert max(map(len, code_lines), default=0) <= LINE_OF_CODE


@pytest.mark.parametrize("width", [40, 80])
def test_explanation_fits_the_terminal(width: int) -> None:
    done = sitegen("explain", "sg302", COLUMNS=str(width))
    assert done.returncode == 0
    assert done.stdout.startswith("SG302 (error)\n")
    assert done.stdout.endswith(f"{url_of('SG302')}\n")
    assert "`" not in done.stdout.partition("\n\n")[0]
    long = [line for line in done.stdout.splitlines() if len(line) > width]
    assert long == [line for line in long if len(line.split()) == 1]


def test_explain_without_a_code_lists_all_of_them_in_groups() -> None:
    done = sitegen("explain", COLUMNS="80")
    assert re.findall(r"^  (SG\d{3})  ", done.stdout, re.MULTILINE) == sorted(CODES)
    assert [title for group, title in GROUPS.items() if codes_of(group)] == [
        line for line in done.stdout.splitlines()[:-1] if line and line[0] != " "
    ]


def test_every_code_is_in_a_group() -> None:
    assert sorted(code for group in GROUPS for code in codes_of(group)) == sorted(CODES)


def test_unknown_code_is_a_usage_error_that_names_the_nearest() -> None:
    done = sitegen("explain", "SG3002")
    assert done.returncode == 2
    assert "unknown diagnostic code 'SG3002'" in done.stderr
    assert "did you mean 'SG302'?" in done.stderr
    assert "lists all codes" in sitegen("explain", "broken").stderr


def test_explanation_is_coloured_where_colour_is_forced() -> None:
    assert "\x1b[1mSG302 (error)\x1b[0m" in sitegen("explain", "SG302", FORCE_COLOR="1").stdout
    assert "\x1b" not in sitegen("explain", "SG302").stdout

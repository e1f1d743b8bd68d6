"""The examples in the manual, and what the command makes of them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tests.conftest import ROOT
from tests.manual import GENERATED, PAGES


class Example(NamedTuple):
    language: str
    title: str
    text: str


FENCED = re.compile(r'^(`{3,})(\w+)(?: title="(.+?)")?\n(.*?)^\1$', re.MULTILINE | re.DOTALL)
ANOTHER_DAY = "1800000000"
"""In seconds since 1970, later than every post: the clock of the machine does not matter."""


def text_of(page: str) -> str:
    return (PAGES / page).read_text("utf-8")


def examples(page: str, language: str, *, generated: bool = True) -> list[Example]:
    """The code blocks of a page, those in its generated parts included or not."""
    text = text_of(page) if generated else GENERATED.sub("", text_of(page))
    found = (Example(match[2], match[3], match[4]) for match in FENCED.finditer(text))
    return [example for example in found if example.language == language]


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Make files of these texts, by their paths in a folder."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")


def build(site: Path, output: Path) -> Any:  # noqa: ANN401 (JSON)
    command = [
        "build",
        str(site),
        "--clean",
        "--output",
        str(output),
        "--strict",
        "--format",
        "json",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "sitegen", *command],
        cwd=ROOT,
        env=os.environ | {"SOURCE_DATE_EPOCH": ANOTHER_DAY},
        stdout=subprocess.PIPE,
        check=False,
    )
    return json.loads(done.stdout)

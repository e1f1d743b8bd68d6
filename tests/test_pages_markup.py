"""Pages are HTML as the standard has it: the Nu HTML checker has neither errors nor warnings."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.conftest import tool
from tests.showcase import PAGES, WITH_HTML, Showcase


def problems(package: Path, files: Iterable[Path]) -> list[str]:
    """What the checker has against some files: page, message and the HTML that it is about."""
    jar = package / "build/dist/vnu.jar"
    command = [tool("java"), "-jar", jar, "--format", "json", "--stdout", *files]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    messages = json.loads(done.stdout)["messages"]
    return [
        f"{message.get('url')}: {message['message']} {message.get('extract')}"
        for message in messages
        if message["type"] != "info" or message.get("subType") == "warning"
    ]


@pytest.mark.npm("vnu-jar")
@pytest.mark.parametrize("name", PAGES)
def test_checker_has_neither_errors_nor_warnings(
    showcases: Callable[[str], Showcase], npm_package: Path, name: str
) -> None:
    showcase = showcases(name)
    own = [page for page in showcase.pages if page not in WITH_HTML]
    assert problems(npm_package, map(showcase.file, own)) == []

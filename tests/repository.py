"""Git, as somebody whom its configuration does not matter to."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.conftest import tool

AUTHOR = {f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


def git(folder: Path, *arguments: str) -> str:
    command = [tool("git"), "-C", str(folder), "-c", "advice.detachedHead=false", *arguments]
    environment = {**os.environ, **AUTHOR}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()

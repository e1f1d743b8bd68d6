"""The installed `sitegen` command, run as a person or a program runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

COMMAND = Path(sys.executable).with_name("sitegen")


def environment_of(own: Mapping[str, str]) -> dict[str, str]:
    """The environment of a command: that of the tests, but for what changes what it says."""
    changes = {"NO_COLOR", "FORCE_COLOR", "SOURCE_DATE_EPOCH"}
    inherited = {k: v for k, v in os.environ.items() if k not in changes}
    return {**inherited, **own}


def sitegen(
    *arguments: str | Path, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command to its end, with no terminal, and capture what it says."""
    return subprocess.run(
        [str(COMMAND), *map(str, arguments)],
        cwd=cwd,
        env=environment_of(environment),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )

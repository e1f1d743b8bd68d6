"""The command in a copy of a process that has loaded it, for tests that run it hundreds of times.

Every run is a process of its own, with the arguments, folder and environment that it is given. What
is saved is the time to load the code, which is half of that of a small build.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from tempfile import TemporaryFile
from typing import IO, NoReturn

import sitegen as package
from sitegen.__main__ import begin
from tests.command import COMMAND, environment_of
from tests.conftest import ROOT


@dataclass(frozen=True, slots=True)
class Run:
    arguments: list[str]
    cwd: str
    environment: dict[str, str]


def sitegen(
    *arguments: str | Path, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command to its end, as the function of the same name in `tests.command` does."""
    words = list(map(str, arguments))
    run = Run(words, str(cwd or Path.cwd()), environment_of(environment))
    loaded = _loaded()
    assert loaded.stdin
    assert loaded.stdout
    loaded.stdin.write(json.dumps(asdict(run)) + "\n")
    loaded.stdin.flush()
    status, out, err = json.loads(loaded.stdout.readline())
    return subprocess.CompletedProcess([str(COMMAND), *words], status, out, err)


@cache
def _loaded() -> subprocess.Popen[str]:
    """The process that is copied. It ends when this one does, and its input with it."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.prefork"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def _serve() -> None:
    """Answer every line on standard input, a `Run`, with its exit status and what it said."""
    for module in walk_packages(package.__path__, "sitegen."):
        import_module(module.name)
    gc.freeze()
    for line in sys.stdin:
        with TemporaryFile() as out, TemporaryFile() as err:
            child = os.fork()
            if child == 0:
                _begin(Run(**json.loads(line)), out, err)
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            print(json.dumps([status, _text(out), _text(err)]), flush=True)  # noqa: T201 (the answer)


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()


def _begin(run: Run, out: IO[bytes], err: IO[bytes]) -> NoReturn:
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(out.fileno(), 1)
    os.dup2(err.fileno(), 2)
    os.chdir(run.cwd)
    os.environ.clear()
    os.environ.update(run.environment)
    time.tzset()
    sys.argv = [str(COMMAND), *run.arguments]
    begin()
    sys.exit()


if __name__ == "__main__":
    _serve()

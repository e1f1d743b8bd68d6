"""A program of somebody else, run to its end."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile

from sitegen.model.dataclass import dataclass

LAST_BYTES = 1 << 16
"""Bytes of what a program prints that are kept: the last ones."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a program ended."""

    failure: str | None
    """Why it did not do its work, as the end of a sentence; None: it did."""
    said: tuple[str, ...]
    """The last lines of what it printed, on either stream."""
    hint: str | None = None
    """What would help."""


def run_program(words: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Ended:
    """The end of a program that was run in a folder, with no shell and nothing to read.

    Whatever exception comes meanwhile, such as that of Ctrl-C, ends it and all that it has started.
    """
    with TemporaryFile() as printed:
        try:
            process = subprocess.Popen(
                words,
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # a group of processes that can be killed as one
            )
        except FileNotFoundError:
            message = f"cannot be started: there is no program '{words[0]}'"
            return Ended(message, (), "install it, or write the path of the program")
        except OSError as error:
            return Ended(f"cannot be started: {error.strerror}", ())
        try:
            status = process.wait()
        except BaseException:
            _kill(process)
            raise
        printed.seek(max(0, printed.seek(0, os.SEEK_END) - LAST_BYTES))
        said = tuple(printed.read().decode(errors="replace").splitlines())
    return Ended(_failure(status), said)


@dataclass(frozen=True, slots=True)
class ProgramAnswer:
    """What a program made of what it was given."""

    output: bytes
    """What it wrote, as far as it came."""
    errors: str
    """What it said of that."""
    has_failed: bool
    """Whether it could not be started, was ended, or says so itself."""


def answer_of(
    words: Sequence[str], given: bytes, environment: Mapping[str, str], seconds: float
) -> ProgramAnswer:
    """The answer of a program to what it reads; it is ended when the clock has counted so far."""
    try:
        process = subprocess.Popen(
            words,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as error:
        return ProgramAnswer(b"", f"cannot be started: {error.strerror}", has_failed=True)
    try:
        output, errors = process.communicate(given, timeout=seconds)
    except BaseException as error:
        _kill(process)
        if not isinstance(error, subprocess.TimeoutExpired):
            raise
        output, errors = process.communicate()
    return ProgramAnswer(output, errors.decode(errors="replace"), process.returncode != 0)


def _kill(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def _failure(status: int) -> str | None:
    """What the exit status of a process means; one below 0 is that of a signal."""
    if status >= 0:
        return f"failed with exit status {status}" if status else None
    try:
        return f"was ended by the signal {signal.Signals(-status).name}"
    except ValueError:
        return f"was ended by the signal {-status}"

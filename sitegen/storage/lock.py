"""One at a time: locks that the operating system takes back when their holder dies."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sitegen.model.diagnostics import SitegenError
from sitegen.storage.file_lock import DIGITS, opened, take

PAUSE = 0.05
"""Seconds between two looks at a lock that another build holds."""

Waiting = Callable[[str], None]
"""Called once, with the number of the process that is waited for."""


@contextmanager
def locked(file: Path, waiting: Waiting) -> Iterator[int]:
    """Holds the lock; gives the present time in ns, as this file system's clock has it.

    The system frees the lock of a process that dies, however it dies. Raises OSError where there
    can be no such file.
    """
    lock = _awaited(file, waiting)
    try:
        os.pwrite(lock, str(os.getpid()).ljust(DIGITS).encode(), 0)
        yield now(file)
    finally:
        os.close(lock)


@contextmanager
def held(file: Path, doing: str) -> Iterator[None]:
    """Holds the lock too, but does not wait: SitegenError where another process has it."""
    lock = opened(file)
    try:
        if not take(lock):
            hint = "wait until it has finished, then try again"
            raise SitegenError(f"another sitegen is {doing}", hint=hint)
        yield
    finally:
        os.close(lock)


def _awaited(file: Path, waiting: Waiting) -> int:
    """The open file, once this process has the lock."""
    is_waiting = False
    while True:
        file.parent.mkdir(exist_ok=True)  # who held the lock may have removed it
        with ExitStack() as stack:
            lock = opened(file)
            stack.callback(os.close, lock)
            if take(lock) and _is_at(lock, file):
                stack.pop_all()
                return lock
            if not is_waiting:
                waiting(os.pread(lock, DIGITS, 0).decode(errors="replace").strip() or "unknown")
                is_waiting = True
        time.sleep(PAUSE)


def _is_at(lock: int, file: Path) -> bool:
    """Whether the file is still there: who held the lock may have removed it."""
    try:
        return os.path.samestat(os.fstat(lock), file.stat())
    except FileNotFoundError:
        return False


def now(file: Path) -> int:
    """The time in ns that the file system gives to a file that is written now."""
    os.utime(file)
    return file.stat().st_mtime_ns

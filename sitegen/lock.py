"""One at a time: a lock that the operating system takes back when its holder dies."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sitegen.diagnostics import SitegenError


@contextmanager
def held(path: Path, doing: str) -> Iterator[None]:
    """Holds the lock file, which stays. Raises SitegenError where another process holds it."""
    try:
        file = path.open("ab")
    except OSError as error:
        raise SitegenError(f"cannot write '{path}': {error.strerror}") from error
    with file:
        try:
            _lock(file.fileno())
        except OSError:
            hint = "wait for it, then run this again"
            raise SitegenError(f"another sitegen is {doing}", hint=hint) from None
        yield


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

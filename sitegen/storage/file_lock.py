"""A file as a lock, by the system's own means, and which file is that of a site.

It loads next to nothing: a build with nothing to do looks at the lock before anything else.
"""

from __future__ import annotations

import os
import sys

FOLDER = ".sitegen"
LOCK = "lock"
"""What sitegen's own folder in a site is called, and the lock in it that a build holds."""
DIGITS = 20
"""Bytes at the start of the file, for the number of the process that holds the lock."""
NO_LINK = getattr(os, "O_NOFOLLOW", 0)
"""A lock that leads elsewhere would write the number of a process over the start of that file."""


def opened(file: str | os.PathLike[str]) -> int:
    """The descriptor of the file, which is made if need be. Raises OSError."""
    return os.open(file, os.O_RDWR | os.O_CREAT | NO_LINK, 0o666)


def is_free(file: str) -> bool:
    """Whether nobody holds the lock at this moment. Raises OSError where there is no such file."""
    lock = os.open(file, os.O_RDWR | NO_LINK)
    try:
        return take(lock)
    finally:
        os.close(lock)


if sys.platform == "win32":
    import msvcrt

    def take(lock: int) -> bool:
        """Whether this process now has the lock: on Windows that of a byte that nobody reads."""
        os.lseek(lock, DIGITS, os.SEEK_SET)
        try:
            msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def take(lock: int) -> bool:
        """Whether this process now has the lock."""
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

"""What the file system says of a file, and when that is enough to know its content.

A file whose state is as it was need not be read again, unless it could have been written twice
within one tick of the file system's clock, between which we read it. So a state is *settled* only
when it is clearly older than the moment before which it was taken (git calls the others racy). The
time of the inode is a part of it, because no program can set that: it tells a file that was given
an old time.
"""

from __future__ import annotations

import os
from hashlib import blake2b
from pathlib import Path
from stat import S_ISREG

from sitegen.model.digest import SIZE
from sitegen.model.trace import FileState

COARSE = 2_000_000_000
"""Nanoseconds between two ticks on the coarsest file systems (FAT)."""
SECOND = 1_000_000_000


def state_of(path: Path | str) -> FileState | None:
    """The state of a regular file, or None where there is none."""
    try:
        found = os.lstat(path)
    except (OSError, ValueError):
        return None
    if not S_ISREG(found.st_mode):
        return None
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino


def is_settled(state: FileState, moment: int) -> bool:
    """Whether any change after the moment, by the file system's clock, would show in the state.

    A time that is a whole second may come from a file system that counts no finer.
    """
    last = max(state[0], state[1])
    tick = COARSE if last % SECOND == 0 else 0
    return last + tick < moment


def digest_of_file(path: Path | str) -> bytes | None:
    """The digest of a file's bytes, or None where it cannot be read."""
    hasher = blake2b(digest_size=SIZE)
    try:
        with Path(path).open("rb") as file:
            while block := file.read(1 << 20):
                hasher.update(block)
    except OSError:
        return None
    return hasher.digest()

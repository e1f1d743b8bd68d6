"""Where a race is run, on disk or in memory, and what becomes of old outputs there.

Where many files have just been removed, ext4 takes two to three times as long to make new ones: a
cold build right after `rm -rf` would pay for the benchmark's own tidying. So on a disk old outputs
are moved aside, and removed when all races are over. In memory removing costs nothing later, and
keeping would cost memory.
"""

from __future__ import annotations

import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

from bench.peers import CACHE, NODE_PEERS

MOUNTS = Path("/proc/mounts")


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    folder: Path
    keeps_old: bool
    """Whether old outputs are moved aside; else they are removed at once."""

    @property
    def file_system(self) -> str:
        """Its type, such as `ext4` (proc_mounts(5): that of the longest path above it)."""
        mounts = (line.split() for line in MOUNTS.read_text(encoding="utf-8").splitlines())
        above = (m for m in mounts if self.folder.resolve().is_relative_to(m[1]))
        return max(above, key=lambda mount: len(mount[1]))[2]


PLACES = (
    Place("disk", CACHE, keeps_old=True),
    Place("memory", Path("/dev/shm"), keeps_old=False),  # noqa: S108 (it has no other path)
)


@dataclass(frozen=True, slots=True)
class Ground:
    """A new folder in a place, to run a race in."""

    folder: Path
    keeps_old: bool
    _numbers: Iterator[int] = field(default_factory=count)

    def clear(self, path: Path) -> None:
        """Makes a file or folder of the ground be no longer there, if it is."""
        if self.keeps_old and path.exists():
            aside = self.folder / "aside"
            aside.mkdir(exist_ok=True)
            path.rename(aside / str(next(self._numbers)))
        elif path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def end_in_order() -> None:
    """Makes SIGTERM an exception, so that a benchmark that is ended leaves nothing in memory."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))


@contextmanager
def ground(place: Place) -> Iterator[Ground]:
    """A ground that is removed afterwards, with the libraries of npm where Node.js looks for them.

    A place that keeps old outputs should be left only after the last race.
    """
    folder = Path(mkdtemp(prefix="sitegen-bench-", dir=place.folder))
    try:
        (folder / "node_modules").symlink_to(NODE_PEERS)
        yield Ground(folder, place.keeps_old)
    finally:
        shutil.rmtree(folder, ignore_errors=True)

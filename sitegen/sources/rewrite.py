"""One file of a site with other bytes: all of them, or the file as it was."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def rewrite(file: Path, before: bytes, after: bytes) -> bool:
    """Put other bytes into a file, unless it no longer holds those from before.

    Its mode stays, and a symbolic link leads to it still. Raises OSError; the file is then as it
    was.
    """
    with _draft(file, after) as (draft, real):
        shutil.copymode(real, draft)
        if real.read_bytes() != before:
            return False
        draft.replace(real)
        return True


def put(file: Path, data: bytes) -> None:
    """Put bytes into a file, which may be new. Raises OSError; the file is then as it was."""
    with _draft(file, data) as (draft, real):
        draft.replace(real)


@contextmanager
def _draft(file: Path, data: bytes) -> Iterator[tuple[Path, Path]]:
    """A file with these bytes beside the real one, which no build sees."""
    real = Path(os.path.realpath(file))
    draft = real.with_name(f".{real.name}.{os.getpid()}")
    try:
        draft.write_bytes(data)
        yield draft, real
    finally:
        draft.unlink(missing_ok=True)

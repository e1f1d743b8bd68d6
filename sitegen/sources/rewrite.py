"""One source file with other bytes: all of them, or the file as it was."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path


def rewrite(file: Path, before: bytes, after: bytes) -> bool:
    """Put other bytes into a file, unless it no longer holds those from before.

    Its mode stays, and a symbolic link leads to it still. Raises OSError; the file is then as it
    was.
    """
    real = Path(os.path.realpath(file))
    descriptor, name = tempfile.mkstemp(prefix=f".{real.name}.", dir=real.parent)
    os.close(descriptor)
    draft = Path(name)
    try:
        draft.write_bytes(after)
        shutil.copymode(real, draft)
        if real.read_bytes() != before:
            return False
        draft.replace(real)
        return True
    finally:
        draft.unlink(missing_ok=True)

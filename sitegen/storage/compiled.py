"""Compiled code that is kept where Python keeps that of modules: in the installation of sitegen.

Never in a site: that may come from somebody else, and nothing of it may be run. Where Python writes
no code, sitegen writes none.
"""

from __future__ import annotations

import marshal
import os
import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from types import CodeType

from sitegen.model.digest import SIZE, digest_of_bytes


class Compiled:
    """Code by the name of what it was made of, each behind a digest of it and of its key."""

    def get(self, name: str, key: bytes) -> CodeType | None:
        """The code that was kept under this name with this key; None if it is not as it was."""
        with suppress(OSError):
            data = _file(name).read_bytes()
            if data[:SIZE] == digest_of_bytes(key, code := data[SIZE:]):
                found: CodeType = marshal.loads(code)
                return found
        return None

    def put(self, name: str, key: bytes, code: CodeType) -> None:
        """Keep code, in one step since others may read it, if it can be kept."""
        if sys.dont_write_bytecode:
            return
        data, file = marshal.dumps(code), _file(name)
        written = file.with_name(f"{file.name}.{os.getpid()}")
        with suppress(OSError):  # as where a system has sitegen, and its users cannot write there
            file.parent.mkdir(parents=True, exist_ok=True)
            written.write_bytes(digest_of_bytes(key, data) + data)
            written.replace(file)


def _file(name: str) -> Path:
    """As that of a module beside this one, whose name has a dot, as no module's has."""
    return Path(cache_from_source(str(Path(__file__).with_name(f"{name}.py"))))

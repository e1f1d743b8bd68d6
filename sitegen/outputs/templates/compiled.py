"""The theme's templates as code of Python, kept where Python keeps that of modules.

To compile those that a post needs takes 50 ms, a tenth of a build after an edit. Their code lies
beside that of this module, in the installation of sitegen, and never in a site: that may come from
somebody else, and nothing of it may be run. Where Python writes no code, sitegen writes none.
"""

from __future__ import annotations

import marshal
import os
import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path

from jinja2.bccache import Bucket, BytecodeCache

from sitegen.engine.fingerprint import fingerprint
from sitegen.model.digest import SIZE, digest_of_bytes

_THEME = "theme:"


class CompiledTheme(BytecodeCache):
    """Knows the code of the theme's templates, made by this sitegen from the same texts."""

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The file for a template's code; empty for one that is not the theme's."""
        if not filename or not filename.startswith(_THEME):
            return ""
        beside = Path(__file__).with_name(f"theme.{name.replace('/', '.')}")
        return cache_from_source(str(beside))

    def get_source_checksum(self, source: str) -> str:
        """The text itself: `_check` makes it a digest, together with the code."""
        return source

    def load_bytecode(self, bucket: Bucket) -> None:
        """Let the template have its code, if that is known."""
        if not bucket.key:
            return
        with suppress(OSError):
            data = Path(bucket.key).read_bytes()
            if data[:SIZE] == _check(bucket, code := data[SIZE:]):
                bucket.code = marshal.loads(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template; in one step, since others may read it."""
        if not bucket.key or sys.dont_write_bytecode:
            return
        code, file = marshal.dumps(bucket.code), Path(bucket.key)
        written = file.with_name(f"{file.name}.{os.getpid()}")
        with suppress(OSError):  # most have no right to write there, where a system has sitegen
            file.parent.mkdir(parents=True, exist_ok=True)
            written.write_bytes(_check(bucket, code) + code)
            written.replace(file)


def _check(bucket: Bucket, code: bytes) -> bytes:
    return digest_of_bytes(fingerprint(), bucket.checksum.encode(), code)

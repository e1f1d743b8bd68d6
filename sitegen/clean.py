"""Undoing a build: what sitegen wrote goes, and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from sitegen.diagnostics import OutputError
from sitegen.model import MANIFEST
from sitegen.output import Stage, read_manifest

CACHE = ".sitegen"
"""The folder of a site in which sitegen keeps what makes it fast."""


def ours(site: Path, output: Path) -> tuple[Path, ...]:
    """What `clean` would remove: the published files, their manifest, and the cache."""
    cache = site / CACHE
    has_cache = cache.is_dir() and not cache.is_symlink()
    return (*_published(output), *((cache,) if has_cache else ()))


def clean(site: Path, output: Path) -> tuple[Path, ...]:
    """Remove what sitegen wrote into the output folder, and its cache; what there was of it.

    To the output folder it is the build of a site without pages, so that every precaution of a
    build holds. Raises OutputError for what cannot be removed.
    """
    found = ours(site, output)
    manifest = output / MANIFEST
    if manifest in found:
        with Stage(output) as stage:
            stage.commit()
    try:
        manifest.unlink(missing_ok=True)
        if site / CACHE in found:
            shutil.rmtree(site / CACHE)
    except OSError as error:
        raise OutputError(f"cannot remove '{error.filename}': {error.strerror}") from error
    with suppress(OSError):  # there are other files in it, or it never was
        output.rmdir()
    return found


def _published(output: Path) -> Iterator[Path]:
    root = output.resolve()
    for path in (*read_manifest(output), MANIFEST):
        file = output / path
        if file.is_file() and not file.is_symlink() and file.resolve().is_relative_to(root):
            yield file

"""Undoing a build: what sitegen wrote goes, and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from sitegen.model.diagnostics import OutputError
from sitegen.model.output import MANIFEST
from sitegen.storage.cache import Store
from sitegen.storage.file_lock import FOLDER
from sitegen.storage.output_folder import Stage, read_manifest


def removable(site: Path, output: Path) -> tuple[Path, ...]:
    """What `clean` would remove: the published files, their manifest, and the cache."""
    cache = site / FOLDER
    has_cache = cache.is_dir() and not cache.is_symlink()
    return (*_published(output), *((cache,) if has_cache else ()))


def clean(site: Path, output: Path, waiting: Callable[[str], None]) -> tuple[Path, ...]:
    """Remove what sitegen wrote into the output folder, and its cache; what there was of it.

    It waits for a build that runs. To the output folder it is the build of a site without pages,
    so that every precaution of a build holds. Raises OutputError for what cannot be removed.
    """
    if found := removable(site, output):
        with Store(site, b"", clean=True).session(waiting):
            _empty(output)
            if site / FOLDER in found:
                _remove(site / FOLDER)
    return found


def _empty(output: Path) -> None:
    """Remove the files of the manifest; and it and the folder, if that was all there was."""
    if (output / MANIFEST).is_file():
        is_all = not _has_others(output)
        with Stage(output) as stage:
            stage.commit()
        if is_all:
            _remove(output / MANIFEST)
            with suppress(OSError):
                output.rmdir()


def _remove(path: Path) -> None:
    try:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    except OSError as error:
        raise OutputError(f"cannot remove '{error.filename}': {error.strerror}") from error


def _published(output: Path) -> Iterator[Path]:
    """The files of the manifest; and the manifest, unless it stays to mark a folder as ours."""
    root = output.resolve()
    for path in read_manifest(output):
        file = output / path
        if file.is_file() and not file.is_symlink() and file.resolve().is_relative_to(root):
            yield file
    if (output / MANIFEST).is_file() and not _has_others(output):
        yield output / MANIFEST


def _has_others(output: Path) -> bool:
    """Whether somebody else has put something there, for whose sake the folder stays."""
    own = {output / path for path in (*read_manifest(output), MANIFEST)}
    own |= {folder for file in own for folder in file.parents}
    return any(path not in own for path in output.rglob("*"))

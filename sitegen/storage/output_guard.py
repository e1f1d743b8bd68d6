"""Which folders are refused as output folders: those where a build could harm something else."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from sitegen.model.diagnostics import UsageError
from sitegen.model.output import MANIFEST
from sitegen.storage.output_folder import STAGING

GIT = ".git"
OWN_FOLDER = "give the output a folder of its own, such as 'public'"


def check_folder(output: Path, site: Path, protected: Iterable[Path]) -> None:
    """Raise UsageError if a site built into `output` could harm anything but an older build.

    `protected` are the files and folders the site is made from. An output folder inside the site
    folder is the normal case, also where the site folder itself is one of them.
    """
    sources = tuple(path.resolve() for path in protected)
    try:
        danger = next(_dangers(output.resolve(), site.resolve(), sources), None)
        foreign = None if danger else _unmarked(output)
    except OSError as error:
        message = f"cannot use the output folder '{output}': {error.strerror}"
        raise UsageError(message, hint=OWN_FOLDER) from error
    if danger:
        raise UsageError(f"the output folder '{output}' {danger}", hint=OWN_FOLDER)
    if foreign:
        raise UsageError(
            f"the output folder '{output}' has files that sitegen did not write: '{foreign}'",
            hint='name a folder that is new or empty, as in sitegen.toml: output = "site"; or move'
            " those files away, into static/ if they are to be published",
        )


def _unmarked(folder: Path) -> str | None:
    """A name in a folder without our manifest, but for the stage of a first build that was killed.

    None where there is no such name.
    """
    if not folder.exists() or os.path.lexists(folder / MANIFEST):
        return None
    return min((name for name in os.listdir(folder) if name != STAGING), default=None)  # noqa: PTH208


def _dangers(folder: Path, site: Path, sources: tuple[Path, ...]) -> Iterator[str]:
    """Why nothing should be written there, as ends of a sentence."""
    if folder.exists() and not folder.is_dir():
        yield "is a file"
    own = ((site, "the site's own folder"), (Path.home().resolve(), "your home folder"))
    used = tuple((source, f"'{source}', which the site is made from") for source in sources)
    for place, name in own + used:
        if place.is_relative_to(folder):
            yield f"{'is' if place == folder else 'contains'} {name}"
    for place, name in used:
        if folder.is_relative_to(place) and not site.is_relative_to(place):
            yield f"is inside {name}"
    if GIT in folder.parts:
        yield "is inside the files of a git repository"
    if os.path.lexists(folder / GIT):
        yield "is the root of a git repository"

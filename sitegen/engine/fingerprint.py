"""The digest of all code that a build runs: a cache of other code is not used."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import TZPATH

from sitegen import DISTRIBUTION, __version__
from sitegen.engine.distributions import needed_by
from sitegen.model.digest import digest, digest_of_bytes
from sitegen.storage.file_state import digest_of_file

DRAWING = ("cards", "diagrams", "math", "notebooks")
"""The extras whose libraries decide about bytes."""
_PACKAGE = Path(__file__).parent.parent


def fingerprint() -> bytes:
    """The digest of sitegen's own code, and of the versions of Python and of all libraries."""
    return digest(components())


@cache
def components() -> Mapping[str, object]:
    """What this process builds with, by name.

    Of sitegen its code and not its version, so that it can be changed and tried.
    """
    own = {"sitegen": f"{__version__} (code {_own_code().hex()})", "python": sys.version}
    return {**own, **needed_by(DISTRIBUTION, *DRAWING)}


@cache
def zone_table(zone: str) -> bytes | None:
    """The digest of what this machine knows of a time zone, whose offsets governments change.

    None where it knows nothing.
    """
    return next(filter(None, map(digest_of_file, zone_files(zone))), None)


def zone_files(zone: str) -> tuple[Path, ...]:
    """Where the table of a time zone may be, in the order in which `zoneinfo` looks for it."""
    package = find_spec("tzdata")
    installed = package.submodule_search_locations if package else None
    places = (*TZPATH, *(f"{folder}/zoneinfo" for folder in installed or ()))
    return tuple(Path(place, zone) for place in places)


def _own_code() -> bytes:
    """The digest of every module of sitegen, in whatever folder, and of its name."""
    found = (f"{folder}/{name}" for folder, _, names in os.walk(_PACKAGE) for name in names)
    files = sorted(file for file in found if file.endswith(".py"))
    names = "\0".join(file.removeprefix(str(_PACKAGE)) for file in files)
    return digest_of_bytes(names.encode(), *map(_bytes_of, files))


def _bytes_of(file: str) -> bytes:
    with open(file, "rb") as opened:  # noqa: PTH123 (every build reads hundreds of files)
        return opened.read()

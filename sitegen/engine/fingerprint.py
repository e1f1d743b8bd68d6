"""The digest of all code that a build runs: a cache of other code is not used."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from sitegen import __version__
from sitegen.model.digest import digest, digest_of_bytes
from sitegen.storage.file_state import state_of

_PACKAGE = Path(__file__).parent.parent
LIBRARIES = {
    "frontmatter": "python_frontmatter",
    "jinja2": "jinja2",
    "markdown_it": "markdown_it_py",
    "markupsafe": "markupsafe",
    "mdit_py_plugins": "mdit_py_plugins",
    "pydantic": "pydantic",
    "pygments": "pygments",
    "yaml": "pyyaml",
}
"""The packages that a site's bytes depend on, and the names of their distributions."""


def fingerprint() -> bytes:
    """The digest of sitegen's own code, and of the versions of Python and the libraries."""
    return digest(components())


@cache
def components() -> Mapping[str, object]:
    """What this process builds with, by name.

    Of sitegen its code and not its version, so that it can be changed and tried.
    """
    own = {"sitegen": f"{__version__} (code {_own_code().hex()})", "python": sys.version}
    return own | {library: _version(library, name) for library, name in LIBRARIES.items()}


def _own_code() -> bytes:
    """The digest of every module of sitegen, in whatever folder, and of its name."""
    files = sorted(_PACKAGE.rglob("*.py"))
    names = "\0".join(file.relative_to(_PACKAGE).as_posix() for file in files)
    return digest_of_bytes(names.encode(), *(file.read_bytes() for file in files))


def _version(package: str, distribution: str) -> object:
    """The name of a distribution's metadata folder, which ends with the version.

    To load `importlib.metadata` for it would cost a third of a build with nothing to do.
    """
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        return None
    names = _metadata(Path(spec.origin).parent.parent)
    own = (name for name in names if name.lower().startswith(f"{distribution}-"))
    return next(own, None) or state_of(spec.origin)


@cache
def _metadata(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(path.name for path in folder.glob("*-info")))

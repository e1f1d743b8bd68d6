"""What hosts install: the sitegen that is here, from where it came, or from a wheel of it.

Installers record where a copy came from, unless that is a package index (PEP 610).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sitegen import DISTRIBUTION, __version__
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import UsageError
from sitegen.scaffold.wheel import wheel, wheel_name

REQUIREMENTS = "requirements.txt"
VENDOR = "vendor"
"""The folder of a site for a wheel that no index has."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a host installs to build with the same sitegen as here."""

    line: str = f"{DISTRIBUTION}=={__version__}"
    """As a line of requirements.txt."""
    source: str = "the package index"
    """Where it comes from, for people."""

    @property
    def wheel(self) -> str | None:
        """The path of the wheel in the site, if it is one."""
        return self.line.removeprefix("./") if self.line.startswith("./") else None


RELEASED = Requirement()
"""The release with the version of this copy."""


def requirement() -> Requirement:
    """The requirement for this copy of sitegen.

    Raises UsageError where it runs without being installed.
    """
    installed = _installed()
    origin = json.loads(installed.read_text("direct_url.json") or "null")
    if origin is None:
        return Requirement(f"{DISTRIBUTION}=={installed.version}")
    if url := _public_commit(origin):
        source = f"{origin['url']}, which the host has to be able to read"
        return Requirement(f"{DISTRIBUTION} @ {url}", source)
    source = f"a wheel of this copy in {VENDOR}/, which has to be committed too"
    return Requirement(f"./{VENDOR}/{wheel_name(installed)}", source)


def vendored(site: Path, needed: Requirement) -> Mapping[str, bytes]:
    """The wheel by its path in the site; nothing unless its requirements.txt asks for it."""
    if needed.wheel is None or needed.line not in requirements_of(site):
        return {}
    return {needed.wheel: wheel(_installed())}


def requirements_of(site: Path) -> tuple[str, ...]:
    """The lines of the site's requirements.txt, without comments; nothing if there is none."""
    try:
        text = (site / REQUIREMENTS).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ()
    lines = (line.strip() for line in text.splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


def _installed() -> Distribution:
    try:
        return distribution(DISTRIBUTION)
    except PackageNotFoundError:
        hint = "install it first: python -m pip install FOLDER, in a virtual environment"
        raise UsageError(
            "sitegen runs from a folder and is not installed, so hosts could not install it",
            hint=hint,
        ) from None


def _public_commit(origin: Mapping[str, Any]) -> str | None:
    """The commit of a git repository on the web that this copy was installed from, as a URL."""
    git, url = origin.get("vcs_info"), urlsplit(origin["url"])
    is_public = url.scheme in ("https", "http") and "@" not in url.netloc
    if git is None or not is_public or "subdirectory" in origin:
        return None
    return f"{git['vcs']}+{origin['url']}@{git['commit_id']}"

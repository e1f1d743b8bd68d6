"""What GitHub Pages asks of a site: where it will be, how large it may be, which files steer it.

The rules are those of the GitHub documentation on Pages, "GitHub Pages limits", "Troubleshooting
custom domains" and "About large files on GitHub".
"""

from __future__ import annotations

import re

from sitegen.model.dataclass import dataclass

NOJEKYLL = ".nojekyll"
"""The empty file without which Jekyll builds a branch once more, and drops names like `_a`."""

CNAME = "CNAME"
"""The file with the one domain of a site. A branch that lacks it loses its domain."""

LARGEST_FILE = 100 << 20
LARGEST_SITE = 1 << 30
"""Bytes. A push with a larger file is refused, and a larger site is not deployed."""

REMOTE = re.compile(
    r"(?:(?:https?|ssh|git)://)?(?:[^@/\s]+@)?(?:ssh\.|www\.)?github\.com(?::\d+(?=/))?[:/]/*"
    r"(?P<owner>[\w-]+)/(?P<name>[\w.-]+?)(?:\.git)?/*",
    re.ASCII | re.IGNORECASE,
)
"""An address of a repository, as `https:`, `ssh:` or the short form of scp."""


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository on GitHub."""

    owner: str
    name: str

    @property
    def pages(self) -> str:
        """The address of its site, unless it has a domain of its own."""
        host = f"{self.owner.lower()}.github.io"
        return f"https://{host}/" if self.name.lower() == host else f"https://{host}/{self.name}/"

    @property
    def settings(self) -> str:
        """Where GitHub Pages is switched on."""
        return f"https://github.com/{self.owner}/{self.name}/settings/pages"


def repository(remote: str) -> Repository | None:
    """The repository that the address of a git remote names, if it is one on GitHub."""
    match = REMOTE.fullmatch(remote)
    return Repository(match["owner"], match["name"]) if match else None

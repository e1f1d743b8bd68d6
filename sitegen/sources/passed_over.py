"""What in a site folder holds no source, for all that walk through it: a build and a watch."""

from __future__ import annotations

from collections.abc import Iterable

from sitegen.model.output import MANIFEST

NEVER = frozenset(
    {
        *(".git", ".hg", ".svn", ".DS_Store"),
        *("__pycache__", "node_modules", "bower_components", "site-packages"),
    }
)
"""Names that are passed over everywhere, in `static/` too."""

MARKS = frozenset({MANIFEST, "pyvenv.cfg", "conda-meta"})
"""Names by which a folder is known that holds no source: a built site, a virtual environment."""

GEMS = "vendor/bundle"
"""Where Bundler installs Ruby's packages for Jekyll."""


def is_passed_over(path: str) -> bool:
    """Whether nothing at this path is a source, as its name tells."""
    return path.rpartition("/")[2] in NEVER or path.endswith(GEMS)


def holds_no_source(names: Iterable[str]) -> bool:
    """Whether a folder below the site's own, in which there are these names, has no source."""
    return not MARKS.isdisjoint(names)

"""How templates and feeds see the site: through a view over facets.

A facet is a small plain value with a name: `site:title`, `card:posts/a.md`, `tags:python`. All
facets exist before anything is rendered, so a read never waits, and a page's dependencies are
the reads of its view.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

Facets = Mapping[str, object]

SLICE = re.compile(r"(.*)\[(\d+):(\d+)\]")


class View:
    """What one output may know of the site, by the names of facets."""

    __slots__ = ("_facets",)

    def __init__(self, facets: Facets) -> None:
        self._facets = facets

    def read(self, name: str) -> Any:  # noqa: ANN401 (whatever the facet is)
        """The facet of this name; `tags:python[0:10]` is a slice of a facet that is a tuple.

        Raises KeyError where there is none.
        """
        if part := SLICE.fullmatch(name):
            whole: Any = self._facets[part[1]]
            return whole[int(part[2]) : int(part[3])]
        return self._facets[name]

    def get(self, name: str) -> Any:  # noqa: ANN401 (whatever the facet is)
        """The facet of this name, or None where there is none."""
        return self._facets.get(name)

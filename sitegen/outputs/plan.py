"""Every file that the finished site will have, and who asked for it."""

from __future__ import annotations

from collections.abc import Iterable

from sitegen.model.output import Output
from sitegen.outputs.kind import OutputKind, SitePlan


def plan(kinds: Iterable[OutputKind], site: SitePlan) -> tuple[Output, ...]:
    """The outputs of the site, kind by kind."""
    return tuple(output for kind in kinds for output in kind.plan(site))

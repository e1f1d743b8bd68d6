"""Every file that the finished site will have, and who asked for it."""

from __future__ import annotations

from collections.abc import Iterable

from sitegen.model.output import Output
from sitegen.outputs.kind import OutputKind, SitePlan
from sitegen.outputs.sitemap import sitemaps


def plan(kinds: Iterable[OutputKind], site: SitePlan) -> tuple[Output, ...]:
    """The outputs of the site, kind by kind; then the sitemap, which lists those."""
    by_name = {kind.name: kind for kind in kinds}
    outputs = tuple(output for kind in by_name.values() for output in kind.plan(site))
    return (*outputs, *sitemaps(outputs, by_name, site))

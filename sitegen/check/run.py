"""A site built aside and checked, so that what is checked is what would be published now."""

from __future__ import annotations

from pathlib import Path

from sitegen.build.pipeline import Found, Options, as_read, build
from sitegen.check.checker import check_site
from sitegen.config.schema import Config
from sitegen.model.diagnostics import judged
from sitegen.model.report import Checked, Progress
from sitegen.storage.cache import Store


def review(
    site: Path,
    config: Config,
    options: Options,
    progress: Progress,
    store: Store,
    noticed: Found = (),
    *,
    is_built: bool = False,
) -> Checked:
    """What is wrong with the site, judged and framed; built first, unless it is built already.

    The store is in a session. A site that cannot be built has no pages to check. Raises
    SitegenError where the output folder cannot be used.
    """
    told = judged(noticed, config.diagnostics, strict=options.strict)
    if not is_built:
        report = build(site, config, options, progress, store, noticed)
        if not report.is_published:
            return Checked(0, 0, report.diagnostics)
        told = report.diagnostics
    checked = check_site(options.output, site, config, progress, told)
    problems = as_read(checked.diagnostics, site, config, options)
    return Checked(checked.pages, checked.links, (*told, *problems))

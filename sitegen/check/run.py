"""A site built aside and checked, so that what is checked is what would be published now."""

from __future__ import annotations

from sitegen.build.pipeline import as_read, build
from sitegen.build.session import Session
from sitegen.check.checker import check_site
from sitegen.model.diagnostics import judged
from sitegen.model.report import Checked


def review(session: Session, *, is_built: bool = False) -> Checked:
    """What is wrong with the site, judged and framed; built first, unless it is built already.

    A site that cannot be built has no pages to check. Raises SitegenError where the output folder
    cannot be used.
    """
    known = judged(session.noticed, session.config.diagnostics, strict=session.options.strict)
    if not is_built:
        report = build(session)
        if not report.is_published:
            return Checked(0, 0, report.diagnostics)
        known = report.diagnostics
    checked = check_site(session.output, session.folder, session.config, session.progress, known)
    problems = as_read(checked.diagnostics, session)
    return Checked(checked.pages, checked.links, (*known, *problems))

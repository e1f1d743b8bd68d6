"""A site built aside and checked, so that what is checked is what would be published now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sitegen.build.pipeline import as_read, build
from sitegen.build.session import Session
from sitegen.check.checker import check_site
from sitegen.check.missing_ids import missing_ids
from sitegen.check.moved_posts import Former, former_documents, moved_posts, problem_of_moved
from sitegen.check.renamed_files import with_new_names
from sitegen.model.diagnostics import Diagnostic, in_order, judged
from sitegen.model.report import Checked


def review(session: Session, *, is_built: bool = False) -> Checked:
    """What is wrong with the site, judged and framed; built first, unless it is built already.

    A site that cannot be built has no pages to check. Raises SitegenError where the output folder
    cannot be used.
    """
    known = judged(session.noticed, session.config.diagnostics, strict=session.options.strict)
    if not is_built:
        report = build(_despite_links(session))
        known = tuple(_as_meant(report.diagnostics, session))
        if not report.is_published:
            return Checked(0, 0, known)
    formers = () if is_built else former_documents(session)
    known = with_new_names(known, formers)
    checked = check_site(session.output, session.folder, session.config, session.progress, known)
    of_sources = () if is_built else (*_moved(formers, session), *missing_ids(session, formers))
    problems = as_read((*checked.diagnostics, *of_sources), session)
    return Checked(checked.pages, checked.links, in_order((*known, *problems)))


def _moved(formers: tuple[Former, ...], session: Session) -> Iterator[Diagnostic]:
    return (problem_of_moved(moved, session) for moved in moved_posts(formers, session))


LINKS = ("SG301", "SG302", "SG303", "SG304", "SG420", "SG703", "SG704", "SG705")
"""The codes of links, whose severity must not keep a check from seeing the rest."""


def _despite_links(session: Session) -> Session:
    """The session in which neither a broken link nor a warning keeps the site from being built."""
    severities = session.config.diagnostics
    lowered = {code: "info" for code in LINKS if severities.get(code) != "off"}
    config = replace(session.config, diagnostics={**severities, **lowered})
    return replace(session, config=config, options=replace(session.options, strict=False))


def _as_meant(diagnostics: tuple[Diagnostic, ...], session: Session) -> Iterator[Diagnostic]:
    """The diagnostics of that build, with the severity that they have in this one."""
    severities, strict = session.config.diagnostics, session.options.strict
    for problem in diagnostics:
        if problem.code == DAMAGED_CACHE:
            yield problem
        else:
            yield from judged((problem,), severities, strict=strict)


DAMAGED_CACHE = "SG602"
"""Which is no fault of the site, not even with `--strict`."""

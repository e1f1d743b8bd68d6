"""A build: from a site folder to an output folder, from top to bottom.

    snapshot → documents → select → place → index → plan → check links → update → command → commit

Everything is made and checked before anything visible changes. What a build with nothing to do
does not need, such as Markdown, Pygments and Jinja, is loaded where it is used.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from sitegen.build.basis import write_down
from sitegen.build.permalinks import places_of_permalinks
from sitegen.build.session import Session, check_output
from sitegen.engine.history import History
from sitegen.model.diagnostics import Diagnostic, framed, has_errors, judged
from sitegen.model.document import Document
from sitegen.model.output import MANIFEST
from sitegen.model.report import Report
from sitegen.model.trace import Built
from sitegen.sources.discover import read
from sitegen.sources.snapshot import Snapshot, take_snapshot
from sitegen.storage.output_folder import Stage, Written
from sitegen.text.encoding import decode

if TYPE_CHECKING:
    from sitegen.build.survey import Survey
    from sitegen.build.update import Update


def build(session: Session) -> Report:
    """Publish the site into the output folder, or report why not.

    Raises SitegenError where the output folder cannot be used or written. Then, as after any
    error, what is published stays as it was.
    """
    report = session.store.healing(lambda: _build(session))
    # A damaged cache is no fault of the site, not even with `--strict`.
    notices = judged(session.store.notices, {}, strict=False)
    return replace(report, diagnostics=(*notices, *report.diagnostics))


def rehearse(session: Session) -> None:
    """Load all that a build with something to do will need, and keep nothing of what it makes.

    Raises SitegenError. What is wrong with the site, the next build tells.
    """
    session.store.healing(lambda: _rehearse(session))


def _rehearse(session: Session) -> None:
    import sitegen.build.read  # noqa: F401 (needed for what will change)
    from sitegen.build.survey import survey
    from sitegen.build.update import update_outputs
    from sitegen.plugins.load import PluginError

    history = History(session.store, session.folder, session.output)
    with suppress(PluginError), Stage(session.output) as stage:
        update_outputs(session, survey(session, snapshot_of(session)), history, stage)


def _build(session: Session) -> Report:
    check_output(session.output, session.folder, session.config)
    snapshot = snapshot_of(session)
    inputs = _inputs(session, snapshot)
    history = History(session.store, session.folder, session.output)
    if report := history.report(inputs, session.options.now):
        write_down(session, snapshot, history.built)
        session.options.published(Written((), report.unchanged, ()))
        return report
    from sitegen.build.survey import survey
    from sitegen.plugins.load import PluginError

    try:
        found = survey(session, snapshot)
    except PluginError as error:
        return Report((), (), (), (), as_read((*session.noticed, error.problem), session))
    session.store.put("notes", "tools", session.tools)
    session.store.checkpoint()
    with Stage(session.output) as stage:
        update, problems = _make(session, found, history, stage)
        diagnostics = as_read(problems, session)
        done = None
        if not has_errors(diagnostics):
            session.options.before_commit()
            done = stage.commit()
            session.options.published(done)

    def remember() -> None:
        session.store.put("notes", "files", snapshot.settled(session.store.moment))
        if done:
            built = Built(
                inputs=_inputs(session, snapshot),
                since=found.since,
                until=found.until,
                files=history.files(update.results | {MANIFEST: b""}),
                left_out=found.left_out,
                diagnostics=diagnostics,
            )
            history.save(built, update.traces, update.facets)

    session.store.save(remember)
    if done is None:
        return Report((), (), (), found.left_out, diagnostics)
    write_down(session, snapshot, history.built)
    counts = (done.written, done.unchanged, done.removed)
    return Report(*counts, found.left_out, diagnostics, update.stale, update.said)


def _make(
    session: Session, found: Survey, history: History, stage: Stage
) -> tuple[Update, tuple[Diagnostic, ...]]:
    """Put all files of the site on the stage; with what is wrong with any of them."""
    from sitegen.build.links import broken_links, broken_links_of_templates
    from sitegen.build.update import update_outputs

    update = update_outputs(session, found, history, stage)
    problems = (*session.noticed, *found.problems, *update.problems)
    targets = found.targets
    if session.command and not has_errors(as_read(problems, session)):
        from sitegen.build.post_build import add_files
        from sitegen.content.includes import in_their_files

        added, flaws = add_files(session, found, history, stage, update)
        if added is not None:
            targets = targets.with_added(output.path for output in added)
        broken = broken_links(session, found.site, targets)
        documents = (entry.document for entry in found.site.placement.documents)
        problems += (*flaws, *in_their_files(broken, documents))
    return update, (
        *problems,
        *broken_links_of_templates(found.snapshot, targets, stage, found.outputs),
    )


def documents_of(session: Session) -> tuple[Document, ...]:
    """All documents that can be read now; none where a plug-in fails, which a build reports."""
    from sitegen.build.load import load_documents
    from sitegen.plugins.load import PluginError

    def documents() -> tuple[Document, ...]:
        return load_documents(session, snapshot_of(session))[0]

    try:
        return session.store.healing(documents)
    except PluginError:
        return ()


def snapshot_of(session: Session) -> Snapshot:
    """The sources as they are now; those that look as they did are not read for their digests."""
    known = session.store.get("notes", "files") or {}
    return take_snapshot(session.folder, session.config, session.output, known)


def _inputs(session: Session, snapshot: Snapshot) -> bytes:
    """The digest of everything but the time that decides the result of a build."""
    options = session.options
    chosen = (options.drafts, options.future, options.strict, options.makes_copies)
    places = places_of_permalinks(session)
    return snapshot.digest(session.config, chosen, session.noticed, places, session.command)


def as_read(diagnostics: Iterable[Diagnostic], session: Session) -> tuple[Diagnostic, ...]:
    """The diagnostics as a reader gets them: with final severity, in order, with source lines."""

    def text(path: str) -> str | None:
        data, _ = read(session.folder, path)
        return decode(data, path)[0] if data is not None else None

    severities = session.config.diagnostics
    return framed(judged(diagnostics, severities, strict=session.options.strict), text)

"""A build: from a site folder to an output folder, from top to bottom.

    inputs → documents → select → place → index → plan → check → make what is stale → write

Everything is made and checked before anything visible changes. What a build with nothing to do
does not need, such as Markdown, Pygments and Jinja, is loaded where it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.build.load import Jobs, load_documents
from sitegen.build.update import make
from sitegen.config.schema import Config
from sitegen.engine.history import History
from sitegen.engine.trace import Facets
from sitegen.model.diagnostics import Diagnostic, UsageError, framed, has_errors, judged
from sitegen.model.document import Document
from sitegen.model.output import MANIFEST, Maker, Output
from sitegen.model.report import LeftOut, Progress, Report
from sitegen.model.site import Placement
from sitegen.model.source import Kind, Source
from sitegen.model.trace import Built
from sitegen.outputs.collisions import distinct
from sitegen.outputs.plan import plan, sitemap
from sitegen.site.index import index
from sitegen.site.link_check import Targets, check_links
from sitegen.site.publication import horizon, select
from sitegen.site.routes import place
from sitegen.sources.discover import CONTENT, STATIC, TEMPLATES, THEME_PREFIX, content_folder, read
from sitegen.sources.snapshot import Snapshot, take_snapshot
from sitegen.storage.cache import DamagedError, Store
from sitegen.storage.output_folder import Stage, check_folder
from sitegen.text.encoding import decode

if TYPE_CHECKING:
    from sitegen.outputs.templates.environment import Templates

Found = tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line adds to the configuration."""

    output: Path
    now: datetime
    drafts: bool = False
    future: bool = False
    strict: bool = False
    jobs: Jobs = None
    before_commit: Callable[[], None] = lambda: None
    """Called when everything is made, just before the output folder changes."""


@dataclass(frozen=True, slots=True)
class Survey:
    """All that a build finds out before it makes anything."""

    left_out: tuple[LeftOut, ...]
    outputs: tuple[Output, ...]
    facets: Facets
    templates: Templates
    problems: Found
    since: datetime | None
    until: datetime | None
    """The time within which the same documents are published."""


def build(
    site: Path,
    config: Config,
    options: Options,
    progress: Progress,
    store: Store,
    noticed: Found = (),
) -> Report:
    """Publish the site into the output folder, or report why not; `noticed` joins the report.

    The store is in a session. Raises SitegenError where the output folder cannot be used or
    written. Then, as after any error, what is published stays as it was.
    """
    try:
        report = _build(site, config, options, progress, store, noticed)
    except DamagedError as error:
        store.set_aside(str(error))
        return build(site, config, options, progress, store, noticed)
    # What became of the cache is nothing that the site did wrong, with `--strict` neither.
    notices = judged(store.notices, {}, strict=False)
    return replace(report, diagnostics=(*notices, *report.diagnostics))


def _build(
    site: Path,
    config: Config,
    options: Options,
    progress: Progress,
    store: Store,
    noticed: Found,
) -> Report:
    inputs = take_snapshot(site, config, options.output, store.get("notes", "files") or {})
    others = (config, options.drafts, options.future, options.strict, noticed)
    history = History(store, site, options.output)
    if report := history.report(inputs.digest(*others), options.now):
        return report
    found = survey(site, config, options, progress, store, inputs)
    with Stage(options.output) as stage:
        made = make(
            site,
            found.outputs,
            found.facets,
            found.templates,
            inputs,
            history,
            stage,
            store,
            options.now,
            options.jobs,
            progress,
        )
        problems = (*noticed, *found.problems, *made.problems)
        diagnostics = as_read(problems, site, config, options)
        done = None
        if not has_errors(diagnostics):
            options.before_commit()
            done = stage.commit()
    store.put("notes", "files", inputs.settled(store.moment))
    if done is None:
        store.save()
        return Report((), (), (), found.left_out, diagnostics)
    files = history.files(made.results | {MANIFEST: b""})
    history.save(
        Built(
            inputs=inputs.digest(*others),
            since=found.since,
            until=found.until,
            files=files,
            left_out=found.left_out,
            diagnostics=diagnostics,
        ),
        made.traces,
    )
    store.save()
    counts = (done.written, done.unchanged, done.removed)
    return Report(*counts, found.left_out, diagnostics, made.stale)


def survey(
    site: Path,
    config: Config,
    options: Options,
    progress: Progress,
    store: Store,
    inputs: Snapshot,
) -> Survey:
    """What the site will consist of, and what is wrong with it. Nothing is rendered or written.

    Raises UsageError where there is no site, or no place for it.
    """
    content = content_folder(site, config)
    check_folder(options.output, site, [site / name for name in (content, TEMPLATES, STATIC)])
    if not content and not inputs.of(Kind.POST, Kind.PAGE):
        hint = f"posts are Markdown files; put them into {site / CONTENT}"
        raise UsageError(f"no Markdown files in {site}", hint=hint)
    documents, misread = load_documents(
        site, inputs, config.timezone, options.jobs, store, progress
    )
    published, left_out = select(
        documents, options.now, drafts=options.drafts, future=options.future
    )
    placement, misplaced = place(published, inputs.sources, config)
    values, disagreeing = index(placement.documents, placement.files, config, content)
    planned = plan(values, placement, inputs.of(Kind.STATIC), config)
    outputs, colliding = distinct(planned, published)
    dead = _dead_links(documents, placement, left_out, inputs.sources, content)
    templates = _templates(inputs, config)
    return Survey(
        left_out,
        outputs,
        _facets(values, inputs, outputs, templates),
        templates,
        (*inputs.problems, *misread, *misplaced, *disagreeing, *colliding, *dead),
        *horizon(documents, options.now),
    )


def _templates(inputs: Snapshot, config: Config) -> Templates:
    """Every template by the name that templates know it by."""
    sources = inputs.of(Kind.TEMPLATE)
    texts = tuple((source.path, source.name, inputs.texts[source.path]) for source in sources)
    return _compiled(texts, config.base_url)


@lru_cache(1)
def _compiled(texts: tuple[tuple[str, str, str], ...], base_url: str) -> Templates:
    """The templates of the last build, if these are the same: a server's builds share them."""
    from sitegen.outputs.templates.environment import Templates, TemplateText

    named = {
        f"theme/{name}" if path.startswith(THEME_PREFIX) else name: TemplateText(path, text)
        for path, name, text in texts
    }
    return Templates(named, base_url)


def _facets(
    values: dict[str, object], inputs: Snapshot, outputs: tuple[Output, ...], templates: Templates
) -> Facets:
    """All that an output can depend on."""
    names = {output.template for output in outputs if output.maker is Maker.PAGE}
    return Facets(
        values
        | {f"template:{name}": templates.reach(name) for name in names}
        | {f"output:{output.path}": output for output in outputs}
        | {f"file:{o.subject}": inputs.digests[o.subject] for o in outputs if o.maker is Maker.COPY}
        | {"style": inputs.texts[inputs.style], "sitemap": sitemap(outputs, values)}
    )


def _dead_links(
    documents: Iterable[Document],
    placement: Placement,
    left_out: tuple[LeftOut, ...],
    sources: tuple[Source, ...],
    content: str,
) -> Found:
    """The dead links of what is published; a document that could not be read is no dead target."""
    published = [entry.document for entry in placement.documents]
    unread = {source.path: "" for source in sources if source.kind in (Kind.POST, Kind.PAGE)}
    targets = Targets(
        sources=unread | {path: place.url for path, place in placement.routes.items()},
        ids={document.meta.id: document.source.path for document in documents},
        anchors={document.source.path: document.rendered.anchors for document in published},
        left_out={entry.path: entry for entry in left_out},
        content=content,
    )
    return tuple(problem for document in published for problem in check_links(document, targets))


def as_read(
    diagnostics: Iterable[Diagnostic], site: Path, config: Config, options: Options
) -> Found:
    """The diagnostics as a reader gets them: with final severity, in order, with source lines."""

    def text(path: str) -> str | None:
        data, _ = read(site, path)
        return decode(data, path)[0] if data is not None else None

    return framed(judged(diagnostics, config.diagnostics, strict=options.strict), text)

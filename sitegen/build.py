"""A build: from a site folder to an output folder, from top to bottom.

    inputs → documents → select → place → index → plan → check → make what is stale → write

Everything is made and checked before anything visible changes. What a build with nothing to do
does not need, such as Markdown, Pygments and Jinja, is loaded where it is used.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.collisions import distinct
from sitegen.diagnostics import Diagnostic, UsageError, framed, has_errors, judged
from sitegen.digest import digest_of_bytes
from sitegen.discover import CONTENT, STATIC, TEMPLATES, THEME_PREFIX, content_folder, file_of, read
from sitegen.history import History
from sitegen.index import index
from sitegen.inputs import Inputs, read_inputs
from sitegen.library import Progress, read_documents
from sitegen.links import Targets, check
from sitegen.model import (
    MANIFEST,
    Built,
    Config,
    Document,
    Kind,
    LeftOut,
    Maker,
    Output,
    Placement,
    Report,
    Source,
    Stale,
    Trace,
)
from sitegen.output import Stage, check_folder
from sitegen.plan import plan, sitemap
from sitegen.routes import place
from sitegen.selection import horizon, select
from sitegen.store import DamagedError, Store
from sitegen.text import decode
from sitegen.trace import Facets, digests

if TYPE_CHECKING:
    from sitegen.render import Renderer
    from sitegen.templates import Templates

Found = tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line adds to the configuration."""

    output: Path
    now: datetime
    drafts: bool = False
    future: bool = False
    strict: bool = False
    jobs: int | None = None
    """Processes that read documents; None: as many as the work is worth."""


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
        return _build(site, config, options, progress, store, noticed)
    except DamagedError as error:
        store.set_aside(str(error))
        return _build(site, config, options, progress, store, noticed)


def _build(
    site: Path,
    config: Config,
    options: Options,
    progress: Progress,
    store: Store,
    noticed: Found,
) -> Report:
    content = content_folder(site, config)
    check_folder(options.output, site, [site / name for name in (content, TEMPLATES, STATIC)])
    inputs = read_inputs(site, config, options.output, store.get("notes", "files") or {})
    others = (config, options.drafts, options.future, options.strict, noticed)
    history = History(store, site, options.output)
    if report := history.report(inputs.digest(*others), options.now):
        return _with_notices(report, store)
    if not content and not inputs.of(Kind.POST, Kind.PAGE):
        hint = f"posts are Markdown files; put them into {site / CONTENT}"
        raise UsageError(f"no Markdown files in {site}", hint=hint)

    documents, misread = read_documents(
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
    problems = (*noticed, *inputs.problems, *misread, *misplaced, *disagreeing, *colliding, *dead)
    templates = _templates(inputs, config)
    facets = _facets(values, inputs, outputs, templates)

    with Stage(options.output) as stage:
        made = _make(
            site, inputs, outputs, facets, templates, history, stage, store, options, progress
        )
        diagnostics = _judged((*problems, *made.problems), site, config, options)
        is_failed = has_errors(diagnostics)
        done = None if is_failed else stage.commit()
    store.put("notes", "files", inputs.settled(store.moment))
    if done is None:
        store.save()
        return _with_notices(Report((), (), (), left_out, diagnostics), store)
    files = history.files(made.results | {MANIFEST: b""})
    since, until = horizon(documents, options.now)
    built = Built(inputs.digest(*others), since, until, files, left_out, diagnostics)
    history.save(built, made.traces)
    store.save()
    counts = (done.written, done.unchanged, done.removed)
    return _with_notices(Report(*counts, left_out, diagnostics, tuple(made.stale)), store)


@dataclass(slots=True)
class _Made:
    """What was made, by path, and why."""

    stale: list[Stale] = field(default_factory=list)
    results: dict[str, bytes] = field(default_factory=dict)
    """The digests of the files."""
    traces: dict[str, Trace] = field(default_factory=dict)
    problems: Found = ()


def _make(
    site: Path,
    inputs: Inputs,
    outputs: tuple[Output, ...],
    facets: Facets,
    templates: Templates,
    history: History,
    stage: Stage,
    store: Store,
    options: Options,
    progress: Progress,
) -> _Made:
    """Put every output on the stage that is not as it has to be."""
    todo = []
    for output in outputs:
        if stale := history.stale(output, facets):
            todo.append((output, stale))
        else:
            stage.keep(output.path)
    made = _Made([stale for _, stale in todo])
    renderer = None
    for count, (output, stale) in enumerate(todo, 1):
        if output.maker is Maker.COPY:
            result, reads = _copied(site, output, inputs, facets, stage)
        else:
            renderer = renderer or _renderer(facets, templates, store)
            result, reads = _rendered(output, renderer, stage)
        if result is not None:
            made.results[output.path] = result
        if result is not None and reads:
            seen = digests(reads, facets)
            made.traces[output.path] = Trace(reads, seen, result, stale, options.now)
        progress("rendering", count, len(todo))
    made.problems = renderer.problems if renderer else ()
    return made


def _copied(
    site: Path, output: Output, inputs: Inputs, facets: Facets, stage: Stage
) -> tuple[bytes | None, tuple[str, ...]]:
    """The digest of the copy, and its reads: none if the file was changed a moment ago."""
    result = stage.copy(output.path, file_of(site, output.subject))
    inputs.saw(output.subject, result)
    source = f"file:{output.subject}"
    return result, (f"output:{output.path}", source) if facets[source] == result else ()


def _rendered(
    output: Output, renderer: Renderer, stage: Stage
) -> tuple[bytes | None, tuple[str, ...]]:
    made = renderer.make(output.path)
    if made.data is None:
        return None, ()
    stage.put(output.path, made.data)
    return digest_of_bytes(made.data), made.reads


def _renderer(facets: Facets, templates: Templates, store: Store) -> Renderer:
    from sitegen.render import Renderer

    return Renderer(facets, templates, lambda path: store.get("bodies", path))


def _templates(inputs: Inputs, config: Config) -> Templates:
    """Every template by the name that templates know it by."""
    from sitegen.templates import Templates, TemplateText

    texts = {
        f"theme/{source.name}"
        if source.path.startswith(THEME_PREFIX)
        else source.name: TemplateText(source.path, inputs.texts[source.path])
        for source in inputs.of(Kind.TEMPLATE)
    }
    return Templates(texts, config.base_url)


def _facets(
    values: dict[str, object], inputs: Inputs, outputs: tuple[Output, ...], templates: Templates
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


def _with_notices(report: Report, store: Store) -> Report:
    """The report with what became of the cache, which is nothing that the site did wrong."""
    notices = judged(store.notices, {}, strict=False)
    return replace(report, diagnostics=(*notices, *report.diagnostics)) if notices else report


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
        left_out={entry.path: _in_words(entry) for entry in left_out},
        content=content,
    )
    return tuple(problem for document in published for problem in check(document, targets))


def _in_words(entry: LeftOut) -> str:
    return f"{entry.reason} ({entry.date:%Y-%m-%d})" if entry.date else entry.reason


def _judged(
    diagnostics: Iterable[Diagnostic], site: Path, config: Config, options: Options
) -> Found:
    """The diagnostics as the reader gets them: with final severity, in order, with source lines."""

    def text(path: str) -> str | None:
        data, _ = read(site, path)
        return decode(data, path)[0] if data is not None else None

    return framed(judged(diagnostics, config.diagnostics, strict=options.strict), text)

"""A build: from a site folder to an output folder, from top to bottom.

    discover → documents → select → place → index → plan → check → render → write

Everything is made and checked before anything visible changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sitegen.collisions import distinct
from sitegen.diagnostics import Diagnostic, UsageError, framed, has_errors, judged
from sitegen.discover import (
    CONTENT,
    STATIC,
    TEMPLATES,
    content_folder,
    discover,
    file_of,
    git_dates,
    read,
)
from sitegen.documents import ReadDocument
from sitegen.execute import executor
from sitegen.index import index
from sitegen.links import Targets, check
from sitegen.model import (
    Config,
    Document,
    Kind,
    LeftOut,
    Maker,
    Output,
    Placement,
    Report,
    Source,
)
from sitegen.output import Stage, check_folder
from sitegen.plan import plan, sitemap
from sitegen.render import Renderer
from sitegen.routes import place
from sitegen.selection import select
from sitegen.text import decode


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
    before_commit: Callable[[], None] = lambda: None
    """Called when everything is made, just before the output folder changes."""


Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, and of how many."""

Found = tuple[Diagnostic, ...]


def build(
    site: Path, config: Config, options: Options, progress: Progress, noticed: Found = ()
) -> Report:
    """Publish the site into the output folder, or report why not; `noticed` joins the report.

    Raises SitegenError where the output folder cannot be used or written. Then, as after any
    error, what is published stays as it was.
    """
    content = content_folder(site, config)
    check_folder(options.output, site, [site / name for name in (content, TEMPLATES, STATIC)])
    sources, unreadable = discover(site, config, options.output)
    if not content and not _of(sources, Kind.POST, Kind.PAGE):
        hint = f"posts are Markdown files; put them into {site / CONTENT}"
        raise UsageError(f"no Markdown files in {site}", hint=hint)
    documents, misread = _read(site, sources, config, options, progress)
    published, left_out = select(
        documents, options.now, drafts=options.drafts, future=options.future
    )
    placement, misplaced = place(published, sources, config)
    facets, disagreeing = index(placement.documents, placement.files, config, content)
    planned = plan(facets, placement, _of(sources, Kind.STATIC), config)
    outputs, colliding = distinct(planned, published)
    facets["sitemap"] = sitemap(outputs, facets)
    dead = _dead_links(documents, placement, left_out, sources, content)
    problems = (*noticed, *unreadable, *misread, *misplaced, *disagreeing, *colliding, *dead)

    with Stage(options.output) as stage:
        failed = _render(site, config, sources, facets, outputs, stage, progress)
        diagnostics = _judged((*problems, *failed), site, config, options)
        if has_errors(diagnostics):
            return Report((), (), (), left_out, diagnostics)
        options.before_commit()
        done = stage.commit()
    return Report(done.written, done.unchanged, done.removed, left_out, diagnostics)


def _render(
    site: Path,
    config: Config,
    sources: tuple[Source, ...],
    facets: dict[str, object],
    outputs: tuple[Output, ...],
    stage: Stage,
    progress: Progress,
) -> tuple[Diagnostic, ...]:
    """Put every output on the stage; what its templates are to blame for."""
    renderer = Renderer(site, config, sources, facets)
    for count, output in enumerate(outputs, 1):
        if output.maker is Maker.COPY:
            stage.copy(output.path, file_of(site, output.subject))
        elif (data := renderer.make(output)) is not None:
            stage.put(output.path, data)
        progress("rendering", count, len(outputs))
    return renderer.problems


def _of(sources: Iterable[Source], *kinds: Kind) -> tuple[Source, ...]:
    return tuple(source for source in sources if source.kind in kinds)


def _read(
    site: Path,
    sources: tuple[Source, ...],
    config: Config,
    options: Options,
    progress: Progress,
) -> tuple[list[Document], list[Diagnostic]]:
    """Every document that can be read, in order of path, and what is wrong with any."""
    todo = _of(sources, Kind.POST, Kind.PAGE)
    documents: list[Document] = []
    problems: list[Diagnostic] = []
    with executor(options.jobs, len(todo)) as execute:
        job = ReadDocument(site, config.timezone)
        for count, (document, found) in enumerate(execute.map(job, todo), 1):
            documents += [document] if document else []
            problems += found
            progress("reading", count, len(todo))
    if config.content.dates == "git":
        dates, shallow = git_dates(site)
        documents = [_dated(document, dates.get(document.source.path)) for document in documents]
        problems += shallow
    return documents, problems


def _dated(document: Document, dates: tuple[datetime, datetime] | None) -> Document:
    """The document with the dates that git knows, where it says none itself."""
    if dates is None:
        return document
    meta, (first, last) = document.meta, dates
    updated = meta.updated or (last if last != first else None)
    return replace(document, meta=replace(meta, date=meta.date or first, updated=updated))


def _dead_links(
    documents: Iterable[Document],
    placement: Placement,
    left_out: tuple[LeftOut, ...],
    sources: tuple[Source, ...],
    content: str,
) -> Found:
    """The dead links of what is published; a document that could not be read is no dead target."""
    published = [entry.document for entry in placement.documents]
    unread = {source.path: "" for source in _of(sources, Kind.POST, Kind.PAGE)}
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

"""All that a build finds out before it makes anything: what there will be, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from sitegen.build.load import load_documents
from sitegen.build.session import Session
from sitegen.engine.trace import Facets
from sitegen.model.diagnostics import Diagnostic, UsageError
from sitegen.model.document import Document
from sitegen.model.output import Output
from sitegen.model.report import LeftOut
from sitegen.model.site import Placement
from sitegen.model.source import Kind, Source
from sitegen.outputs.collisions import distinct
from sitegen.outputs.facets import PLAN_FACETS, PlannedSite
from sitegen.outputs.kind import OutputKind, SitePlan
from sitegen.outputs.kinds import KINDS
from sitegen.outputs.plan import plan
from sitegen.site.facets import FACETS, facets_of
from sitegen.site.index import index
from sitegen.site.links import Targets, check_links
from sitegen.site.publication import horizon, select
from sitegen.site.routes import place
from sitegen.sources.discover import CONTENT, STATIC, TEMPLATES, THEME_PREFIX, content_folder
from sitegen.sources.snapshot import Snapshot
from sitegen.storage.output_folder import check_folder

if TYPE_CHECKING:
    from sitegen.outputs.templates.environment import Templates

Found = tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """All that a build finds out before it makes anything."""

    snapshot: Snapshot
    left_out: tuple[LeftOut, ...]
    outputs: tuple[Output, ...]
    kinds: Mapping[str, OutputKind]
    """By name."""
    facets: Facets
    templates: Templates
    problems: Found
    since: datetime | None
    until: datetime | None
    """The time within which the same documents are published."""


def survey(session: Session, snapshot: Snapshot) -> Survey:
    """What the site will consist of, and what is wrong with it. Nothing is rendered or written.

    Raises UsageError where there is no site, or no place for it.
    """
    site, config, options = session.folder, session.config, session.options
    content = content_folder(site, config)
    check_folder(session.output, site, [site / name for name in (content, TEMPLATES, STATIC)])
    if not content and not snapshot.of(Kind.POST, Kind.PAGE):
        hint = f"posts are Markdown files; put them into {site / CONTENT}"
        raise UsageError(f"no Markdown files in {site}", hint=hint)
    documents, misread = load_documents(session, snapshot)
    published, left_out = select(
        documents, options.now, drafts=options.drafts, future=options.future
    )
    placement, misplaced = place(published, snapshot.sources, config)
    indexed, disagreeing = index(placement, config, content)
    values = facets_of(FACETS, indexed)
    planned = plan(KINDS, SitePlan(values, placement, snapshot.of(Kind.STATIC), config))
    outputs, colliding = distinct(planned, published)
    dead = _dead_links(documents, placement, left_out, snapshot.sources, content)
    templates = _templates(snapshot)
    return Survey(
        snapshot,
        left_out,
        outputs,
        _kinds(),
        _facets(values, snapshot, outputs, templates),
        templates,
        (*snapshot.problems, *misread, *misplaced, *disagreeing, *colliding, *dead),
        *horizon(documents, options.now),
    )


def _templates(snapshot: Snapshot) -> Templates:
    """Every template by the name that templates know it by."""
    sources = snapshot.of(Kind.TEMPLATE)
    texts = tuple((source.path, source.name, snapshot.texts[source.path]) for source in sources)
    return _compiled(texts)


@lru_cache(1)
def _compiled(texts: tuple[tuple[str, str, str], ...]) -> Templates:
    """The templates of the last build, if these are the same: a server's builds share them."""
    from sitegen.outputs.templates.environment import Templates, TemplateText

    named = {
        f"theme/{name}" if path.startswith(THEME_PREFIX) else name: TemplateText(path, text)
        for path, name, text in texts
    }
    return Templates(named)


def _kinds() -> Mapping[str, OutputKind]:
    return {kind.name: kind for kind in KINDS}


def _facets(
    values: Mapping[str, object],
    snapshot: Snapshot,
    outputs: tuple[Output, ...],
    templates: Templates,
) -> Facets:
    """All that an output can depend on."""
    style = snapshot.texts[snapshot.style]
    planned = PlannedSite(outputs, _kinds(), values, templates, snapshot.digests, style)
    return Facets({**values, **facets_of(PLAN_FACETS, planned)})


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
    return tuple(problem for document in published for problem in check_links(document, targets))


def _in_words(entry: LeftOut) -> str:
    return f"{entry.reason} ({entry.date:%Y-%m-%d})" if entry.date else entry.reason

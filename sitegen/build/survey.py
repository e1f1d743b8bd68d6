"""All that a build finds out before it renders anything: what to render, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from sitegen.build.extras import missing_extras, missing_math
from sitegen.build.fields import unused_fields
from sitegen.build.languages import load_languages
from sitegen.build.links import broken_links, targets_of
from sitegen.build.load import load_documents
from sitegen.build.permalinks import check_permalinks
from sitegen.build.pictures import load_pictures
from sitegen.build.session import Session
from sitegen.build.shelves import digests_of_shelves
from sitegen.drawing.library import can_draw
from sitegen.engine.trace import Facets
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic, UsageError
from sitegen.model.digest import digest, digest_of_bytes
from sitegen.model.document import Document
from sitegen.model.mentions import MENTIONS_FILE, Mention
from sitegen.model.output import FileSubject, Output
from sitegen.model.report import LeftOut
from sitegen.model.revisions import Revisions
from sitegen.model.site import Placement
from sitegen.model.source import DOCUMENT_KINDS, Kind
from sitegen.outputs.collisions import check_names, distinct
from sitegen.outputs.facets import PLAN_FACETS, PlannedSite
from sitegen.outputs.icons import icon_of
from sitegen.outputs.kind import OutputKind, SitePlan
from sitegen.outputs.parts import parts_of_components
from sitegen.outputs.plan import plan
from sitegen.outputs.templates.environment import Templates
from sitegen.outputs.templates.texts import TemplateText
from sitegen.plugins.find import PluginSource
from sitegen.plugins.load import LoadedPlugin, blaming, load_plugins
from sitegen.plugins.use import (
    checked_by,
    facet_kinds_of,
    kinds_of,
    template_names_of,
    types_of_data,
)
from sitegen.site.attachments import unread
from sitegen.site.facets import facets_of
from sitegen.site.index import Related, SiteIndex, index
from sitegen.site.link_check import Targets
from sitegen.site.publication import horizon, select
from sitegen.site.related import backlinks, related, ties_of
from sitegen.site.routes import place
from sitegen.site.search import findable
from sitegen.sources.discover import CONTENT, THEME_PREFIX, content_folder, read
from sitegen.sources.snapshot import OWN_STYLE, Snapshot
from sitegen.storage.compiled import Compiled
from sitegen.storage.variants import VariantStore

Problems = tuple[Diagnostic, ...]
TemplateSource = tuple[str, str, str]
"""The path of a template, the name that templates know it by, and its text."""


@dataclass(frozen=True, slots=True)
class Survey:
    """All that a build finds out before it renders anything."""

    snapshot: Snapshot
    plugins: tuple[LoadedPlugin, ...]
    left_out: tuple[LeftOut, ...]
    outputs: tuple[Output, ...]
    kinds: Mapping[str, OutputKind]
    """By name."""
    facets: Facets
    templates: Templates
    problems: Problems
    since: datetime | None
    until: datetime | None
    """The time within which the same documents are published."""
    site: SiteIndex
    targets: Targets
    """What links can lead to."""
    variants: VariantStore
    """The smaller copies of images."""


def survey(session: Session, snapshot: Snapshot) -> Survey:
    """What the site will consist of, and what is wrong with it. Nothing is rendered or written.

    Raises UsageError where there is no site, or no place for it, or a plug-in cannot be loaded;
    and PluginError where one fails on the site as a whole.
    """
    config, options = session.config, session.options
    content = _content(session, snapshot)
    plugins = load_plugins(session.plugins)
    read_documents, misread = load_documents(session, snapshot)
    templates = _templates(snapshot, session)
    documents, used, miscalled = _bound(read_documents, templates)
    published, left_out = select(
        documents, options.now, drafts=options.drafts, future=options.future
    )
    placement, misplaced = place(published, snapshot.sources, config)
    languages, unsaid = load_languages(session, snapshot, published)
    indexed, disagreeing = index(placement, config, content, languages)
    related_posts, linking = _connected(session, indexed)
    indexed = replace(
        indexed,
        related=related_posts,
        backlinks=linking,
        shelves=_shelves(session, indexed),
        revisions=_revisions(session, snapshot, placement),
    )
    kinds = kinds_of(plugins)
    with blaming(plugins, "the site"):
        values = facets_of(facet_kinds_of(plugins), indexed)
        site = SitePlan(values, placement, snapshot.of(Kind.STATIC), config)
        pictures = load_pictures(session, snapshot, site)
        site = replace(site, pictures=pictures.by_url, named_parts=_named_parts(templates, used))
        planned = plan(kinds.values(), site)
        noticed = tuple(checked_by(plugins, indexed))
    outputs, colliding = distinct(planned, published, config)
    for output in outputs:
        if isinstance(output.subject, FileSubject):
            snapshot.use(session.folder, output.subject.path)
    targets = targets_of(indexed, documents, left_out, snapshot, outputs)
    targets = replace(targets, is_open=bool(session.command))
    broken = broken_links(session, indexed, targets)
    unplaced = check_permalinks(session, snapshot.sources, outputs)
    unreadable = unread(placement, snapshot.sources)
    unused = templates.unused(
        {output.template for output in outputs} | {d.meta.template for d in documents}
    )
    mentions, unreadable_mentions = _mentions(snapshot)
    data, misfits_of_data = _data(session, snapshot, plugins)
    made_of = PlannedSite(
        *(outputs, kinds, values, templates, snapshot.digests),
        style=snapshot.texts.get(OWN_STYLE),
        styles=snapshot.texts_of(Kind.STYLE),
        scripts=snapshot.texts_of(Kind.SCRIPT),
        icon=_icon(session, snapshot),
        pictures=pictures.by_url,
        mentions=mentions,
        data=data,
        components=used,
    )
    facets = Facets({**values, **facets_of(PLAN_FACETS, made_of)})
    if templates.references != session.store.get("notes", "references"):
        session.store.put("notes", "references", templates.references)
    problems = (
        *snapshot.problems,
        *(problem for problem in misread if not templates.show(problem)),
        *miscalled,
        *misplaced,
        *unsaid,
        *disagreeing,
        *colliding,
        *check_names(outputs),
        *unplaced,
        *unused_fields(session, snapshot.sources),
        *unreadable,
        *unreadable_mentions,
        *misfits_of_data,
        *pictures.problems,
        *broken,
        *noticed,
        *missing_extras(session),
        *missing_math(published),
        *unused,
    )
    return Survey(
        snapshot,
        plugins,
        left_out,
        outputs,
        kinds,
        facets,
        templates,
        _in_their_files(problems, documents),
        *horizon(documents, options.now),
        indexed,
        targets,
        pictures.store,
    )


def _bound(
    documents: tuple[Document, ...], templates: Templates
) -> tuple[tuple[Document, ...], tuple[str, ...], Problems]:
    """The documents with checked calls, the templates that these use, and what is wrong."""
    if not any(document.rendered.calls for document in documents):
        return documents, (), ()
    from sitegen.build.components import bound_documents

    return bound_documents(documents, templates)


def _named_parts(templates: Templates, components: tuple[str, ...]) -> frozenset[str]:
    """The parts of the theme that components need, or that templates of the site name."""
    reached = (name for template in components for name, _ in templates.reach(template))
    return templates.named_parts | parts_of_components(reached)


def _in_their_files(problems: Problems, documents: tuple[Document, ...]) -> Problems:
    """The problems, each in the file that has it."""
    if not any(document.rendered.passages for document in documents):
        return problems
    from sitegen.content.includes import in_their_files

    return tuple(in_their_files(problems, documents))


def _mentions(
    snapshot: Snapshot,
) -> tuple[Mapping[str, tuple[Mention, ...]], tuple[Diagnostic, ...]]:
    if not snapshot.of(Kind.MENTIONS):
        return {}, ()
    from sitegen.sources.webmentions import mentions_in

    return mentions_in(snapshot.texts[MENTIONS_FILE])


def _data(
    session: Session, snapshot: Snapshot, plugins: tuple[LoadedPlugin, ...]
) -> tuple[Mapping[str, object], Problems]:
    """The values of data files, and what is wrong with them.

    Of a site whose templates never name them, and which has no types for them, the folder may well
    be for something else.
    """
    own = (path for path, _, _ in template_sources(snapshot) if not path.startswith(THEME_PREFIX))
    is_named = snapshot.of(Kind.DATA) and any("data" in snapshot.texts[path] for path in own)
    if not is_named and not types_of_data(plugins):
        return {}, ()
    from sitegen.build.data_files import load_data

    return load_data(session, snapshot, plugins)


def _content(session: Session, snapshot: Snapshot) -> str:
    """The content folder. Raises UsageError where there is no site."""
    site = session.folder
    content = content_folder(site, session.config)
    if not content and not snapshot.of(*DOCUMENT_KINDS):
        hint = f"posts are Markdown files; put them into {site / CONTENT}"
        raise UsageError(f"no Markdown files in {site}", hint=hint)
    return content


def _icon(session: Session, snapshot: Snapshot) -> bytes | None:
    """The picture that the icons of the site are made from, if any are."""
    picture = icon_of(session.config, snapshot.of(Kind.STATIC))
    if picture is None or not can_draw():
        return None
    data, _ = read(session.folder, picture.path)
    snapshot.saw(picture.path, digest_of_bytes(data) if data is not None else None)
    return data


def _connected(session: Session, site: SiteIndex) -> tuple[Related, Related]:
    """Which posts are related, and which documents link to each.

    As the last build found out if the same decides it still.
    """
    ties, store = ties_of(site), session.store
    seen, known = store.get("notes", "related") or (None, ((), ()))
    if seen != (now := digest(ties)):
        known = (related(ties), backlinks(ties))
        store.put("notes", "related", (now, known))
    return known


def _shelves(session: Session, site: SiteIndex) -> bytes:
    if not site.config.theme.search:
        return b""
    return digests_of_shelves(session.store, [card.path for card in findable(site)])


def _revisions(
    session: Session, snapshot: Snapshot, placement: Placement
) -> Mapping[str, Revisions]:
    """The revisions of all posts, where the site shows them."""
    if not session.config.history.git:
        return {}
    from sitegen.build.revisions import revisions_of

    documents = (entry.document for entry in placement.documents)
    return revisions_of(
        session, snapshot, [post for post in documents if post.source.kind is Kind.POST]
    )


def _templates(snapshot: Snapshot, session: Session) -> Templates:
    """The templates of the site, with what the last build knew of them."""
    templates = compiled_templates(template_sources(snapshot), session.plugins)
    templates.know(session.store.get("notes", "references") or {})
    return templates


def template_sources(snapshot: Snapshot) -> tuple[TemplateSource, ...]:
    """Every template of the site and of the theme."""
    sources = snapshot.of(Kind.TEMPLATE)
    return tuple((source.path, source.name, snapshot.texts[source.path]) for source in sources)


@lru_cache(1)
def compiled_templates(
    sources: tuple[TemplateSource, ...], plugins: tuple[PluginSource, ...]
) -> Templates:
    """The templates of the last build, if these are the same: a server's builds share them."""
    named = {
        f"theme/{name}" if path.startswith(THEME_PREFIX) else name: TemplateText(path, text)
        for path, name, text in sources
    }
    names = template_names_of(load_plugins(plugins))
    return Templates(named, names.filters, names.functions, Compiled())

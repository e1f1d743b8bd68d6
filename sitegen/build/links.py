"""The broken links of a site: of bodies, of `sitegen.toml`, and those that templates have as such.

A literal in a template need not be in any page: `{% if site.tags %}<a href="/tags/">` is in none
of a site without tags. So a literal that leads nowhere is a suspicion, and the pages, new and kept,
are searched for it. Only then: most sites have no such literal, and pay nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from html import escape

from sitegen.build.session import Session
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic, Fix
from sitegen.model.document import Document
from sitegen.model.output import Output
from sitegen.model.report import LeftOut
from sitegen.model.source import DOCUMENT_KINDS, Kind
from sitegen.site.facts import configured_url, configured_urls
from sitegen.site.index import SiteIndex
from sitegen.site.link_check import Targets, check_links
from sitegen.site.resolver import Resolver
from sitegen.sources.discover import CONFIG_FILE, THEME_PREFIX, read
from sitegen.sources.snapshot import Snapshot
from sitegen.storage.output_folder import Stage
from sitegen.text.encoding import decode, line_and_column
from sitegen.text.plural import counted
from sitegen.text.urls import with_base

COMMENT = re.compile(r"\{#.*?#\}|<!--.*?-->", re.DOTALL)
LITERAL = re.compile(
    r"""\b(?P<attribute>href|src|action|poster)\s*=\s*["'](?P<plain>/(?!/)[^"'{}<>\s]*)["']
    | \burl\(\s*["'](?P<called>/(?!/)[^"'{}<>\s]*)["']\s*\)""",
    re.VERBOSE | re.IGNORECASE,
)
"""A root-relative URL as the value of an attribute, or as what `url()` is called with."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """A link in a template that leads nowhere."""

    problem: Diagnostic
    rendered: str
    """What a page has between quotes that shows it."""


def targets_of(
    site: SiteIndex,
    documents: Collection[Document],
    left_out: tuple[LeftOut, ...],
    snapshot: Snapshot,
    outputs: Iterable[Output],
) -> Targets:
    """What there is to link to. A document that could not be read may be a target as well."""
    placement, hidden = site.placement, {entry.path for entry in left_out}
    published = placement.documents
    unread = {source.path: "" for source in snapshot.of(*DOCUMENT_KINDS)}
    anchors = {e.route.path: e.document.rendered.anchors for e in published}
    return Targets(
        sources=unread | {path: place.url for path, place in placement.routes.items()},
        ids={document.meta.id: document.source.path for document in documents},
        anchors={e.document.source.path: e.document.rendered.anchors for e in published},
        left_out={entry.path: entry for entry in left_out},
        content=site.content,
        resolver=Resolver(site.config.base_url, (output.path for output in outputs), anchors),
        beside={entry.document.source.path: entry.files for entry in published},
        files=tuple(source.path for source in snapshot.of(Kind.ASSET)),
        templates=tuple(snapshot.texts[source.path] for source in snapshot.of(Kind.TEMPLATE)),
        documents={entry.document.source.path: entry.document for entry in published},
        hidden=tuple(d for d in documents if d.source.path in hidden),
        heading_ids=site.config.markdown.anchors,
        permalinks=site.config.permalinks,
        is_nested=placement.is_nested,
    )


def broken_links(session: Session, site: SiteIndex, targets: Targets) -> tuple[Diagnostic, ...]:
    """The broken links of what is published, and those of the configuration."""
    published = (entry.document for entry in site.placement.documents)
    found = (problem for document in published for problem in check_links(document, targets))
    return (*found, *_of_embeds(site, targets), *_of_configuration(session, targets))


def _of_embeds(site: SiteIndex, targets: Targets) -> Iterator[Diagnostic]:
    documents = [entry.document for entry in site.placement.documents]
    if any(document.rendered.embeds for document in documents):
        from sitegen.site.embed_loops import embed_loops

        yield from embed_loops(documents, targets.by_name.names)


def _of_configuration(session: Session, targets: Targets) -> Iterator[Diagnostic]:
    config, resolver = session.config, targets.resolver
    for keys, written in configured_urls(config):
        url = configured_url(written, config, is_nested=targets.is_nested)
        problem = resolver.problem(url, resolver.base_url, "link", written)
        if problem and not targets.is_doubtful(problem):
            from sitegen.config.load import at_key_of

            hint = problem.hint and resolver.without_base(problem.hint)
            if meant := _page_of(written, targets):
                hint = f"write '{meant}'"
                problem = replace(problem, fix=Fix(written, meant))
            data, _ = read(session.folder, CONFIG_FILE)
            text = decode(data, CONFIG_FILE)[0] if data else None
            yield at_key_of(text or "", keys, replace(problem, hint=hint))


def _page_of(path: str, targets: Targets) -> str | None:
    """The address of the document with this path, as the configuration has addresses."""
    url = targets.sources.get(path) or targets.sources.get(f"{targets.content}/{path}")
    return targets.resolver.without_base(f"'{url}'").strip("'") if url else None


def broken_links_of_templates(
    snapshot: Snapshot, targets: Targets, stage: Stage, outputs: Iterable[Output]
) -> tuple[Diagnostic, ...]:
    """The literal links of the site's own templates that lead nowhere, and are in a page."""
    return _confirmed(tuple(_suspects(snapshot, targets)), stage, outputs)


def _suspects(snapshot: Snapshot, targets: Targets) -> Iterator[Suspect]:
    for source in snapshot.of(Kind.TEMPLATE):
        if not source.path.startswith(THEME_PREFIX):
            yield from _in_template(source.path, snapshot.texts[source.path], targets)


def _in_template(path: str, text: str, targets: Targets) -> Iterator[Suspect]:
    resolver = targets.resolver
    code = COMMENT.sub(lambda comment: " " * len(comment[0]), text)
    for match in LITERAL.finditer(code):
        group = "plain" if match["plain"] else "called"
        url = written = match[group]
        if match["called"]:
            url = with_base(written, resolver.base_url, is_nested=targets.is_nested)
        problem = resolver.problem(url, resolver.base_url, "link", written)
        if problem and not targets.is_doubtful(problem):
            line, column = line_and_column(text, match.start(group))
            at = replace(problem, path=path, line=line, column=column, length=len(written))
            if match["called"] and at.hint:
                at = replace(at, hint=resolver.without_base(at.hint))
            yield Suspect(at, escape(url))


def _confirmed(
    found: tuple[Suspect, ...], stage: Stage, outputs: Iterable[Output]
) -> tuple[Diagnostic, ...]:
    """The problems of the suspects that are in any page, and in how many."""
    pages: dict[Suspect, list[str]] = {suspect: [] for suspect in found}
    for output in outputs if found else ():
        text = stage.text(output.path) if output.template else ""
        for suspect in found:
            if any(f"{quote}{suspect.rendered}{quote}" in text for quote in "\"'"):
                pages[suspect].append(output.path)
    return tuple(_spread(it.problem, sorted(paths)) for it, paths in pages.items() if paths)


def _spread(problem: Diagnostic, pages: list[str]) -> Diagnostic:
    more = f" and {counted(len(pages) - 1, 'more page')}" if len(pages) > 1 else ""
    return replace(problem, message=f"{problem.message} (on {pages[0]}{more})")

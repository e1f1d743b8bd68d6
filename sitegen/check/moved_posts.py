"""Posts and pages that have another address than when the site was published last.

Which of the new texts was once at an old path is known from its address, its `id`, its words or its
title, where these are those of no other. Links from elsewhere lead to the old address: an alias
keeps them alive.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import unquote

from sitegen.build.pipeline import documents_of
from sitegen.build.read import how_to_read
from sitegen.build.session import Session
from sitegen.config.schema import Config
from sitegen.content.document import read_old_text
from sitegen.content.settings import document_settings
from sitegen.model.diagnostics import Diagnostic, Fix
from sitegen.model.document import Document
from sitegen.model.source import DOCUMENT_KINDS, MARKDOWN, Kind, Span
from sitegen.site.publication import select
from sitegen.site.routes import document_routes
from sitegen.sources.discover import CONFIG_FILE, content_folder, read, sources_named
from sitegen.sources.git_published import PublishedTexts, published_texts
from sitegen.text.encoding import decode
from sitegen.text.urls import file_key, without_base

_DECIDING = ("permalink", "slug", "date")
"""The keys that decide about an address."""
_PLAIN = re.compile(r"/[\w./~+-]*")
"""A path that needs no quotes in YAML."""


def moved_posts(session: Session) -> Iterator[Diagnostic]:
    """SG426 for each document whose old address leads nowhere in the output folder."""
    documents = documents_of(session)
    paths = [it.source.path for it in documents]
    if (session.folder / CONFIG_FILE).is_file():
        paths.append(CONFIG_FILE)
    published = published_texts(session.folder, paths)
    if not published.changed:
        return
    now = {it.source.path: it for it in _select(documents, session)}
    new = [it for path, it in now.items() if path not in published.paths]
    config = _configuration(published, session.config)
    olds = _select(tuple(_read(published, session)), session)
    if config.permalinks != session.config.permalinks:
        same = published.paths - published.changed.keys()
        olds += tuple(it for path, it in now.items() if path in same)
    for old in olds:
        found = now.get(old.source.path) or _once(old, new)
        if found and (problem := _problem(old, found, config, session)):
            yield problem


def _configuration(published: PublishedTexts, config: Config) -> Config:
    """The configuration with the permalinks that it had, as far as it can be read."""
    from sitegen.config.load import load

    if CONFIG_FILE not in published.changed:
        return config
    text, _ = decode(published.changed[CONFIG_FILE], CONFIG_FILE)
    old, problems = load(text)
    return config if problems else replace(config, permalinks=old.permalinks)


def _select(documents: Sequence[Document], session: Session) -> tuple[Document, ...]:
    """Those that readers can see."""
    options = session.options
    return select(documents, options.now, drafts=options.drafts, future=options.future)[0]


def _read(published: PublishedTexts, session: Session) -> Iterator[Document]:
    """The documents that were published and are not what they were, in order of path."""
    content = content_folder(session.folder, session.config)
    start = f"{content}/" if content else ""
    names = (path.removeprefix(start) for path in sorted(published.paths) if path.startswith(start))
    how = how_to_read(document_settings(session.config), session.plugins)
    for source in sources_named(names, content, MARKDOWN):
        data = published.changed.get(source.path)
        is_text = data is not None and source.kind in DOCUMENT_KINDS
        if is_text and (document := read_old_text(source, data or b"", how)):
            yield document


_SIGNS: tuple[Callable[[Document], object], ...] = (
    lambda it: it.meta.id if "id" in it.meta.places else None,
    lambda it: (it.rendered.words, it.rendered.excerpt, it.rendered.toc),
    lambda it: (title, it.meta.date) if (title := it.meta.title or it.rendered.title) else None,
)
"""What two texts have in common that are one, the surest first."""


def _once(old: Document, new: Sequence[Document]) -> Document | None:
    """The new document that an old one has become; None where it is not plain."""
    for sign in _SIGNS:
        found = [it for it in new if sign(old) and sign(it) == sign(old)]
        if len(found) == 1:
            return found[0]
    return None


def _problem(old: Document, new: Document, config: Config, session: Session) -> Diagnostic | None:
    """SG426 for a document that had another address with the configuration of that time."""
    if old.source.kind is Kind.TERM or new.source.kind is Kind.TERM:
        return None
    if old.meta.date is None:  # as where git knows it
        old = replace(old, meta=replace(old.meta, date=new.meta.date))
    was, _, _ = document_routes(old, config)
    now, _, _ = document_routes(new, session.config)
    if was is None or now is None or file_key(was.path) == file_key(now.path):
        return None
    if (session.output / was.path).exists():
        return None
    alias = without_base(unquote(was.url), session.config.base_url)
    data, path = read(session.folder, new.source.path)[0] or b"", new.source.path
    text, _ = decode(data, path)
    at = _place(old, new)
    line = (text or "").split("\n")[at.line - 1]
    at = at if new.meta.places else Span(1, 1, max(1, len(line)))
    message = f"its address was {alias} before, and links to that lead nowhere now"
    hint = f"add to the front matter: aliases: [{_quoted(alias)}]"
    problem = Diagnostic("SG426", message, path, at.line, at.column, hint, at.length)
    return replace(problem, fix=_fix(new, line, at, alias, is_toml=data.startswith(b"+++")))


def _place(old: Document, new: Document) -> Span:
    """That of the first alias, of the key that has changed the address, or of one that is there."""
    meta = new.meta
    if meta.aliases and "aliases" in meta.places:
        return meta.place("aliases", meta.aliases[0])
    changed = (key for key in _DECIDING if getattr(old.meta, key) != getattr(meta, key))
    return meta.place(next((k for k in (*changed, "title", *meta.places) if k in meta.places), ""))


def _fix(document: Document, line: str, at: Span, alias: str, *, is_toml: bool) -> Fix | None:
    """The alias behind what is underlined in the front matter, or a front matter with it."""
    meta, part = document.meta, line[at.column - 1 : at.column - 1 + at.length]
    if not part:
        return None
    if not meta.places:
        return Fix(line, f"---\naliases: [{_quoted(alias)}]\n---\n{line}")
    if is_toml:
        return None if meta.aliases else Fix(part, f'{part}\naliases = ["{alias}"]')
    if not meta.aliases:
        return Fix(part, f"{part}\naliases: [{_quoted(alias)}]")
    before = line[: at.column - 1]
    if before.strip() == "-":
        return Fix(part, f"{part}\n{before}{_quoted(alias)}")
    added = f"{part}, {_quoted(alias)}"
    return Fix(part, added if "[" in before else f"[{added}]")


def _quoted(alias: str) -> str:
    return alias if _PLAIN.fullmatch(alias) else f'"{alias}"'

"""Posts and pages as they were published, and those of them that have another address now.

What was published is known from the record of `sitegen publish`, and from git. Links from elsewhere
lead to the old address: an alias keeps them alive.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from sitegen.build.pipeline import documents_of
from sitegen.build.read import how_to_read
from sitegen.build.session import Session
from sitegen.check.addresses import (
    DECIDING,
    Addressed,
    Successors,
    addressed,
    decided_by,
    read_addresses,
    signs_of,
)
from sitegen.config.schema import Config
from sitegen.content.document import read_old_text
from sitegen.content.settings import document_settings
from sitegen.model.diagnostics import Diagnostic, Fix
from sitegen.model.document import Document
from sitegen.model.source import DOCUMENT_KINDS, MARKDOWN, Kind, Span
from sitegen.site.publication import select
from sitegen.sources.discover import CONFIG_FILE, content_folder, read, sources_named
from sitegen.sources.git_published import PublishedTexts, published_texts
from sitegen.text.encoding import decode
from sitegen.text.urls import file_key

_PLAIN = re.compile(r"/[\w./~+-]*")
"""A path that needs no quotes in YAML."""


class Former(NamedTuple):
    """A document as it was published, and what has become of it."""

    old: Addressed
    document: Document


def former_documents(session: Session) -> tuple[Former, ...]:
    """What was published, as far as it is a document still; one can be there in several states."""
    documents = documents_of(session)
    now = {it.source.path: it for it in _select(documents, session)}
    return (*_recorded(session, now), *_committed(session, documents, now))


def moved_posts(formers: Iterable[Former], session: Session) -> tuple[Former, ...]:
    """Those whose old addresses lead nowhere in the output folder, each address once."""
    moved = dict[tuple[str, str], Former]()
    for former in formers:
        old, document = former
        new = addressed(document, session.config)
        is_elsewhere = new is not None and file_key(new.file) != file_key(old.file)
        if is_elsewhere and not (session.output / old.file).exists():
            moved.setdefault((document.source.path, old.address), former)
    return tuple(moved.values())


def published_addresses(session: Session, moved: Iterable[Former]) -> tuple[Addressed, ...]:
    """Where documents are published now, and where they were, as long as nothing is there."""
    documents = _select(documents_of(session), session)
    now = filter(None, (addressed(it, session.config) for it in documents))
    left = {it.old for it in moved}
    return (*now, *(it for it in read_addresses(session.folder) if it in left))


def _recorded(session: Session, now: Mapping[str, Document]) -> Iterator[Former]:
    """The documents that were published from this folder, and what they are now."""
    record = read_addresses(session.folder)
    if not record:
        return
    successors = Successors(map(signs_of, now.values()), (it.signs.path for it in record))
    for old in record:
        if new := successors.of(old.signs):
            yield Former(old, now[new.path])


def _committed(
    session: Session, documents: Iterable[Document], now: Mapping[str, Document]
) -> Iterator[Former]:
    """The documents that git knows as they were, and what they are now."""
    paths = [it.source.path for it in documents]
    if (session.folder / CONFIG_FILE).is_file():
        paths.append(CONFIG_FILE)
    published = published_texts(session.folder, paths)
    if not published.changed:
        return
    config = _configuration(published, session.config)
    olds = _select(tuple(_read(published, session)), session)
    if config.permalinks != session.config.permalinks:
        same = published.paths - published.changed.keys()
        olds += tuple(it for path, it in now.items() if path in same)
    successors = Successors(map(signs_of, now.values()), published.paths)
    for old in olds:
        if found := successors.of(signs_of(old)):
            new = now[found.path]
            if old.meta.date is None:  # as where git knows it
                old = replace(old, meta=replace(old.meta, date=new.meta.date))
            if there := addressed(old, config):
                yield Former(there, new)


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
    seen = select(documents, options.now, drafts=options.drafts, future=options.future)[0]
    return tuple(it for it in seen if it.source.kind is not Kind.TERM)


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


def problem_of_moved(moved: Former, session: Session) -> Diagnostic:
    """SG426, and the alias that mends it."""
    new, alias = moved.document, moved.old.address
    data, path = read(session.folder, new.source.path)[0] or b"", new.source.path
    text, _ = decode(data, path)
    at = _place(moved.old, new)
    line = (text or "").split("\n")[at.line - 1]
    at = at if new.meta.places else Span(1, 1, max(1, len(line)))
    message = f"its address was {alias} before, and links to that lead nowhere now"
    hint = f"add to the front matter: aliases: [{_quoted(alias)}]"
    problem = Diagnostic("SG426", message, path, at.line, at.column, hint, at.length)
    return replace(problem, fix=_fix(new, line, at, alias, is_toml=data.startswith(b"+++")))


def _place(old: Addressed, new: Document) -> Span:
    """That of the first alias, of the key that has changed the address, or of one that is there."""
    meta = new.meta
    if meta.aliases and "aliases" in meta.places:
        return meta.place("aliases", meta.aliases[0])
    pairs = zip(DECIDING, old.decided, decided_by(new), strict=True)
    changed = (key for key, was, now in pairs if was != now)
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

"""All documents of a site: those whose file is as it was from the store, the others read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from sitegen.build.session import Jobs, Session
from sitegen.build.shelves import Shelves
from sitegen.content.settings import DocumentSettings, document_key, document_settings
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.digest import digest
from sitegen.model.document import Body, Document
from sitegen.model.source import DOCUMENT_KINDS, Kind, Source
from sitegen.sources.discover import read
from sitegen.sources.snapshot import Snapshot
from sitegen.storage.cache import DamagedError, Store

if TYPE_CHECKING:
    from sitegen.build.read import Unread
    from sitegen.execution.executor import Executor


_Loaded = tuple[Document, tuple[Diagnostic, ...]]
"""A document without its HTML, and what is wrong with it."""


def load_documents(
    session: Session, snapshot: Snapshot
) -> tuple[tuple[Document, ...], tuple[Diagnostic, ...]]:
    """Every document that can be read, in order of path, and what is wrong with any.

    Their HTML is in the store's table `bodies`, so that not all of it is in memory at once.
    """
    sources, store = snapshot.of(*DOCUMENT_KINDS), session.store
    settings = document_settings(session.config)
    known: dict[str, _Loaded] = store.all("documents")
    loaded = {s.path: known[s.path] for s in sources if _is_fresh(s, snapshot, known, settings)}
    stale = [source for source in sources if source.path not in loaded]
    shelves = Shelves(store)
    problems = _read(stale, session, snapshot, loaded, shelves) if stale else []
    for path in known.keys() - {source.path for source in sources}:
        store.remove("documents", path)
        store.remove("bodies", path)
        shelves.remove(path)
    shelves.save()
    found = [loaded[source.path] for source in sources if source.path in loaded]
    documents = tuple(_dated(document, snapshot.dates) for document, _ in found)
    return documents, (*problems, *(problem for _, own in found for problem in own))


def body(store: Store, path: str) -> str:
    """The HTML of a document that was read. Raises DamagedError where it is of another text."""
    return _body(store, path).html


def markdown(store: Store, path: str) -> str:
    """Its Markdown, its links still symbolic, where that is published. Raises as `body` does."""
    return _body(store, path).markdown


def figure(store: Store, path: str, name: str) -> bytes:
    """A picture of a notebook. Raises as `body` does."""
    return _body(store, path).figures[name]


def _body(store: Store, path: str) -> Body:
    """What the store has, which a power cut can leave as it was before the document changed."""
    document, _ = store.all("documents")[path]
    found: Body | None = store.get("bodies", path)
    if found is None or found.key != document.digest:
        raise DamagedError("it is damaged")
    return found


def _is_fresh(
    source: Source, snapshot: Snapshot, known: dict[str, _Loaded], settings: DocumentSettings
) -> bool:
    seen, path = snapshot.digests[source.path], source.path
    if seen is None or path not in known:
        return False
    key, document = document_key(source, seen, settings), known[path][0]
    if names := document.rendered.included:
        from sitegen.content.includes import key_with_includes

        key = key_with_includes(key, names, dict(snapshot.texts_of(Kind.INCLUDE)))
    return document.digest == key


def _read(
    sources: Sequence[Source],
    session: Session,
    snapshot: Snapshot,
    loaded: dict[str, _Loaded],
    shelves: Shelves,
) -> list[Diagnostic]:
    """Add what is read to `loaded`, and its words to the shelves.

    What is wrong with the sources that give no document is returned.
    """
    from sitegen.build.read import ReadDocument

    problems: list[Diagnostic] = []
    states = (snapshot.states[source.path] for source in sources)
    size = sum(state[2] for state in states if state)
    with executor_of(session.options.jobs, size, len(sources)) as executor:
        unread = _contents(sources, session, snapshot, problems)
        settings, texts = document_settings(session.config), snapshot.texts_of(Kind.INCLUDE)
        read = executor.map(ReadDocument(settings, session.plugins, texts), unread)
        for count, file in enumerate(read, 1):
            path = file.source.path
            snapshot.saw(path, file.digest)
            if file.document:
                loaded[path] = (file.document, file.problems)
                session.store.put("documents", path, loaded[path])
                found = Body(
                    *(file.document.digest, file.html, file.blocks, file.markdown),
                    *(file.figures, file.undrawn),
                )
                session.store.put("bodies", path, found)
                if file.shelves:
                    shelves.put(path, file.document.digest, file.words, file.shelves)
            else:
                problems += file.problems
            session.progress("reading", count, len(sources))
    return problems


def _contents(
    sources: Sequence[Source], session: Session, snapshot: Snapshot, problems: list[Diagnostic]
) -> Iterator[Unread]:
    """What is to be read of each source: a worker may be on a machine without the site."""
    store = session.store
    was_read = store.all("documents").keys()
    for source in sources:
        path = source.path
        data, unreadable = read(session.folder, path)
        if data is not None:
            before: Body | None = store.get("bodies", path) if path in was_read else None
            yield source, data, before.coloured() if before else {}
        else:
            snapshot.saw(path, None)
            problems += unreadable


def executor_of(jobs: Jobs, size: int, count: int) -> AbstractContextManager[Executor]:
    """Where so many texts are read, which have so many bytes together."""
    if isinstance(jobs, str):
        from sitegen.execution.dask import Cluster

        return Cluster(jobs)
    from sitegen.execution.executor import executor

    return executor(jobs, size, count)


def _dated(document: Document, dates: Mapping[str, tuple[datetime, datetime]]) -> Document:
    """The document with the dates that git knows, where it says none itself."""
    if (known := dates.get(document.source.path)) is None:
        return document
    meta, (first, last) = document.meta, known
    updated = meta.updated or (last if last != first else None)
    dated = replace(meta, date=meta.date or first, updated=updated)
    return replace(document, meta=dated, digest=digest((document.digest, known)))

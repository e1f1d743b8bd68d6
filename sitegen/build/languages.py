"""The languages of a site: those of its pages, each with its words and formats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sitegen.build.session import Session
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.digest import digest, digest_of_bytes
from sitegen.model.document import Document
from sitegen.model.language import Language
from sitegen.model.source import Kind
from sitegen.sources.discover import read
from sitegen.sources.snapshot import Snapshot
from sitegen.text.encoding import decode

_NOTE = "languages"

Languages = tuple[Mapping[str, Language], tuple[Diagnostic, ...]]
"""By tag, as pages have it; and what is wrong with the site's own words."""


def load_languages(
    session: Session, snapshot: Snapshot, documents: Iterable[Document]
) -> Languages:
    """Those of the site and of the documents.

    Nothing is read, and no data of CLDR loaded, where the last build had the same.
    """
    tags = tags_of(session.config.language, documents)
    seen, *known = session.store.get("notes", _NOTE) or (None,)
    if seen == _key(tags, snapshot):
        return known[0], known[1]
    from sitegen.i18n.spoken import spoken

    texts, unread = _texts(session, snapshot)
    languages, problems = spoken(tags, texts)
    found = (languages, (*unread, *problems))
    session.store.put("notes", _NOTE, (_key(tags, snapshot), *found))
    return found


def tags_of(site: str, documents: Iterable[Document]) -> tuple[str, ...]:
    """The languages of documents, and that of the site, which comes first."""
    others = {document.meta.lang for document in documents if document.meta.lang}
    return (site, *sorted(others - {site}))


def _key(tags: tuple[str, ...], snapshot: Snapshot) -> bytes:
    paths = (source.path for source in snapshot.of(Kind.WORDS))
    return digest((tags, tuple((path, snapshot.digests[path]) for path in paths)))


def _texts(session: Session, snapshot: Snapshot) -> tuple[dict[str, str], tuple[Diagnostic, ...]]:
    """The files of words by path, those of the theme included, and what cannot be read."""
    texts: dict[str, str] = {}
    problems: list[Diagnostic] = []
    for source in snapshot.of(Kind.WORDS):
        data, unreadable = read(session.folder, source.path)
        text, unclean = decode(data, source.path) if data is not None else (None, ())
        snapshot.saw(source.path, digest_of_bytes(data) if data is not None else None)
        problems += (*unreadable, *unclean)
        if text is not None:
            texts[source.path] = text
    return texts, tuple(problems)

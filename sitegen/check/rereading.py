"""Sources as they would be read with other bytes, before any of these is written."""

from __future__ import annotations

from functools import cached_property

from sitegen.build.read import ReadDocument
from sitegen.build.session import Session
from sitegen.content.document import ReadFile
from sitegen.content.settings import document_settings
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.source import DOCUMENT_KINDS, Kind, Source
from sitegen.sources.discover import discover, read
from sitegen.text.encoding import decode


class Rereading:
    """What becomes of the sources of a site."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def reading(self, source: Source, data: bytes) -> ReadFile:
        """What becomes of a document that holds these bytes."""
        return self._read((source, data, {}))

    def problems(self, path: str, data: bytes) -> tuple[Diagnostic, ...] | None:
        """What is wrong with a document of this path, alone; None for another source."""
        source = self._documents.get(path)
        return self.reading(source, data).problems if source else None

    @cached_property
    def _read(self) -> ReadDocument:
        session = self._session
        included = (source for source in self._sources if source.kind is Kind.INCLUDE)
        texts = ((it.name, read(session.folder, it.path)[0] or b"") for it in included)
        known = tuple((name, decode(data, name)[0] or "") for name, data in texts)
        return ReadDocument(document_settings(session.config), session.plugins, known)

    @cached_property
    def _documents(self) -> dict[str, Source]:
        return {it.path: it for it in self._sources if it.kind in DOCUMENT_KINDS}

    @cached_property
    def _sources(self) -> tuple[Source, ...]:
        session = self._session
        sources, *_ = discover(session.folder, session.config, session.output)
        return sources

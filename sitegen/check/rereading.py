"""Sources as they would be read with other bytes, before any of these is written."""

from __future__ import annotations

from functools import cached_property

from sitegen.build.read import ReadDocument
from sitegen.build.session import Session
from sitegen.content.document import ReadFile
from sitegen.content.settings import document_settings
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.source import DOCUMENT_KINDS, Source
from sitegen.sources.discover import discover


class Rereading:
    """What becomes of the sources of a site."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._read = ReadDocument(document_settings(session.config), session.plugins)

    def reading(self, source: Source, data: bytes) -> ReadFile:
        """What becomes of a document that holds these bytes."""
        return self._read((source, data, {}))

    def problems(self, path: str, data: bytes) -> tuple[Diagnostic, ...] | None:
        """What is wrong with a document of this path, alone; None for another source."""
        source = self._documents.get(path)
        return self.reading(source, data).problems if source else None

    @cached_property
    def _documents(self) -> dict[str, Source]:
        session = self._session
        sources, *_ = discover(session.folder, session.config, session.output)
        return {source.path: source for source in sources if source.kind in DOCUMENT_KINDS}

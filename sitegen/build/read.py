"""The job that reads documents, in this process or in any other."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial

from sitegen.content.document import HowToRead, ReadFile, read_document
from sitegen.content.settings import DocumentSettings
from sitegen.model.dataclass import dataclass
from sitegen.model.digest import digest_of_bytes
from sitegen.model.source import Source
from sitegen.plugins.find import PluginSource
from sitegen.plugins.load import PluginError, blaming, load_plugins
from sitegen.plugins.use import checks_of_keys, finished, markdown_of

Unread = tuple[Source, bytes, Mapping[bytes, str]]
"""A source, its bytes, and the code blocks that it had before (`read_document`)."""


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """Turns a source and its bytes into a document. It can be sent to any machine."""

    settings: DocumentSettings
    plugins: tuple[PluginSource, ...]
    texts: tuple[tuple[str, str], ...] = ()
    """What documents can include, by name."""

    def __call__(self, unread: Unread) -> ReadFile:
        source, data, known = unread
        try:
            with blaming(load_plugins(self.plugins), source.path):
                how = how_to_read(self.settings, self.plugins)
                return read_document(source, data, how, known, dict(self.texts))
        except PluginError as error:
            return ReadFile(source, None, "", (error.problem,), digest_of_bytes(data))


@cache
def how_to_read(settings: DocumentSettings, sources: tuple[PluginSource, ...]) -> HowToRead:
    """How the documents of a site are read, in any process."""
    plugins = load_plugins(sources)
    return HowToRead(
        *(settings, markdown_of(plugins), partial(finished, plugins=plugins)),
        checks=checks_of_keys(plugins),
    )

"""All configuration that a document's parse depends on, in one value that is part of its key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, fields
from functools import lru_cache
from operator import attrgetter

from sitegen.config.schema import Config, FieldConfig, MarkdownConfig
from sitegen.model.dataclass import dataclass
from sitegen.model.digest import digest
from sitegen.model.source import Source

IN_TABLE = "key"
"""Where the metadata of a setting has its key, where that is one of a table."""


@dataclass(frozen=True, slots=True)
class DocumentSettings:
    """The keys of the configuration that decide what a document is.

    A new one is declared here, and nowhere else: it is then taken from the configuration, and a
    document that was read under another value is read again.
    """

    timezone: str
    """Of dates that name no offset."""
    language: str
    """Of documents that name none."""
    fields: tuple[tuple[str, FieldConfig], ...]
    """The site's own fields of front matter, by name."""
    unknown: str = field(metadata={IN_TABLE: "content.unknown"})
    """What becomes of keys of front matter that nobody declares."""
    markdown: MarkdownConfig
    macros: tuple[tuple[str, str], ...] = field(metadata={IN_TABLE: "math.macros"})
    """Of formulas, by name. A tuple, as are all tables here, so that settings can be a key."""
    numbers: str = field(metadata={IN_TABLE: "theme.numbers"})
    """Of the lines of code."""
    files: bool = field(metadata={IN_TABLE: "theme.files"})
    """Whether blocks of code are files too."""
    search: bool = field(metadata={IN_TABLE: "theme.search"})
    """Whether its words are wanted, for the search index."""
    twins: bool = field(metadata={IN_TABLE: "export.markdown"})
    """Whether its Markdown is wanted, to be published beside its page."""


def document_settings(config: Config) -> DocumentSettings:
    """What the configuration says about reading documents."""
    keys = {it.name: it.metadata.get(IN_TABLE, it.name) for it in fields(DocumentSettings)}
    found = {name: attrgetter(key)(config) for name, key in keys.items()}
    tables = {name: tuple(it.items()) for name, it in found.items() if isinstance(it, Mapping)}
    return DocumentSettings(**found | tables)


def document_key(source: Source, seen: bytes, settings: DocumentSettings) -> bytes:
    """The digest of what a document is a function of, besides the code: its file and the settings.

    `seen` is the digest of the bytes of the file.
    """
    return digest((source.path, source.kind.value, source.name, seen, _digest_of(settings)))


_digest_of = lru_cache(1)(digest)

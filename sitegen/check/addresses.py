"""The addresses at which documents are published, and were, as `sitegen publish` keeps them.

They are in sitegen's own folder, so they are those that this machine has published. What a
repository knows besides is in `sources.git_published`. Builds neither read nor write them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from sitegen.config.schema import Config
from sitegen.model.dataclass import dataclass
from sitegen.model.digest import digest
from sitegen.model.document import Document
from sitegen.site.routes import document_routes
from sitegen.sources.rewrite import put
from sitegen.storage.file_lock import FOLDER
from sitegen.text.urls import without_base

DECIDING = ("permalink", "slug", "date")
"""The keys of front matter that decide about an address."""
_RECORD = Path(FOLDER, "published.json")


@dataclass(frozen=True, slots=True)
class Signs:
    """What a document is known by, also after it was moved."""

    path: str
    """Of its source."""
    id: str | None
    """None: that which follows from its path."""
    words: str
    """The digest of what it says."""
    title: str | None
    """The digest of its title and its date."""


@dataclass(frozen=True, slots=True)
class Addressed:
    """A document at an address of its own."""

    signs: Signs
    address: str
    """As an alias has it: not quoted, without the path of `base_url`."""
    file: str
    """In the output folder."""
    identity: str
    """The id that feeds know it by, its own or that of its path."""
    decided: tuple[str, ...]
    """`decided_by` at that time."""


def signs_of(document: Document) -> Signs:
    """What the document is known by."""
    meta, said = document.meta, document.rendered
    title = meta.title or said.title
    return Signs(
        document.source.path,
        meta.id if "id" in meta.places else None,
        digest((said.words, said.excerpt, said.toc)).hex(),
        digest((title, meta.date)).hex() if title else None,
    )


def addressed(document: Document, config: Config) -> Addressed | None:
    """The document at its address; None where it cannot have any."""
    route, _, _ = document_routes(document, config)
    if route is None:
        return None
    address = without_base(unquote(route.url), config.base_url)
    identity, decided = document.meta.id, decided_by(document)
    return Addressed(signs_of(document), address, route.path, identity, decided)


def decided_by(document: Document) -> tuple[str, ...]:
    """What its front matter says for each of the deciding keys."""
    return tuple(str(getattr(document.meta, key)) for key in DECIDING)


class Successors:
    """What documents of before are now."""

    def __init__(self, now: Iterable[Signs], before: Iterable[str]) -> None:
        """`before` are the paths at which there were documents."""
        known, taken = tuple(now), frozenset(before)
        self._by_id = {it.id: it for it in known if it.id}
        self._by_path = {it.path: it for it in known}
        self._new: dict[str, list[Signs]] = defaultdict(list)
        """Those at new paths, by their words, and by their titles."""
        for it in known:
            if it.path not in taken:
                self._new[it.words].append(it)
                if it.title:
                    self._new[it.title].append(it)

    def of(self, old: Signs) -> Signs | None:
        """The document with the same id or path, else the one with the same words or title."""
        if same := self._by_id.get(old.id or "") or self._by_path.get(old.path):
            return same
        alike = (self._new.get(sign or "", ()) for sign in (old.words, old.title))
        return next((found[0] for found in alike if len(found) == 1), None)


def read_addresses(site: Path) -> tuple[Addressed, ...]:
    """Where the documents of a site were published last; nothing where that is not known."""
    try:
        return tuple(map(_read, json.loads((site / _RECORD).read_bytes())))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return ()


def _read(entry: Mapping[str, Any]) -> Addressed:
    signs, decided = Signs(**entry["signs"]), tuple(entry["decided"])
    return Addressed(signs, entry["address"], entry["file"], entry["identity"], decided)


def write_addresses(site: Path, published: Iterable[Addressed]) -> None:
    """Replace what `read_addresses` gives. Raises OSError."""
    put(site / _RECORD, json.dumps([asdict(it) for it in published]).encode())

"""`sitegen check --update`: writes into the sources what the lines of code say that links name.

The text is the title of the link: `[the await](#main:9 "await client.get(url)")`. Where the lines
of an earlier title have moved, the link gets their new number; where they have changed, it is left
for its author. Of a file, only the address of such a link and its title can change, and it is
written only if it then reads as it should: every other byte stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from sitegen.build.pipeline import documents_of
from sitegen.build.session import Session
from sitegen.check.rereading import Rereading
from sitegen.content.document import ReadFile
from sitegen.model.code import LineReference, line_reference
from sitegen.model.dataclass import dataclass
from sitegen.model.document import Document, Link
from sitegen.model.report import Recorded
from sitegen.site.links import candidates, id_in, split_href
from sitegen.site.references import places_of, record_of
from sitegen.sources.discover import content_folder, file_of, read
from sitegen.sources.rewrite import rewrite
from sitegen.text.edits import offset_in, text_in, with_text

_TITLE = r"""(?:\s+(?:"(?:\\.|[^"\\])*+"|'(?:\\.|[^'\\])*+'|\((?:\\.|[^()\\])*+\)))?"""
_ESCAPED = str.maketrans({"\\": r"\\", '"': r"\"", "&": r"\&", "`": "&#96;"})
"""What has a meaning in a title, or would end code that begins before the link."""


@dataclass(frozen=True, slots=True)
class _Change:
    """What a link of a document should be."""

    number: int
    """Which of its links."""
    href: str
    recorded: str


def record(session: Session) -> tuple[Recorded, ...]:
    """Write what links to lines of code are to say, into all documents; what was written.

    Raises SitegenError where a source cannot be written.
    """
    documents = documents_of(session)
    site = _Site(session, documents)
    found = ((document, tuple(site.changes(document))) for document in documents)
    return tuple(
        link
        for document, changes in found
        if changes
        for link in _written(session, document, changes)
    )


class _Site:
    """The documents of a site, as links name them."""

    def __init__(self, session: Session, documents: Sequence[Document]) -> None:
        self._content = content_folder(session.folder, session.config)
        self._documents = {document.source.path: document for document in documents}
        self._ids = {document.meta.id: document for document in reversed(documents)}

    def changes(self, document: Document) -> Iterator[_Change]:
        """The links of a document that should be different."""
        for number, link in enumerate(document.rendered.links):
            lines = line_reference(link.href)
            if lines and (target := self._target(link, document)):
                change = _change(number, link, lines, target)
                if change and (change.href, change.recorded) != (link.href, link.recorded):
                    yield change

    def _target(self, link: Link, document: Document) -> Document | None:
        address, _ = split_href(link.href)
        if not address:
            return document
        if address.startswith("id:"):
            return self._ids.get(id_in(address))
        paths = candidates(address, document.source.path, self._content)
        return next(filter(None, map(self._documents.get, paths)), None)


def _change(number: int, link: Link, lines: LineReference, target: Document) -> _Change | None:
    """What a link should be; None where only its author can tell."""
    block = next((it for it in target.rendered.blocks if it.id == lines.block), None)
    if block is None:
        return None
    said = record_of(block.text(lines.first, lines.last))
    if said and not link.recorded:
        return _Change(number, link.href, said)
    places = places_of(link.recorded, lines, block) if said != link.recorded else ()
    if len(places) != 1:
        return None
    start = link.href.rindex(":") + 1
    return _Change(number, f"{link.href[:start]}{places[0].numbers}", link.recorded)


def _written(
    session: Session, document: Document, changes: Sequence[_Change]
) -> Iterator[Recorded]:
    """Write the changes of a document that can be written, each alone."""
    path, links = document.source.path, document.rendered.links
    data, _ = read(session.folder, path)
    draft = _Draft(session, document, data or b"")
    # From the last to the first, so that the places of those before it stay.
    made = [change for change in reversed(changes) if draft.take(change)]
    file = Path(file_of(session.folder, path))
    is_there = bool(made) and data is not None and rewrite(file, data, draft.data)
    for change in changes:
        link = links[change.number]
        yield Recorded(
            path, link.line, link.href, change.href, change.recorded, is_there and change in made
        )


class _Draft:
    """The bytes of a document as they will be."""

    def __init__(self, session: Session, document: Document, data: bytes) -> None:
        self.data = data
        self._source = document.source
        self._rereading = Rereading(session)
        self._links = list(document.rendered.links)
        self._problems = len(self._reading(data).problems)

    def _reading(self, data: bytes) -> ReadFile:
        return self._rereading.reading(self._source, data)

    def take(self, change: _Change) -> bool:
        """Whether the change can be made: then it is."""
        link = self._links[change.number]
        wanted = [*self._links]
        wanted[change.number] = replace(link, href=change.href, recorded=change.recorded)
        for title in (_title(change.recorded), _title(change.recorded).replace("|", r"\|")):
            data = _with_address(self.data, link, f"{change.href} {title}")
            if data is not None and self._reads_as(wanted, data):
                self.data, self._links = data, wanted
                return True
        return False

    def _reads_as(self, links: Sequence[Link], data: bytes) -> bool:
        """Whether the bytes are a document with these links, and without new problems."""
        found = self._reading(data)
        if found.document is None or len(found.problems) != self._problems:
            return False
        return [_said(it) for it in found.document.rendered.links] == [_said(it) for it in links]


def _said(link: Link) -> tuple[str, str]:
    return link.href, link.recorded


def _title(recorded: str) -> str:
    return f'"{recorded.translate(_ESCAPED)}"'


def _with_address(data: bytes, link: Link, address: str) -> bytes | None:
    """The bytes with another address and title of a link; None where they are not beside its text.

    Such as those of `[text][name]`.
    """
    text = text_in(data)
    if text is None:
        return None
    start = offset_in(text, link.line, link.column)
    beside = re.compile(rf"\]\(\s*(<?{re.escape(link.href)}>?{_TITLE})\s*\)")
    found = beside.search(text, start)
    end = start + link.length
    if found is None or (found.end() != end and "\n" not in text[start : found.end()]):
        return None
    return with_text(data, text[: found.start(1)] + address + text[found.end(1) :])

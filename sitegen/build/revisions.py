"""The revisions of every post, from git; those whose texts are as they were, from the store.

A revision is a committed text in which readers see something that was not in the one before. So a
commit that changes front matter, white space or the marks of Markdown makes none, however many
posts it touches. What is not committed belongs to none either: its blocks have no number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from sitegen.build.load import body, executor_of
from sitegen.build.session import Session
from sitegen.content.settings import DocumentSettings, document_settings
from sitegen.model.digest import digest, digest_of_bytes
from sitegen.model.document import Document
from sitegen.model.revisions import NEW, Edit, Revision, Revisions, Step, Steps
from sitegen.model.source import Source
from sitegen.plugins.find import PluginSource
from sitegen.sources.snapshot import Snapshot
from sitegen.storage.cache import DamagedError, Store

if TYPE_CHECKING:
    from sitegen.text.blocks import TextBlock

BATCH = 500
"""Old texts that are read from git at a time."""

_Row = tuple[bytes, bytes, Revisions | None]
"""Of a post, as the store has it: the digests of its text and of its edits; None: it has none."""


def revisions_of(
    session: Session, snapshot: Snapshot, posts: Iterable[Document]
) -> Mapping[str, Revisions]:
    """By path: the revisions of those posts that were ever committed.

    What changed from one to the next is in the store: `changes`. Raises GitError.
    """
    store, head = session.store, snapshot.head
    if head is None:
        return {}
    rows: dict[str, _Row] = store.all("revisions")
    now = {post.source.path: post for post in posts}
    for path in rows.keys() - now.keys():
        store.remove("revisions", path)
        store.remove("changes", path)
    is_known = store.get("notes", "head") == head.commit
    stale = [p for p in now.values() if not is_known or _text_of(rows, p) != p.digest]
    if stale:
        _compare(session, snapshot, stale, rows)
        store.put("notes", "head", head.commit)
    return {path: found for path in now if (found := rows[path][2])}


def changes_of(store: Store, path: str) -> tuple[str, ...]:
    """What changed from each revision of a post to the next, as HTML. Raises DamagedError.

    Words are placeholders.
    """
    row: _Row | None = store.all("revisions").get(path)
    steps: Steps | None = store.get("changes", path)
    if row is None or row[2] is None or steps is None or steps.changes != row[2].changes:
        raise DamagedError("it is damaged")
    return steps.visible


def _text_of(rows: Mapping[str, _Row], post: Document) -> bytes:
    known = rows.get(post.source.path)
    return known[0] if known else b""


class _Comparison(NamedTuple):
    """A post whose texts have to be compared."""

    post: Document
    row: tuple[bytes, bytes]
    edits: tuple[Edit, ...]
    pairs: tuple[bytes, ...]
    """The digests of each text and the next, the last of which is the one that is published."""
    known: Mapping[bytes, Step]
    """Steps by these digests."""

    @property
    def first(self) -> int:
        """The first of the pairs whose step is not known."""
        return next((n for n, pair in enumerate(self.pairs) if pair not in self.known), -1)

    @property
    def blobs(self) -> tuple[str, ...]:
        """The texts from there on."""
        return tuple(edit.blob for edit in self.edits[self.first :]) if self.first >= 0 else ()


def _compare(
    session: Session, snapshot: Snapshot, posts: Sequence[Document], rows: dict[str, _Row]
) -> None:
    """Bring the rows of these posts up to date, here and in the store."""
    from sitegen.sources.git_revisions import commits_to, edits_of

    store, head = session.store, snapshot.head
    assert head
    known = store.get("notes", "commits")
    commits = commits_to(head.commit, session.folder, known)
    if known is None or known[0] != head.commit:
        store.put("notes", "commits", (head.commit, commits))
    edits = edits_of((head.folder + post.source.path for post in posts), commits)
    todo: list[_Comparison] = []
    for post in posts:
        path = post.source.path
        own = edits.get(head.folder + path, ())
        row = post.digest, digest(own)
        if rows.get(path, ())[:2] == row:
            continue
        if len(own) > 1:
            todo.append(_comparison(session, post, row, own))
        else:
            first = Revisions(tuple(Revision(1, edit.date, edit.subject) for edit in own))
            rows[path] = (*row, first if own else None)
            store.put("revisions", path, rows[path])
            store.remove("changes", path)
    for count, (it, steps) in enumerate(_compared(session, snapshot, todo), 1):
        rows[it.post.source.path] = _row_of(store, it, steps)
        store.put("revisions", it.post.source.path, rows[it.post.source.path])
        session.progress("comparing", count, len(todo))


def _comparison(
    session: Session, post: Document, row: tuple[bytes, bytes], edits: tuple[Edit, ...]
) -> _Comparison:
    """What is to be compared of a post, and what is known of it."""
    texts = (*(edit.blob for edit in edits), post.digest)
    settings = document_settings(session.config)
    pairs = tuple(digest((settings, pair)) for pair in pairwise(texts))
    steps: Steps | None = session.store.get("changes", post.source.path)
    return _Comparison(post, row, edits, pairs, dict(steps.known) if steps else {})


def _compared(
    session: Session, snapshot: Snapshot, todo: Sequence[_Comparison]
) -> Iterator[tuple[_Comparison, tuple[Step, ...]]]:
    """Each with all its steps, of which some are read from git."""
    size = sum(len(it.blobs) * it.post.rendered.words * 6 for it in todo)
    job = CompareTexts(document_settings(session.config), session.plugins)
    with executor_of(session.options.jobs, size, len(todo)) as executor:
        made = executor.map(job, _texts(session, snapshot, todo))
        for it, steps in zip(todo, made, strict=True):
            start = it.first if it.first >= 0 else len(it.pairs)
            yield it, (*(it.known[pair] for pair in it.pairs[:start]), *steps)


def _texts(session: Session, snapshot: Snapshot, todo: Sequence[_Comparison]) -> Iterator[Compared]:
    """What the job gets of each post."""
    from sitegen.sources.git_revisions import texts_of

    waiting: list[_Comparison] = []
    for number, it in enumerate(todo, 1):
        waiting.append(it)
        if sum(len(other.blobs) for other in waiting) >= BATCH or number == len(todo):
            texts = texts_of((blob for it in waiting for blob in it.blobs), session.folder)
            for it in waiting:
                path, own = it.post.source.path, [texts.get(blob, b"") for blob in it.blobs]
                is_last = own and digest_of_bytes(own[-1]) == snapshot.digests[path]
                html = None if is_last or not own else body(session.store, path)
                yield it.post.source, tuple(own), html
            waiting = []


def _row_of(store: Store, it: _Comparison, steps: tuple[Step, ...]) -> _Row:
    """The row of a post with these steps, which are put into the store."""
    found = [Revision(1, it.edits[0].date, it.edits[0].subject)]
    ages: dict[int, int | None] = {}
    for edit, step in zip(it.edits[1:], steps, strict=False):
        if step.html:
            found.append(Revision(len(found) + 1, edit.date, edit.subject))
        ages = _older(ages, step, len(found))
    ages = _older(ages, steps[-1], None)
    marks = tuple((place, age) for place, age in ages.items() if age and age > 1)
    known = Steps(b"", tuple(zip(it.pairs, steps, strict=True)))
    changes = digest(known.visible)
    store.put("changes", it.post.source.path, replace(known, changes=changes))
    return (*it.row, Revisions(tuple(found), marks, changes))


def _older(ages: Mapping[int, int | None], step: Step, new: int | None) -> dict[int, int | None]:
    """The revisions that blocks are of, one step on; all that are of an unknown one are of the
    first."""
    return {
        place: new if origin == NEW else ages.get(origin, 1)
        for place, origin in enumerate(step.origins)
        if origin is not None
    }


Compared = tuple[Source, tuple[bytes, ...], str | None]
"""A post with its old texts, and its HTML; None where it has the last of them still."""


@dataclass(frozen=True, slots=True)
class CompareTexts:
    """Finds the steps from each text of a post to the next, and to its HTML. It can be sent to any
    machine."""

    settings: DocumentSettings
    plugins: tuple[PluginSource, ...]

    def __call__(self, post: Compared) -> tuple[Step, ...]:
        from sitegen.content.changes import step
        from sitegen.text.blocks import blocks_of

        source, texts, html = post
        if not texts:
            return ()
        blocks: tuple[TextBlock, ...] = ()
        seen: list[tuple[TextBlock, ...]] = []
        for text in texts:
            old = self._html(source, text)
            blocks = blocks if old is None else blocks_of(old)
            seen.append(blocks)
        seen.append(blocks if html is None else blocks_of(html))
        return tuple(step(old, new) for old, new in pairwise(seen))

    def _html(self, source: Source, text: bytes) -> str | None:
        """The HTML of an old text; None where it cannot be read, or a plug-in fails on it."""
        from sitegen.build.read import how_to_read
        from sitegen.content.document import read_old_text
        from sitegen.plugins.load import PluginError, blaming, load_plugins

        try:
            with blaming(load_plugins(self.plugins), source.path):
                return read_old_text(source, text, how_to_read(self.settings, self.plugins))
        except PluginError:
            return None

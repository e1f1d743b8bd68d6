"""The revisions of every post, from git; those whose texts are as they were, from the store.

A revision is a committed text in which readers see something that was not in the one before. So a
commit that changes front matter, white space or the marks of Markdown makes none, however many
posts it touches. Nor does one that nobody could read: of a draft, or before the date of the post.
What is not committed belongs to none either: its blocks have no number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain, takewhile
from typing import TYPE_CHECKING, NamedTuple

from sitegen.build.load import body, executor_of
from sitegen.build.session import Session
from sitegen.content.settings import DocumentSettings, document_settings
from sitegen.model.dataclass import dataclass
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
    keys: tuple[bytes, ...]
    """The digest of each text, last of all of the one that is published, and how it is read."""
    known: tuple[Step | None, ...]
    """The steps to the first of them, as far as these are the same as before: what readers saw
    before a text can lie far back, behind drafts."""

    @property
    def before(self) -> str | None:
        """The last text that readers saw, of those that steps are known to."""
        pairs = zip(self.edits, self.known, strict=False)
        return next(reversed([edit.blob for edit, step in pairs if step]), None)

    @property
    def new(self) -> tuple[str, ...]:
        """The committed texts behind these."""
        return tuple(edit.blob for edit in self.edits[len(self.known) :])


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
        own = _since(post.meta.date, edits.get(head.folder + path, ()))
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


def _since(date: datetime | None, edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """The edits of a post since it was published with its date, and what was published then."""
    later = (n for n, edit in enumerate(edits) if date is None or edit.date >= date)
    return edits[max(0, next(later, len(edits)) - 1) :]


def _comparison(
    session: Session, post: Document, row: tuple[bytes, bytes], edits: tuple[Edit, ...]
) -> _Comparison:
    """What is to be compared of a post, and what is known of it."""
    texts = (*(edit.blob for edit in edits), post.digest)
    keys = tuple(digest((document_settings(session.config), text)) for text in texts)
    steps: Steps | None = session.store.get("changes", post.source.path)
    pairs = zip(keys, steps.known if steps else (), strict=False)
    known = tuple(step for _, (_, step) in takewhile(lambda pair: pair[0] == pair[1][0], pairs))
    return _Comparison(post, row, edits, keys, known)


def _compared(
    session: Session, snapshot: Snapshot, todo: Sequence[_Comparison]
) -> Iterator[tuple[_Comparison, tuple[Step | None, ...]]]:
    """Each with all its steps, of which some are read from git."""
    size = sum(len(it.new) * it.post.rendered.words * 6 for it in todo)
    job = CompareTexts(document_settings(session.config), session.plugins)
    with executor_of(session.options.jobs, size, len(todo)) as executor:
        made = executor.map(job, _texts(session, snapshot, todo))
        for it, steps in zip(todo, made, strict=True):
            yield it, (*it.known, *steps)[: len(it.keys)]


def _texts(session: Session, snapshot: Snapshot, todo: Sequence[_Comparison]) -> Iterator[Compared]:
    """What the job gets of each post."""
    from sitegen.sources.git_revisions import texts_of

    waiting: list[_Comparison] = []
    for number, it in enumerate(todo, 1):
        waiting.append(it)
        if sum(len(other.new) for other in waiting) >= BATCH or number == len(todo):
            wanted = ((each.before, *each.new, each.edits[-1].blob) for each in waiting)
            texts = texts_of(filter(None, chain.from_iterable(wanted)), session.folder)
            for each in waiting:
                path, last = each.post.source.path, texts.get(each.edits[-1].blob, b"")
                is_committed = digest_of_bytes(last) == snapshot.digests[path]
                yield Compared(
                    each.post.source,
                    None if each.before is None else texts.get(each.before, b""),
                    tuple(texts.get(blob, b"") for blob in each.new),
                    last if is_committed else body(session.store, path),
                )
            waiting = []


def _row_of(store: Store, it: _Comparison, steps: tuple[Step | None, ...]) -> _Row:
    """The row of a post with these steps, which are put into the store."""
    found: list[Revision] = []
    ages: dict[int, int | None] = {}
    for edit, step in zip(it.edits, steps, strict=False):
        if step and (step.html or not found):
            found.append(Revision(len(found) + 1, edit.date, edit.subject))
        if step:
            ages = _older(ages, step, len(found))
    ages = _older(ages, steps[-1], None) if steps[-1] else {}
    marks = tuple((place, age) for place, age in ages.items() if age and age > 1)
    known = Steps(b"", tuple(zip(it.keys, steps, strict=True)))
    changes = digest(known.visible)
    store.put("changes", it.post.source.path, replace(known, changes=changes))
    return (*it.row, Revisions(tuple(found), marks, changes) if found else None)


def _older(ages: Mapping[int, int | None], step: Step, new: int | None) -> dict[int, int | None]:
    """The revisions that blocks are of, one step on; one of which nothing is known is the first."""
    return {
        place: new if origin == NEW else ages.get(origin, 1)
        for place, origin in enumerate(step.origins)
        if origin is not None
    }


class Compared(NamedTuple):
    """A post with texts that are to be compared."""

    source: Source
    before: bytes | None
    """The last that readers saw before the others; None: there was none."""
    new: tuple[bytes, ...]
    current: bytes | str
    """What is published: a text, or its HTML."""


@dataclass(frozen=True, slots=True)
class CompareTexts:
    """Finds the steps to each of the new texts, and to what is published.

    It can be sent to any machine.
    """

    settings: DocumentSettings
    plugins: tuple[PluginSource, ...]

    def __call__(self, post: Compared) -> tuple[Step | None, ...]:
        from sitegen.content.changes import step
        from sitegen.text.blocks import blocks_of

        seen = None if post.before is None else self._blocks(post.source, post.before)
        steps: list[Step | None] = []
        for text in post.new:
            blocks = self._blocks(post.source, text)
            if blocks is None:
                steps.append(None)
                continue
            steps.append(Step((), "") if seen is None else step(seen, blocks))
            seen = blocks
        if isinstance(post.current, str):
            current = blocks_of(post.current)
        elif post.new and post.new[-1] == post.current and steps[-1]:
            current = seen or ()
        else:
            current = self._blocks(post.source, post.current, drafts=True) or ()
        return (*steps, step(seen or (), current))

    def _blocks(
        self, source: Source, text: bytes, *, drafts: bool = False
    ) -> tuple[TextBlock, ...] | None:
        """The blocks of an old text; None where nobody could read it, or it cannot be read now."""
        from sitegen.build.read import how_to_read
        from sitegen.content.document import read_old_text
        from sitegen.plugins.load import PluginError, blaming, load_plugins
        from sitegen.text.blocks import blocks_of

        try:
            with blaming(load_plugins(self.plugins), source.path):
                found = read_old_text(source, text, how_to_read(self.settings, self.plugins))
        except PluginError:
            return None
        if found is None or (found.meta.draft and not drafts):
            return None
        return blocks_of(found.rendered.html)

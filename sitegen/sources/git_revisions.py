"""Which commits changed the texts of a site, and these texts: the edits of posts.

**Order.** History is read along first parents, from the newest commit back: the states that the
branch of the site has been in, one after the other. A merge counts as one commit, with all that it
brought; the commits of the other branch were never what readers saw. Dates are of authors, and need
not rise.

**Names.** A rename is followed where git sees one, in whatever folder of the repository. A name
that was deleted and came back is a new post.

**Cost.** Two processes for any number of posts and commits, and one for many texts. Commits that
are known from the last time are not read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from sitegen.model.revisions import Commit, CommittedText, Edit
from sitegen.model.source import MARKDOWN
from sitegen.sources.git import Git, printable

_RENAMES = ("-M", "-l1000")
"""Above as many added and removed files in one commit, only those are renamed that are the same."""


def commits_to(
    head: str, site: Path, known: tuple[str, tuple[Commit, ...]] | None
) -> tuple[Commit, ...]:
    """The commits that changed a text, newest first; `known` are those up to an older head.

    Raises GitError.
    """
    git = Git(site)
    if known and known[0] == head:
        return known[1]
    if known and (line := _line(git, head, known[0])):
        return (*_read(git, line), *known[1])
    return _read(git, _line(git, head))


def _line(git: Git, head: str, since: str = "") -> list[list[str]]:
    """Each commit of the line and its parents; none where `since` is not on it."""
    excluded = (f"^{since}",) if since else ()
    said = git.asked("rev-list", "--first-parent", "--parents", head, *excluded) or ""
    line = [commit.split() for commit in said.splitlines()]
    return line if not since or (line and line[-1][1:2] == [since]) else []


def _read(git: Git, line: list[list[str]]) -> tuple[Commit, ...]:
    said = git(
        *("diff-tree", "--stdin", "-r", "-z", "--raw", "--root", *_RENAMES, "--no-abbrev"),
        *("--encoding=UTF-8", "--format=%x00%H%x00%aI%x00%s%x00%b%x00", "--"),
        *(f":(top,glob)**/*{suffix}" for suffix in MARKDOWN),
        feed="".join(f"{' '.join(commit[:2])}\n" for commit in line),
    )
    merges = frozenset(commit[0] for commit in line if len(commit) > 2)
    return tuple(_commits_in(iter(said.split("\0")), merges))


def _commits_in(fields: Iterator[str], merges: frozenset[str]) -> Iterator[Commit]:
    """The commits of a log: NUL, id, date, subject and body, each with a NUL, and its files.

    A file is `:modes blobs status`, its name, and after a rename its new name, each with a NUL.
    The first of a commit begins with a line break. Only whole commits have a next field.
    """
    commit, date, subject, texts = "", "", "", list[CommittedText]()
    for field in fields:
        if field.startswith((":", "\n:")):
            texts += _text_in(field.split(), fields)
            continue
        if texts:
            yield Commit(datetime.fromisoformat(date), subject, tuple(texts))
        texts = []
        commit, date, said, body = (next(fields, "") for _ in range(4))
        next(fields, "")
        subject = _line_of(body) if commit in merges else printable(said)
    if texts:
        yield Commit(datetime.fromisoformat(date), subject, tuple(texts))


def _text_in(description: list[str], fields: Iterator[str]) -> Iterator[CommittedText]:
    """What became of a file; nothing of one that was deleted."""
    _, _, _, blob, status = description
    before = path = next(fields)
    if status[0] == "R":
        path = next(fields)
    if status[0] != "D":
        yield CommittedText(path, "" if status[0] == "A" else before, blob)


def _line_of(body: str) -> str:
    """The first line of what a merge says, which GitHub takes from the title of a request."""
    return printable(next(filter(None, map(str.strip, body.splitlines())), ""))


def edits_of(paths: Iterable[str], commits: Iterable[Commit]) -> Mapping[str, tuple[Edit, ...]]:
    """The texts that posts have had, oldest first, by their paths now, from the repository's root.

    None of what was never committed. The same text twice in a row, of a file that only moved, is
    one.
    """
    edits: dict[str, list[Edit]] = {path: [] for path in paths}
    names = {path: path for path in edits}
    for commit in commits:
        found = [(text, names.pop(text.path)) for text in commit.texts if text.path in names]
        for text, path in found:
            edits[path].append(Edit(commit.date, commit.subject, text.blob))
            if text.before:
                names[text.before] = path
    return {path: tuple(_distinct(reversed(some))) for path, some in edits.items() if some}


def _distinct(edits: Iterable[Edit]) -> Iterator[Edit]:
    blob = ""
    for edit in edits:
        if edit.blob != blob:
            yield edit
        blob = edit.blob


def texts_of(blobs: Iterable[str], site: Path) -> Mapping[str, bytes]:
    """The bytes of these blobs, of those that the repository has. Raises GitError."""
    wanted, start = dict.fromkeys(blobs), 0
    data = Git(site).bytes("cat-file", "--batch", feed="".join(f"{blob}\n" for blob in wanted))
    texts: dict[str, bytes] = {}
    for blob in wanted:
        end = data.index(b"\n", start)
        _, *known = data[start:end].split()
        start = end + 1
        if len(known) == 2:  # else it is missing
            size = int(known[1])
            texts[blob] = data[start : start + size]
            start += size + 1
    return texts

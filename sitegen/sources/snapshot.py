"""Everything that a build reads, with the digest of each part, before any of it is used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import datetime
from pathlib import Path

from sitegen.config.schema import Config
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.digest import digest, digest_of_bytes
from sitegen.model.revisions import Head
from sitegen.model.source import Kind, Source
from sitegen.model.trace import FileState
from sitegen.sources.discover import STATIC, discover, file_of, read
from sitegen.storage.file_state import digest_of_file, is_settled, state_of
from sitegen.text.encoding import decode

OWN_STYLE = f"{STATIC}/style.css"
"""The path of a site's own style sheet."""
READ_WHOLE = (Kind.TEMPLATE, Kind.INCLUDE, Kind.STYLE, Kind.SCRIPT, Kind.MENTIONS)
"""The kinds of source whose texts outputs are made of."""
READ_IF_USED = (Kind.ASSET, Kind.DATA)
"""The kinds of source of which most may be for nothing that the site does."""

NOT_USED = b"not used"
"""Stands for the digest of a file that has none, since nothing depends on what is in it."""

KnownFiles = Mapping[str, tuple[FileState, bytes]]
"""The state and the digest that a source had, by path."""


@dataclass(slots=True)
class Snapshot:
    """The sources of a site. What is read later goes in with `saw`, as it was when it was read."""

    sources: tuple[Source, ...]
    problems: tuple[Diagnostic, ...]
    texts: Mapping[str, str]
    """The templates, what documents include, the parts of the theme's style sheet and script, and
    the site's own style sheet if it has one; by path."""
    dates: Mapping[str, tuple[datetime, datetime]]
    """The first and last commit dates of each source, where the site uses them."""
    states: Mapping[str, FileState | None]
    folders: tuple[str, ...]
    """Those of the site that were listed to find the sources."""
    head: Head | None = None
    """The commit that the site is on, where it uses its history."""
    digests: dict[str, bytes | None] = field(default_factory=dict)
    """Of the sources, by path; of assets and data only where they are, or have been, used: a folder
    of notes may hold gigabytes that nobody names."""

    def of(self, *kinds: Kind) -> tuple[Source, ...]:
        """The sources of some kinds, in their order."""
        return tuple(source for source in self.sources if source.kind in kinds)

    def texts_of(self, kind: Kind) -> tuple[tuple[str, str], ...]:
        """The names of these sources, each with its text."""
        return tuple((source.name, self.texts[source.path]) for source in self.of(kind))

    def saw(self, path: str, seen: bytes | None) -> None:
        """Correct the digest of a source that was not what it had been a moment before."""
        self.digests[path] = seen

    def digest(self, *others: object) -> bytes:
        """The digest of all inputs and of what else decides."""
        paths = ((source.path, source.kind) for source in self.sources)
        files = tuple((*pair, self.digests.get(pair[0], NOT_USED)) for pair in paths)
        commit = self.head and self.head.commit
        return digest((files, tuple(sorted(self.dates.items())), commit, self.problems, others))

    def use(self, site: Path, path: str) -> None:
        """Have the digest of an asset or of a data file that is used."""
        if path not in self.digests:
            self.digests[path] = digest_of_file(file_of(site, path))

    def settled(self, moment: int) -> dict[str, tuple[FileState, bytes]]:
        """What is worth remembering of the sources: states that would show any later change."""
        known = ((path, state, self.digests.get(path)) for path, state in self.states.items())
        return {
            path: (state, seen)
            for path, state, seen in known
            if state and seen and is_settled(state, moment)
        }


def take_snapshot(site: Path, config: Config, output: Path, known: KnownFiles) -> Snapshot:
    """The inputs as they are now. A source whose state is known is not read for its digest."""
    sources, problems, folders = discover(site, config, output)
    states = {source.path: state_of(file_of(site, source.path)) for source in sources}
    wanted = (s.path for s in sources if s.kind in READ_WHOLE or s.path == OWN_STYLE)
    texts, digests, unread = _texts(site, wanted)
    for path in (s.path for s in sources if s.kind not in READ_IF_USED or s.path in known):
        if path not in digests:
            digests[path] = _digest(file_of(site, path), states[path], known.get(path))
    dates, shallow = _git_dates(site) if config.content.dates == "git" else ({}, ())
    head, doubts = _head(site, config)
    found = (*problems, *unread, *shallow, *doubts)
    return Snapshot(sources, found, texts, dates, states, folders, head, digests)


def _head(site: Path, config: Config) -> tuple[Head | None, tuple[Diagnostic, ...]]:
    """The commit, where the configuration asks for anything from git, and what is wrong with it."""
    head = head_for(site, config)
    if not config.history.git:
        return head, ()
    from sitegen.sources.git_head import doubts_of_history

    return head, doubts_of_history(head)


def head_for(site: Path, config: Config) -> Head | None:
    """The commit that a site is on, where its configuration asks for anything from git."""
    if not config.history.git and config.content.dates != "git":
        return None
    from sitegen.sources.git_head import head_of

    return head_of(site)


def _git_dates(site: Path) -> tuple[dict[str, tuple[datetime, datetime]], tuple[Diagnostic, ...]]:
    from sitegen.sources.git_dates import git_dates

    return git_dates(site)


def _digest(
    file: str, state: FileState | None, known: tuple[FileState, bytes] | None
) -> bytes | None:
    if known and known[0] == state:
        return known[1]
    return digest_of_file(file)


def _texts(
    site: Path, paths: Iterable[str]
) -> tuple[dict[str, str], dict[str, bytes | None], tuple[Diagnostic, ...]]:
    """The texts of sources, their digests, and what cannot be read; each is read but once."""
    texts: dict[str, str] = {}
    digests: dict[str, bytes | None] = {}
    problems: list[Diagnostic] = []
    for path in paths:
        data, unreadable = read(site, path)
        text, unclean = decode(data, path) if data is not None else (None, ())
        texts[path] = text or ""
        digests[path] = digest_of_bytes(data) if data is not None else None
        problems += (*unreadable, *unclean)
    return texts, digests, tuple(problems)

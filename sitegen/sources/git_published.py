"""The texts of a site as they were when it was published last, as far as its repository knows.

Published is, in this order: the commit that the last one of `sitegen publish` names, where the
branch was fetched; what the branch of the site has in common with its upstream; else what is
committed. Where nothing is different from that, the commit before it counts: a program that checks
what was just pushed has no other to compare with.

Three processes for any number of texts, and one more for those that are different.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from sitegen.model.diagnostics import SitegenError
from sitegen.model.source import MARKDOWN
from sitegen.sources.discover import CONFIG_FILE, file_of
from sitegen.sources.git import Git, quoted_paths
from sitegen.sources.git_revisions import texts_of

_BRANCHES = "refs/remotes/*/gh-pages"
_SOURCE = "%(contents:trailers:key=Source,valueonly)"
"""The commit that a published one was built from."""


class PublishedTexts(NamedTuple):
    """What was published of a site."""

    paths: frozenset[str] = frozenset()
    """Of all its texts and of the configuration, relative to the site folder."""
    changed: Mapping[str, bytes] = {}
    """By path: those that have been edited, moved or removed since."""


def published_texts(site: Path, paths: Iterable[str]) -> PublishedTexts:
    """The texts that were published, compared with those that are now at these paths.

    Nothing where there is no history.
    """
    git = Git(site)
    try:
        now = _blobs_now(git, paths)
        for commit in _commits(git):
            then = dict(_blobs_of(git, commit))
            changed = {path: blob for path, blob in then.items() if now.get(path) != blob}
            if changed:
                texts = texts_of(changed.values(), site)
                known = {path: texts[blob] for path, blob in changed.items() if blob in texts}
                return PublishedTexts(frozenset(then), known)
    except SitegenError:
        pass
    return PublishedTexts()


def _commits(git: Git) -> Iterator[str]:
    """What is compared with, until something is different."""
    listed = git.asked("for-each-ref", "--sort=-committerdate", f"--format={_SOURCE}", _BRANCHES)
    source = next(iter((listed or "").split()), "")
    if source and (commit := _commit(git, source)):
        yield commit
        return
    common = git.asked("merge-base", "HEAD", "@{upstream}") or _commit(git, "HEAD")
    yield from filter(None, (common, _commit(git, "HEAD^") if common else None))


def _commit(git: Git, name: str) -> str | None:
    return git.asked("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")


def _blobs_of(git: Git, commit: str) -> Iterator[tuple[str, str]]:
    """The path and the blob of the configuration and of each text in the folder of the site."""
    for entry in git("ls-tree", "-r", "-z", commit).split("\0")[:-1]:
        about, _, path = entry.partition("\t")
        if path == CONFIG_FILE or path.lower().endswith(MARKDOWN):
            yield path, about.split()[2]


def _blobs_now(git: Git, paths: Iterable[str]) -> Mapping[str, str]:
    """The blob that each of these files would be, by path."""
    known, folder = list(paths), git.folder.absolute()
    lines = quoted_paths(Path(file_of(folder, path)) for path in known)
    return dict(zip(known, git("hash-object", "--stdin-paths", feed=lines).split(), strict=True))

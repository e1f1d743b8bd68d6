"""The branch of a remote that holds the published site: what it says now, and how it is replaced.

Theory of operation. What is published are the bytes of the files, unfiltered, as plain files
without any mode; neither attributes nor ignore files have any effect. The push is a
compare-and-swap: it succeeds only where the branch is still what was seen. So a run that is killed
anywhere has either published all of the site or nothing, and the next one finds out which by
looking.

Commits of sitegen carry a trailer, and a branch whose last commit lacks it is not sitegen's. There
is one exception: GitHub itself commits the file CNAME when a domain is set there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from sitegen import __version__
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import SitegenError
from sitegen.model.digest import digest
from sitegen.publish.github import CNAME
from sitegen.publish.repository import own_repository
from sitegen.sources.git import Git, GitError, printable, quoted_paths, shown

TRAILER = "Generator"
DEPTH = 10
"""Commits that are fetched, and searched for one by sitegen."""

HAND_OVER = (
    "   git fetch {remote} {branch}\n"
    "   git push {remote} $(git commit-tree -p FETCH_HEAD -m 'Hand over to sitegen'"
    f" -m '{TRAILER}: sitegen' FETCH_HEAD^{{{{tree}}}}):refs/heads/{{branch}}"
)
"""The commands that hand a branch over to sitegen: an empty commit with the trailer."""

MOVED = ("stale info", "fetch first", "non-fast-forward", "failed to update ref", "cannot lock ref")
"""Reasons of git for refusing a push that mean: the branch is not what it was."""

NOBODY = {
    f"GIT_{role}_{what}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "sitegen"), ("EMAIL", "sitegen@localhost"))
}
"""Who publishes where git does not know the person."""


@dataclass(frozen=True, slots=True)
class Tip:
    """The last commit of the branch."""

    commit: str
    tree: str
    is_by_sitegen: bool
    """Whether it, or all below a change of CNAME alone, was published by sitegen."""
    has_history: bool
    domain: str | None
    """What CNAME says."""
    shown: str
    """What it is called and whose it is, for a person."""


@dataclass(frozen=True, slots=True)
class Change:
    """A published file that is not what it was."""

    what: str
    """`added`, `changed` or `removed`."""
    path: str


CHANGES_IN_WORDS = {"A": "added", "D": "removed"}


def branches_at(
    addresses: Sequence[str], source: Git, home: Path, remote: str, name: str
) -> tuple[Branch, ...]:
    """The branch at each of the addresses of a remote, which have one repository of our own."""
    gits = {address: own_repository(source, home, remote, address) for address in addresses}
    is_only = len(gits) == 1
    return tuple(
        Branch(git, remote, name, remote if is_only else address) for address, git in gits.items()
    )


class Branch:
    """A branch of a remote at one of its addresses, through a repository of our own."""

    def __init__(self, git: Git, remote: str, name: str, where: str) -> None:
        """`where` is what messages call the place."""
        self.remote, self.name, self.where = remote, name, shown(where)
        self._ref = f"refs/heads/{name}"
        self._seen = f"refs/published/{digest((remote, where)).hex()}/{name}"
        self._git = git

    def tip(self) -> Tip | None:
        """The last commit of the branch at the remote; None where there is no such branch."""
        listed = self._git("ls-remote", self.remote, self._ref).splitlines()
        commits = [line.split("\t")[0] for line in listed if line.endswith(f"\t{self._ref}")]
        if not commits:
            return None
        commit = commits[0]
        if self._git.asked("rev-parse", "--verify", "--quiet", self._seen) != commit:
            commit = self._fetch()
        log = self._git("log", "-1", "--format=%T%n%P%n'%s' by %an", commit)
        tree, parents, title = log.split("\n")[:3]
        return Tip(
            commit,
            tree,
            is_by_sitegen=self._is_by_sitegen(commit),
            has_history=bool(parents),
            domain=self._domain(commit),
            shown=printable(title),
        )

    def tree(self, files: Mapping[str, Path | str]) -> str:
        """The tree of the files, each given by its place on disk or its text."""
        disk = {path: place for path, place in files.items() if isinstance(place, Path)}
        hashed = self._git(
            *("hash-object", "-w", "--no-filters", "--stdin-paths"),
            feed=quoted_paths(disk.values()),
        )
        blobs = dict(zip(disk, hashed.split(), strict=True))
        for path, text in files.items():
            if isinstance(text, str):
                blobs[path] = self._git("hash-object", "-w", "--stdin", feed=text).strip()
        entries = "".join(f"100644 {blob}\t{path}\0" for path, blob in blobs.items())
        self._git("read-tree", "--empty")
        self._git("update-index", "-z", "--index-info", feed=entries)
        return self._git("write-tree").strip()

    def changes(self, old: Tip | None, tree: str) -> tuple[Change, ...]:
        """What the tree changes, in order of path."""
        before = old.tree if old else self._git("mktree").strip()
        listed = self._git("diff-tree", "-r", "-z", "--no-renames", "--name-status", before, tree)
        parts = listed.split("\0")
        return tuple(
            Change(CHANGES_IN_WORDS.get(letter, "changed"), path)
            for letter, path in zip(parts[::2], parts[1::2], strict=False)
        )

    def commit(self, tree: str, parent: Tip | None, message: str, origin: str) -> str:
        """A new commit with the trailer, not pushed yet; `origin` is what it was built from."""
        parents = ("-p", parent.commit) if parent else ()
        built = f"Source: {origin}\n" if origin else ""
        text = f"{message.strip()}\n\n{built}{TRAILER}: sitegen {__version__}\n"
        author = replace(self._git, environment={**self._git.environment, **self._identity()})
        return author("commit-tree", tree, *parents, feed=text).strip()

    def push(self, commit: str, expected: Tip | None) -> None:
        """Point the branch to the commit, if it still is at `expected`; else SitegenError."""
        lease = f"--force-with-lease={self._ref}:{expected.commit if expected else ''}"
        try:
            self._git("push", "--porcelain", lease, self.remote, f"{commit}:{self._ref}")
        except GitError as error:
            raise self._refusal(error) from error
        self._git("update-ref", self._seen, commit)
        with suppress(GitError):  # it is published, and this only tidies up
            self._git("gc", "--auto", "--quiet")

    def _fetch(self) -> str:
        options = ("--quiet", "--no-tags", "--no-write-fetch-head", f"--depth={DEPTH}")
        self._git("fetch", *options, self.remote, f"+{self._ref}:{self._seen}")
        return self._git("rev-parse", self._seen).strip()

    def _is_by_sitegen(self, commit: str) -> bool:
        """Whether the commit has the trailer, or differs at most in CNAME from one that has it."""
        form = f"--format=%H %(trailers:key={TRAILER},valueonly,separator=%x2C)"
        log = self._git("log", "--first-parent", f"-{DEPTH}", form, commit)
        lines = (line.partition(" ") for line in log.splitlines())
        published = next((line[0] for line in lines if line[2].startswith("sitegen")), None)
        if published in (None, commit):
            return published is not None
        changed = self._git("diff-tree", "-r", "-z", "--name-only", published, commit)
        return changed in ("", f"{CNAME}\0")

    def _domain(self, commit: str) -> str | None:
        text = self._git.asked("cat-file", "blob", f"{commit}:{CNAME}")
        return text.strip() or None if text else None

    def _identity(self) -> Mapping[str, str]:
        """Empty where git has a configured identity; otherwise git would invent one."""
        roles = ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT")
        known = (self._git.asked("-c", "user.useConfigOnly=true", "var", role) for role in roles)
        return {} if all(known) else NOBODY

    def _refusal(self, error: GitError) -> SitegenError:
        """Why the push failed, in one line, with what the remote says about it as the hint."""
        refused = [line for line in error.output.splitlines() if line.startswith("!")]
        if not refused:
            return error
        reason = refused[0].split("\t")[-1].partition("(")[2].removesuffix(")") or refused[0]
        if any(word in reason for word in MOVED):
            message = (
                f"'{self.name}' was changed at '{self.where}' meanwhile: nothing is published there"
            )
            return SitegenError(message, hint="run it again, to publish on top of that")
        said = " ".join(error.remote)
        message = f"'{self.where}' refuses the push to '{self.name}': {reason}"
        return SitegenError(message, hint=f"it says: {said}" if said else None)

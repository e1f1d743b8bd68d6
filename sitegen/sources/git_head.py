"""The commit that a site is on, and the files that say so."""

from __future__ import annotations

from pathlib import Path

from sitegen.model.diagnostics import Diagnostic, SitegenError
from sitegen.model.revisions import Head
from sitegen.sources.discover import CONFIG_FILE
from sitegen.sources.git import Git

_DECIDING = ("packed-refs", "reftable/tables.list", "shallow")
"""What decides which commits there are, besides `HEAD` and the file of its branch."""


def head_of(site: Path) -> Head | None:
    """The commit that is checked out; None where there is none, or no repository, or no git."""
    try:
        said = Git(site)(
            *("rev-parse", "HEAD", "--is-shallow-repository", "--git-path", "HEAD"),
            *("--git-common-dir", "--symbolic-full-name", "HEAD", "--show-prefix"),
        )
    except SitegenError:
        return None
    commit, is_shallow, head, common, branch, folder = said.removesuffix("\n").split("\n", 5)
    files = (head, *(f"{common}/{name}" for name in (branch, *_DECIDING)))
    return Head(commit, folder, tuple(str(site / file) for file in files), is_shallow == "true")


def doubts_of_history(head: Head | None) -> tuple[Diagnostic, ...]:
    """SG018 where the edits of posts are not known, or not all of them."""
    if head is None:
        message = "no git history for this folder, so no edits of posts"
        hint = "commit the posts, or remove `git = true` from [history]"
    elif head.is_shallow:
        message = "this clone is shallow: edits may be missing"
        hint = "fetch the full history: git fetch --unshallow"
    else:
        return ()
    return (Diagnostic("SG018", message, CONFIG_FILE, hint=hint),)

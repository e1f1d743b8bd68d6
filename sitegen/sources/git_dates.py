"""When git saw each file first and last."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sitegen.model.diagnostics import Diagnostic, SitegenError
from sitegen.sources.discover import CONFIG_FILE
from sitegen.sources.git import Git

GitDates = dict[str, tuple[datetime, datetime]]
"""Source path → when it was first and last committed."""


def git_dates(site: Path) -> tuple[GitDates, tuple[Diagnostic, ...]]:
    """When each file of the site entered git and was last changed there; a rename starts over.

    SG009, and what is known, where the site is in no repository or in a shallow clone.
    """
    git = Git(site)
    try:
        shallow = git("rev-parse", "--is-shallow-repository").strip() == "true"
        options = ("--no-renames", "--name-only", "--relative", "--format=%x00%aI")
        log = git(
            *("diff-tree", "--stdin", "--root", "-r", "-z", *options), feed=git("rev-list", "HEAD")
        )
    except SitegenError:
        message = "no git history for this folder, so no dates from git"
        hint = 'commit the posts, or remove `dates = "git"` from [content]'
        return {}, (Diagnostic("SG009", message, CONFIG_FILE, hint=hint),)
    message = "this clone is shallow: dates from git may be wrong"
    hint = "fetch the full history: git fetch --unshallow"
    problem = Diagnostic("SG009", message, CONFIG_FILE, hint=hint)
    return _dates_in(log), (problem,) if shallow else ()


def _dates_in(log: str) -> GitDates:
    """First and last date by path, from the log of `git_dates`.

    A commit is `NUL date NUL`, and where it has files `LF file NUL file NUL`. Dates of authors
    need not rise from commit to commit.
    """
    dates: GitDates = {}
    for commit in log.strip("\0").split("\0\0"):
        when, _, names = commit.partition("\0\n")
        for name in filter(None, names.split("\0")):
            date = datetime.fromisoformat(when)
            first, last = dates.get(name, (date, date))
            dates[name] = (min(first, date), max(last, date))
    return dates

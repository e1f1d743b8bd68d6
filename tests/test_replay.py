"""A real history, commit by commit: each is built with the cache of the one before, and anew.

`make soak REPO=…` replays any repository with Markdown; an everyday run takes a short history.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.conftest import ROOT, SOAK, unavailable
from tests.journal import Journal
from tests.oracle import Twins
from tests.repository import git
from tests.test_edits import EDITS

COMMITS = 8
"""How many of the last commits an everyday run replays."""


def replay(repository: Path, folder: Path, commits: int | None) -> int:
    """How many commits that touch Markdown were built, the oldest first."""
    twins = Twins(folder)
    twins.site.rmdir()
    git(folder, "clone", "--quiet", "--no-checkout", str(repository), str(twins.site))
    known = git(
        twins.site, "rev-list", "--reverse", "--first-parent", "HEAD", "--", "*.md", "*.toml"
    )
    chosen = known.splitlines()[-commits if commits else None :]
    built = 0
    for commit in chosen:
        git(twins.site, "checkout", "--quiet", "--force", commit)
        report = twins.build()
        twins.build_again()
        built += report is not None
    return built


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """A repository with a commit for each kind of edit."""
    journal = Journal(tmp_path / "written")
    git(journal.site, "init", "--quiet")
    (journal.site / ".gitignore").write_text("/public/\n.sitegen/\n")
    for name, (edit, _) in EDITS.items():
        edit(journal)
        git(journal.site, "add", "--all")
        git(journal.site, "commit", "--quiet", "--allow-empty", "--message", name)
    return journal.site


def test_a_written_history(history: Path, tmp_path: Path) -> None:
    assert replay(history, tmp_path, None if SOAK else COMMITS) > 1


def test_the_history_of_this_repository(tmp_path: Path) -> None:
    """Its own posts and manual; a shallow clone has too few commits."""
    repository = Path(os.environ.get("SITEGEN_REPO", ROOT))
    if not (repository / ".git").exists():
        unavailable("this is no clone")
    if git(repository, "rev-parse", "--is-shallow-repository") == "true":
        unavailable("this clone is shallow")
    replay(repository, tmp_path, None if SOAK else 3)

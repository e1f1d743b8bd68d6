"""What git says of the texts of posts, in real repositories."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.model.revisions import Edit
from sitegen.sources.git_head import doubts_of_history, head_of
from sitegen.sources.git_revisions import commits_to, edits_of, texts_of
from tests.repository import git

PROSE = "".join(f"line {number}\n" for number in range(20))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "--quiet", "--template=", "--initial-branch=main")
    return folder


def commit(folder: Path, subject: str, **files: str) -> None:
    """A commit with these texts: `a="…"` is that of `a.md`."""
    for name, text in files.items():
        (folder / f"{name}.md").write_text(text, "utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", subject)


def edits(folder: Path, name: str) -> tuple[Edit, ...]:
    head = head_of(folder)
    assert head
    commits = commits_to(head.commit, folder, None)
    return edits_of([f"{head.folder}{name}.md"], commits).get(f"{head.folder}{name}.md", ())


def subjects(folder: Path, name: str) -> list[str]:
    return [edit.subject for edit in edits(folder, name)]


def test_every_commit_that_changed_a_text_is_an_edit_of_it(repository: Path) -> None:
    commit(repository, "one", a="1", b="1")
    commit(repository, "two", a="2")
    commit(repository, "nothing")
    commit(repository, "three\n\nwhy", b="2")
    assert subjects(repository, "a") == ["one", "two"]
    assert subjects(repository, "b") == ["one", "three"]
    blobs = [edit.blob for edit in edits(repository, "a")]
    assert list(texts_of(blobs, repository).values()) == [b"1", b"2"]


def test_rename_is_followed_into_another_folder(repository: Path) -> None:
    commit(repository, "one", a=PROSE)
    (repository / "blog").mkdir()
    git(repository, "mv", "a.md", "blog/b.md")
    commit(repository, "moved")
    (repository / "blog/b.md").write_text(f"{PROSE}more")
    commit(repository, "two")
    assert subjects(repository / "blog", "b") == ["one", "two"]


def test_name_that_was_given_again_is_another_post(repository: Path) -> None:
    commit(repository, "old", a="old")
    git(repository, "rm", "--quiet", "a.md")
    commit(repository, "gone")
    commit(repository, "new", a="new")
    assert subjects(repository, "a") == ["new"]


def test_merge_is_one_edit_with_what_it_brought(repository: Path) -> None:
    """The commits of another branch were never what readers saw."""
    commit(repository, "one", a="1")
    git(repository, "checkout", "--quiet", "-b", "draft")
    commit(repository, "try", a="2")
    commit(repository, "try again", a="3")
    git(repository, "checkout", "--quiet", "main")
    commit(repository, "other", b="1")
    title = "Merge pull request #1 from me/draft\n\nSay it better"
    git(repository, "merge", "--quiet", "--no-ff", "--message", title, "draft")
    assert subjects(repository, "a") == ["one", "Say it better"]


def test_subject_of_a_merge_that_says_only_what_it_merged_is_empty(repository: Path) -> None:
    commit(repository, "one", a="1")
    git(repository, "checkout", "--quiet", "-b", "draft")
    commit(repository, "try", a="2")
    git(repository, "checkout", "--quiet", "main")
    git(repository, "merge", "--quiet", "--no-ff", "draft")
    assert subjects(repository, "a") == ["one", ""]


@pytest.mark.parametrize("subject", ["\x1b[31mred", "ten – fünf", "a\tb"])
def test_subject_is_text(repository: Path, subject: str) -> None:
    commit(repository, subject, a="1")
    assert subjects(repository, "a") == ["".join(c for c in subject if c.isprintable())]


@pytest.mark.parametrize(
    "setting",
    [
        *("diff.renames=false", "diff.renameLimit=1", "log.showSignature=true", "log.date=raw"),
        *("diff.noprefix=true", "diff.relative=true", "core.quotePath=true", "color.ui=always"),
        *("i18n.logOutputEncoding=latin1", "format.pretty=oneline"),
    ],
)
def test_settings_of_git_change_no_edit(repository: Path, setting: str) -> None:
    commit(repository, "eins, zwö", a=PROSE, b="x")
    git(repository, "mv", "a.md", "c.md")
    commit(repository, "two", c=f"{PROSE}more", b="y")
    expected = edits(repository, "c")
    git(repository, "config", *setting.split("="))
    assert edits(repository, "c") == expected
    assert [edit.subject for edit in expected] == ["eins, zwö", "two"]


def test_only_new_commits_are_read(repository: Path) -> None:
    commit(repository, "one", a="1")
    first = head_of(repository)
    assert first
    known = commits_to(first.commit, repository, None)
    commit(repository, "two", a="2")
    second = head_of(repository)
    assert second
    found = commits_to(second.commit, repository, (first.commit, known))
    assert found == commits_to(second.commit, repository, None)
    assert found[1] is known[0]


def test_history_that_was_written_again_is_read_again(repository: Path) -> None:
    commit(repository, "one", a="1")
    commit(repository, "two", a="2")
    head = head_of(repository)
    assert head
    known = head.commit, commits_to(head.commit, repository, None)
    git(repository, "commit", "--quiet", "--amend", "--message", "second")
    amended = head_of(repository)
    assert amended
    found = commits_to(amended.commit, repository, known)
    assert [commit.subject for commit in found] == ["second", "one"]


def test_shallow_clone_and_no_repository_are_doubts(repository: Path, tmp_path: Path) -> None:
    commit(repository, "one", a="1")
    commit(repository, "two", a="2")
    assert doubts_of_history(head_of(repository)) == ()
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth=1", repository.as_uri(), str(clone))
    nowhere = tmp_path / "nowhere"
    nowhere.mkdir()
    for folder in (clone, nowhere):
        [doubt] = doubts_of_history(head_of(folder))
        assert (doubt.code, doubt.path) == ("SG018", "sitegen.toml")
    assert subjects(clone, "a") == ["two"]

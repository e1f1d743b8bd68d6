"""The revisions of posts: which texts are one, and what is built from them.

Each build is also one without what earlier builds left behind, and compared with it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.model.report import Report
from tests.journal import Journal
from tests.repository import git

ONE = "content/posts/one.md"
PAGE, CHANGES = "posts/one/index.html", "posts/one/changes/index.html"


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """A site with one commit."""
    journal = Journal(tmp_path)
    journal.configure(**{"history.git": "true"})
    journal.commit("first")
    journal.build()
    return journal


def built(journal: Journal) -> Report:
    report = journal.build()
    assert report
    journal.build_again()
    return report


def page(journal: Journal, path: str = PAGE) -> str:
    return (journal.site / "public" / path).read_text("utf-8")


def test_commit_is_a_revision_where_readers_see_a_change(journal: Journal) -> None:
    journal.post(ONE, "One.\n\n## Part\n\nThe rest.\n\nNew.")
    journal.commit("Say more")
    report = built(journal)
    assert {PAGE, CHANGES} <= set(report.written)
    assert "/posts/one/changes/ 2" in page(journal)
    assert page(journal).count('data-r="2"') == 2
    assert "Say more" in page(journal, CHANGES)
    assert "<ins>" in page(journal, CHANGES)


def test_commit_that_no_reader_can_see_is_none(journal: Journal) -> None:
    journal.post(ONE, "One.\n\n\nPart\n----\n\nRest.", order="1")
    journal.commit("Format all posts")
    built(journal)
    assert "None 1" in page(journal)
    assert not (journal.site / "public" / CHANGES).exists()


def test_commit_of_nothing_makes_nothing_again(journal: Journal) -> None:
    journal.post(ONE, "Other.")
    journal.commit("Other")
    built(journal)
    journal.commit("Nothing")
    assert built(journal).written == ()


def knows(journal: Journal) -> bool:
    """Whether builds leave nothing to do, once all files are old enough to tell a change."""
    return any(journal.answer() for _ in range(4) if journal.attempt())


@pytest.mark.parametrize("key", ["history.git", "content.dates"])
def test_build_with_nothing_to_do_knows_a_new_commit_without_git(tmp_path: Path, key: str) -> None:
    journal = Journal(tmp_path)
    journal.configure(**{key: "true" if key == "history.git" else '"git"'})
    journal.commit()
    assert knows(journal)
    git(journal.site, "gc", "--quiet")
    assert journal.answer() is None
    assert knows(journal)
    journal.commit()
    assert journal.answer() is None


def test_what_is_not_committed_is_shown_but_marked_by_no_revision(journal: Journal) -> None:
    journal.post(ONE, "One.\n\nSecond.")
    journal.commit("Second")
    journal.post(ONE, "One.\n\nSecond.\n\nThird.")
    built(journal)
    assert "Third." in page(journal)
    assert page(journal).count("data-r") == 1
    assert "Third." not in page(journal, CHANGES)
    journal.commit("Third")
    built(journal)
    assert page(journal).count("data-r") == 2


def test_commit_without_any_file_that_changed_since_the_last_build(journal: Journal) -> None:
    """No file changes when a commit does, so nothing but git can tell."""
    journal.post(ONE, "One.\n\nSecond.")
    built(journal)
    journal.commit("Second")
    assert set(built(journal).written) == {PAGE, CHANGES}


def test_moved_post_keeps_its_revisions(journal: Journal) -> None:
    journal.post(ONE, "One. " * 40)
    journal.commit("Long")
    journal.rename(ONE, "content/posts/new.md")
    journal.commit("Move")
    built(journal)
    assert "/posts/new/changes/ 2" in page(journal, "posts/new/index.html")


def test_history_that_was_written_again_is_followed(journal: Journal) -> None:
    journal.post(ONE, "Other.")
    journal.commit("Other")
    built(journal)
    git(journal.site, "reset", "--quiet", "--soft", "HEAD~1")
    assert set(built(journal).removed) == {CHANGES}
    journal.commit("Another")
    built(journal)
    assert "Another" in page(journal, CHANGES)


def test_text_that_came_back_is_a_revision_each_time(journal: Journal) -> None:
    """The steps between the same two texts were counted once."""
    for body in ("A.", "B.", "A.", "B."):
        journal.post(ONE, body)
        journal.commit(body)
        built(journal)
    assert "/posts/one/changes/ 5" in page(journal)
    assert page(journal, CHANGES).count("<ins>") == 4


def test_feeds_say_what_the_last_edit_was(journal: Journal) -> None:
    journal.configure(**{"history.feeds": "true"})
    journal.post("content/posts/four.md", "Five.")
    journal.commit("Count <again>")
    built(journal)
    feed = page(journal, "atom.xml")
    assert "Edited 1 May 2024 · Count &amp;lt;again&amp;gt;" in feed
    assert "https://me.example/posts/four/changes/" in feed


def test_old_text_that_cannot_be_read_is_passed_over(journal: Journal) -> None:
    journal.write(ONE, b"\xff")
    journal.commit("Broken")
    journal.post(ONE, "Whole.")
    journal.commit("Mended")
    built(journal)
    assert "/posts/one/changes/ 2" in page(journal)
    assert "Broken" not in page(journal, CHANGES)


def test_damaged_changes_are_read_from_git_again(journal: Journal) -> None:
    journal.post(ONE, "Other.")
    journal.commit("Other")
    built(journal)
    before = page(journal, CHANGES)
    journal.remove(".sitegen")
    journal.remove(f"public/{CHANGES}")
    built(journal)
    assert page(journal, CHANGES) == before


def test_site_without_history_asks_git_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    report = journal.build()
    assert report
    assert report.is_published
    assert not (journal.site / "public/parts/changes.js").exists()


def test_what_nobody_could_read_is_no_revision(journal: Journal) -> None:
    """Every step on the way to a first version was an edit of it."""
    new = "content/posts/new.md"
    for body in ("Draft.", "A better draft."):
        journal.post(new, body, date="2024-05-20", draft="true")
        journal.commit(body, "2024-05-02T10:00:00Z")
        built(journal)
    for day, body in (
        ("10", "Done too early."),
        ("19", "Done."),
        ("21", "Done. With a word more."),
    ):
        journal.post(new, body, draft=None)
        journal.commit(body, f"2024-05-{day}T10:00:00Z")
        built(journal)
    assert "/posts/new/changes/ 2" in page(journal, "posts/new/index.html")
    assert "draft" not in page(journal, "posts/new/changes/index.html")
    assert "early" not in page(journal, "posts/new/changes/index.html")


def test_draft_between_two_versions_is_passed_over(journal: Journal) -> None:
    for body, draft in (("Two.", None), ("Not this.", "true"), ("Three.", None)):
        journal.post(ONE, body, draft=draft)
        journal.commit(body)
        built(journal)
        journal.build("other", drafts=True)
    assert "/posts/one/changes/ 3" in page(journal)
    assert "Not this." not in page(journal, CHANGES)


def test_text_is_compared_again_where_readers_saw_another_before_it(journal: Journal) -> None:
    """A step was known by its two texts, of which a draft is one that readers never saw."""
    for first in ("Alpha.", "Beta."):
        for body, draft in ((first, None), ("Draft.", "true"), ("Gamma.", None)):
            journal.post(ONE, body, draft=draft)
            journal.commit(body)
        built(journal)
        assert f"</span>{first.removesuffix('.')}</del>" in page(journal, CHANGES)
        git(journal.site, "reset", "--quiet", "--soft", "HEAD~3")

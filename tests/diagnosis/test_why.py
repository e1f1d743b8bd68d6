"""`sitegen why`: what it says of pages that are there, and of posts that are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import sitegen

NOON = "1735732800"
"""The first of January 2025, 12:00 UTC."""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    posts = tmp_path / "content" / "posts"
    posts.mkdir(parents=True)
    config = 'base_url = "https://me.example/blog/"\ntimezone = "Europe/Paris"\n'
    (tmp_path / "sitegen.toml").write_text(config, "utf-8")
    (posts / "first.md").write_text("---\ntags: a\n---\nFirst.\n", "utf-8")
    (posts / "second.md").write_text("---\ntags: a\n---\nSee [it](first.md).\n", "utf-8")
    return tmp_path


def why(site: Path, target: str, *options: str) -> str:
    done = sitegen("why", target, site, *options, SOURCE_DATE_EPOCH=NOON)
    assert done.returncode == 0, done.stderr
    return " ".join(done.stdout.split())


def build(site: Path, *options: str) -> None:
    assert sitegen("build", site, *options, SOURCE_DATE_EPOCH=NOON).returncode == 0


@pytest.mark.parametrize(
    "target",
    [
        "https://me.example/blog/posts/first/",
        "/blog/posts/first/",
        "posts/first/",
        "posts/first",
        "posts/first/index.html",
        "content/posts/first.md",
        "posts/first.md",
        "first.md",
    ],
)
def test_a_page_has_many_names(site: Path, target: str) -> None:
    build(site)
    assert why(site, target).startswith("posts/first/index.html address /blog/posts/first/")


def test_page_that_nobody_touched_is_kept(site: Path) -> None:
    build(site)
    told = why(site, "posts/first/")
    assert "rendered 2025-01-01 13:00:00 CET, because there was no record of an earlier one" in told
    assert "now up to date" in told


def test_page_tells_which_of_its_reads_has_changed(site: Path) -> None:
    build(site)
    (site / "content" / "posts" / "first.md").write_text("---\nslug: one\n---\nFirst.\n", "utf-8")
    told = why(site, "posts/second/")
    assert "to be rebuilt" in told
    assert "the address of content/posts/first.md" in told
    build(site)
    told = why(site, "posts/second/")
    _, _, changed = told.partition("because these had changed: ")
    assert "the address of content/posts/first.md" in changed.partition(" now ")[0]


def test_altered_file_is_told_from_altered_source(site: Path) -> None:
    build(site)
    (site / "public" / "index.html").write_text("mine", "utf-8")
    assert "its file is not the one that was written" in why(site, "/")


def test_site_that_was_never_built_is_all_new(site: Path) -> None:
    assert "to be built: there is no record of an earlier one" in why(site, "/")
    assert not (site / "public").exists()


@pytest.mark.parametrize(
    ("front", "reason"),
    [
        ("draft: true", "it is a draft; use --drafts to publish drafts"),
        ("date: 2025-01-01 16:12", "in the future by 3 h 12 m (2025-01-01 16:12 in Europe/Paris)"),
        ("expires: 2024-12-30 12:00", "it expired 2 d 1 h ago"),
        ("date: 2024-02-30", "SG107"),
    ],
)
def test_absent_post_has_a_reason(site: Path, front: str, reason: str) -> None:
    (site / "content" / "posts" / "absent.md").write_text(f"---\n{front}\n---\nText.\n", "utf-8")
    assert reason in why(site, "posts/absent.md")


def test_unknown_page_is_a_mistake_with_a_hint(site: Path) -> None:
    done = sitegen("why", "/posts/frist/", site)
    assert done.returncode == 2
    assert "did you mean 'posts/first'?" in done.stderr

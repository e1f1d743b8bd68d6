"""`sitegen check` says which posts have left their addresses since they were published."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.prefork import sitegen
from tests.repository import git

CONFIG = 'base_url = "https://me.example/blog/"\n[permalinks]\nposts = "/{year}/{slug}/"\n'
POSTS = {
    "a": "---\ntitle: A\ndate: 2024-01-01\n---\nText of A.\n",
    "b": "---\ntitle: B\nid: b\ndate: 2024-01-02\n---\nText of B.\n",
    "2024-01-03-c": "# C\n\nText of C.\n",
    "d": "---\ntitle: D\ndate: 2024-01-04\ndraft: true\n---\nText of D.\n",
}


def post(site: Path, name: str) -> Path:
    return site / f"content/posts/{name}.md"


def commit(site: Path, *trailers: str) -> str:
    git(site, "add", "--all")
    message = "\n\n".join(("x", *trailers))
    git(site, "commit", "--quiet", "--allow-empty", "-m", message)
    return git(site, "rev-parse", "HEAD").strip()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that is committed as it is."""
    folder = tmp_path / "repository" / "site"
    (folder / "content/posts").mkdir(parents=True)
    (folder / "sitegen.toml").write_text(CONFIG, "utf-8")
    (folder / ".gitignore").write_text(".sitegen\n", "utf-8")
    for name, text in POSTS.items():
        post(folder, name).write_text(text, "utf-8")
    git(folder.parent, "init", "--quiet")
    commit(folder)
    return folder


def moved(site: Path) -> list[tuple[str, int, str]]:
    """Where a check reports moved posts, and the alias that it offers."""
    done = sitegen("check", site, "--format", "json")
    found = [d for d in json.loads(done.stdout)["diagnostics"] if d["code"] == "SG426"]
    return [(d["path"], d["line"], d["hint"].partition("aliases: ")[2]) for d in found]


def replace(file: Path, old: str, new: str) -> None:
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")


def test_posts_that_were_renamed_or_given_another_address_are_found(site: Path) -> None:
    assert moved(site) == []
    replace(post(site, "a"), "date: 2024-01-01", "slug: é new\ndate: 2024-01-01")
    post(site, "b").rename(post(site, "sub-b"))
    post(site, "sub-b").write_text("---\nid: b\ndate: 2023-05-06\n---\nQuite another.\n", "utf-8")
    post(site, "2024-01-03-c").rename(post(site, "2024-01-03-see"))
    replace(post(site, "d"), "date: 2024-01-04", "date: 2023-01-04")
    expected = [
        ("content/posts/2024-01-03-see.md", 1, "[/2024/c/]"),
        ("content/posts/a.md", 3, "[/2024/a/]"),
        ("content/posts/sub-b.md", 3, "[/2024/b/]"),
    ]
    assert moved(site) == expected
    commit(site)
    assert moved(site) == expected, "what was just pushed is compared with the commit before"
    replace(post(site, "a"), "title: A", "title: A\naliases: [/2024/a/]")
    post(site, "b").write_text("---\ndate: 2024-02-01\n---\nSomething else.\n", "utf-8")
    commit(site)
    assert moved(site) == []


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        (
            "---\ntitle: X\nslug: new # s\n---\n",
            "---\ntitle: X\nslug: new\naliases: [/2024/x/] # s\n---\n",
        ),
        ("---\naliases: [/a/, /b/]\n---\n", "---\naliases: [/a/, /2024/x/, /b/]\n---\n"),
        ("---\naliases:\n  - /a/\n---\n", "---\naliases:\n  - /a/\n  - /2024/x/\n---\n"),
        ("---\naliases: /a/\n---\n", "---\naliases: [/a/, /2024/x/]\n---\n"),
        ('+++\ntitle = "X"\n+++\n', '+++\ntitle = "X"\naliases = ["/2024/x/"]\n+++\n'),
        ("", "---\naliases: [/2024/x/]\n---\n"),
    ],
)
def test_fix_adds_the_alias_and_leaves_all_else(site: Path, text: str, mended: str) -> None:
    post(site, "2024-06-07-x").write_text(f"{text}# X\n\nText of X.\n", "utf-8")
    if "slug: new" in text:
        replace(post(site, "2024-06-07-x"), "slug: new # s\n", "")
    commit(site)
    post(site, "2024-06-07-x").rename(post(site, "2024-06-07-y"))
    post(site, "2024-06-07-y").write_text(f"{text}# X\n\nText of X.\n", "utf-8")
    sitegen("check", site, "--fix")
    assert post(site, "2024-06-07-y").read_text("utf-8") == f"{mended}# X\n\nText of X.\n"
    assert moved(site) == []


def test_new_pattern_of_permalinks_moves_all_posts(site: Path) -> None:
    replace(site / "sitegen.toml", "/{year}/{slug}/", "/{slug}/")
    names = ("2024-01-03-c", "a", "b")
    assert [path for path, _, _ in moved(site)] == [f"content/posts/{name}.md" for name in names]
    sitegen("check", site, "--fix")
    assert moved(site) == []


def test_links_follow_a_file_that_was_renamed(site: Path) -> None:
    links = '[a](a.md) [b](<a.md#part> "t") [[a]] ![[a#part|p]] [c](/2024/a/) [no](x.md)'
    replace(post(site, "b"), "Text of B.", links)
    replace(post(site, "a"), "title: A", "title: Not its name")
    replace(post(site, "a"), "Text", "## Part\n\nText")
    commit(site)
    (site / "content/posts/sub").mkdir()
    post(site, "a").rename(post(site, "sub/2024-01-01-new"))
    sitegen("check", site, "--fix")
    new = "sub/2024-01-01-new.md"
    mended = f'[a]({new}) [b](<{new}#part> "t") [[new]] ![[new#part|p]] [c](/2024/a/) [no](x.md)'
    assert mended in post(site, "b").read_text("utf-8")


def test_post_keeps_the_id_that_feeds_know_it_by(site: Path) -> None:
    for name in ("a", "d"):
        replace(post(site, name), "title:", f"id: {name}\ntitle:")
    post(site, "2024-01-03-c").unlink()
    replace(post(site, "b"), "id: b\n", "")
    commit(site)
    post(site, "b").rename(post(site, "new"))
    sitegen("check", site, "--fix")
    front = post(site, "new").read_text("utf-8").split("---")[1]
    assert front == '\nid: "b"\nslug: "new"\ntitle: B\naliases: [/2024/b/]\ndate: 2024-01-02\n'


def test_what_only_differs_in_its_words_or_is_gone_is_not_reported(site: Path) -> None:
    replace(post(site, "a"), "Text", "Other text")
    post(site, "b").unlink()
    post(site, "new").write_text("---\ntitle: New\ndate: 2024-05-01\n---\nNew.\n", "utf-8")
    assert moved(site) == []


def test_published_is_what_the_branch_of_the_site_was_built_from(site: Path) -> None:
    source = git(site, "rev-parse", "HEAD").strip()
    replace(post(site, "a"), "date: 2024-01-01", "slug: other\ndate: 2024-01-01")
    commit(site)
    commit(site)
    commit(site)
    assert moved(site) == []
    published = commit(site, f"Source: {source}\nGenerator: sitegen 1")
    git(site, "update-ref", "refs/remotes/origin/gh-pages", published)
    assert moved(site) == [("content/posts/a.md", 3, "[/2024/a/]")]


def publish(site: Path, *options: str) -> str:
    """What a publish to the remote beside the repository says."""
    done = sitegen("publish", site, "--remote", (site.parent / "remote.git").as_uri(), *options)
    assert done.returncode == 0, done.stderr
    return done.stderr


@pytest.fixture
def bare(site: Path) -> Path:
    """The same site in no repository, with a remote to publish to."""
    (site.parent / ".git").rename(site.parent / "git")
    git(site.parent, "init", "--quiet", "--bare", "remote.git")
    return site


def test_addresses_that_were_published_are_known_without_a_repository(bare: Path) -> None:
    publish(bare)
    replace(post(bare, "a"), "date: 2024-01-01", "slug: new\ndate: 2024-01-01")
    post(bare, "b").rename(post(bare, "sub-b"))
    replace(post(bare, "sub-b"), "date: 2024", "date: 2023")
    post(bare, "2024-01-03-c").rename(post(bare, "2024-01-03-see"))
    post(bare, "2024-01-03-see").write_text("# C\n\nOther text.\n", "utf-8")
    assert moved(bare) == [
        ("content/posts/2024-01-03-see.md", 1, "[/2024/c/]"),
        ("content/posts/a.md", 3, "[/2024/a/]"),
        ("content/posts/sub-b.md", 4, "[/2024/b/]"),
    ]


def test_publish_names_moved_posts_and_they_are_known_until_mended(bare: Path) -> None:
    publish(bare)
    replace(bare / "sitegen.toml", "/{year}/{slug}/", "/{slug}/")
    assert publish(bare).count("warning SG426") == 3
    replace(post(bare, "a"), "date: 2024-01-01", "slug: new\ndate: 2024-01-01")
    assert [alias for _, _, alias in moved(bare)] == [
        *("[/2024/c/]", "[/2024/a/]"),
        *("[/a/]", "[/2024/b/]"),
    ]
    sitegen("check", bare, "--fix")
    assert "aliases: [/a/, /2024/a/]" in post(bare, "a").read_text("utf-8")
    assert "SG426" not in publish(bare)
    assert moved(bare) == []


def test_what_was_never_published_has_not_moved(bare: Path) -> None:
    (bare.parent / "git").rename(bare.parent / ".git")
    publish(bare, "--dry-run")
    post(bare, "a").rename(post(bare, "once"))
    commit(bare)
    assert "SG426" not in publish(bare)


def test_site_without_history_has_no_moved_posts(site: Path) -> None:
    (site.parent / ".git").rename(site.parent / "git")
    assert moved(site) == []

"""Folders that a site must not be built into."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.model.diagnostics import UsageError
from sitegen.model.output import MANIFEST
from sitegen.storage.output_folder import STAGING
from sitegen.storage.output_guard import check_folder


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    for name in ("content/posts", "templates", "static", "repo/.git"):
        (folder / name).mkdir(parents=True)
    (folder / "sitegen.toml").write_text("")
    (folder / "link").symlink_to("content")
    return folder


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        (".", "is the site's own folder"),
        ("..", "contains the site's own folder"),
        ("/", "contains the site's own folder"),
        ("~", "your home folder"),
        ("content", "is '"),
        ("link", "is '"),
        ("content/posts", "is inside '"),
        ("content/new", "is inside '"),
        ("static/x/y", "is inside '"),
        ("templates", "is '"),
        ("public/../content", "is '"),
        ("sitegen.toml", "is a file"),
        ("repo", "is the root of a git repository"),
        ("repo/.git", "is inside the files of a git repository"),
        ("repo/.git/objects/new", "is inside the files of a git repository"),
        (".git", "is inside the files of a git repository"),
        ("n" * 256, "File name too long"),
    ],
)
def test_a_folder_that_holds_something_else_is_refused(
    site: Path, output: str, reason: str
) -> None:
    sources = [site / name for name in ("content", "templates", "static", "sitegen.toml")]
    with pytest.raises(UsageError, match=reason) as caught:
        check_folder(site / Path(output).expanduser(), site, sources)
    assert caught.value.hint


@pytest.mark.parametrize("name", ["notes.txt", "folder/notes.txt", ".keep"])
def test_a_folder_with_files_of_somebody_else_is_refused(site: Path, name: str) -> None:
    """A site was put among them, and some day its removed pages are looked for there."""
    (site / "mine" / name).parent.mkdir(parents=True)
    (site / "mine" / name).write_text("mine")
    with pytest.raises(UsageError, match=f"did not write: '{name.partition('/')[0]}'") as caught:
        check_folder(site / "mine", site, [site / "content"])
    assert str(caught.value.hint).startswith("name a folder that is new or empty,")
    (site / "mine" / MANIFEST).write_text("[]")
    check_folder(site / "mine", site, [site / "content"])


@pytest.mark.parametrize("left", [(), (STAGING,)])
def test_an_empty_folder_or_the_stage_of_a_killed_build_is_accepted(
    site: Path, left: tuple[str, ...]
) -> None:
    (site / "public").mkdir()
    for name in left:
        (site / "public" / name).mkdir()
    check_folder(site / "public", site, [site / "content"])


@pytest.mark.parametrize("output", ["public", "build/public", "../elsewhere", "content-public"])
def test_a_folder_of_its_own_is_accepted(site: Path, output: str) -> None:
    check_folder(site / output, site, [site / "content", site / "static", site / "missing"])


def test_a_site_whose_posts_lie_in_its_own_folder_has_its_output_inside(site: Path) -> None:
    check_folder(site / "public", site, [site, site / "templates"])
    with pytest.raises(UsageError):
        check_folder(site, site, [site])

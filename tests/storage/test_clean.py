"""`sitegen clean` removes what sitegen wrote, and nothing else."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from sitegen.model.output import MANIFEST
from sitegen.storage.cache import Store
from tests.command import COMMAND, sitegen


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that was built, and has a cache."""
    folder = tmp_path / "site"
    (folder / "content").mkdir(parents=True)
    (folder / "content/a.md").write_text("A.\n", "utf-8")
    sitegen("build", folder)
    assert (folder / ".sitegen/cache.db").is_file()
    return folder


def files(folder: Path) -> set[str]:
    return {str(f.relative_to(folder)) for f in folder.rglob("*") if not f.is_dir()}


def test_site_is_as_if_it_had_never_been_built(site: Path) -> None:
    done = sitegen("clean", cwd=site)
    assert (done.returncode, done.stdout) == (0, "")
    assert sorted(path.name for path in site.iterdir()) == ["content"]


def test_foreign_files_stay(site: Path) -> None:
    (site / "public/CNAME").write_text("a.example\n", "utf-8")
    (site / "public/posts/a/notes.txt").write_text("Mine.\n", "utf-8")
    sitegen("clean", cwd=site)
    left = {"content/a.md", "public/CNAME", "public/posts/a/notes.txt", f"public/{MANIFEST}"}
    assert files(site) == left
    assert sitegen("clean", cwd=site).stderr == "nothing to remove\n"
    assert sitegen("build", site).returncode == 0
    assert files(site) > left


def test_dry_run_names_what_a_real_run_removes(site: Path) -> None:
    before = files(site)
    named = sitegen("clean", "--dry-run", cwd=site).stdout.split()
    assert files(site) == before
    sitegen("clean", cwd=site)
    gone = {path for path in before - files(site) if not path.startswith(".sitegen/")}
    assert set(named) == gone | {".sitegen"}


def test_folder_without_a_list_of_ours_is_left_alone(site: Path) -> None:
    (site / "public" / MANIFEST).unlink()
    before = files(site / "public")
    sitegen("clean", cwd=site)
    assert files(site / "public") == before


@pytest.mark.parametrize("path", ["../content/a.md", "{}/content/a.md", "link/a.md", "alias.md"])
def test_list_that_leads_outside_is_not_followed(site: Path, path: str) -> None:
    (site / "public/link").symlink_to(site / "content")
    (site / "public/alias.md").symlink_to(site / "content/a.md")
    (site / "public" / MANIFEST).write_text(json.dumps([path.format(site)]), "utf-8")
    assert "a.md" not in sitegen("clean", "--dry-run", cwd=site).stdout
    sitegen("clean", cwd=site)
    assert (site / "content/a.md").is_file()
    assert (site / "public/alias.md").is_symlink()


def test_cache_that_is_a_link_is_left_alone(site: Path, tmp_path: Path) -> None:
    (site / ".sitegen").rename(tmp_path / "elsewhere")
    (site / ".sitegen").symlink_to(tmp_path / "elsewhere")
    assert sitegen("clean", cwd=site).returncode == 0
    assert (tmp_path / "elsewhere/cache.db").is_file()


def test_output_elsewhere_is_cleaned_where_it_is(site: Path, tmp_path: Path) -> None:
    sitegen("build", "--output", tmp_path / "out", cwd=site)
    sitegen("clean", "--output", tmp_path / "out", cwd=site)
    assert not (tmp_path / "out").exists()
    assert (site / "public/index.html").is_file()


def test_nothing_to_remove_is_no_error(site: Path) -> None:
    sitegen("clean", cwd=site)
    done = sitegen("clean", cwd=site)
    assert (done.returncode, done.stderr) == (0, "nothing to remove\n")


def test_build_that_runs_is_waited_for(site: Path) -> None:
    with Store(site, b"", clean=True).session():
        running = subprocess.Popen([str(COMMAND), "clean"], cwd=site, stderr=subprocess.PIPE)
        assert running.stderr is not None
        assert b"waiting" in running.stderr.readline()
        assert (site / "public/index.html").is_file()
    assert running.wait(timeout=60) == 0
    running.stderr.close()
    assert not (site / "public").exists()

"""Making many pages: the same in many processes as in one, mistakes included."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sitegen.execution.executor import FEW
from tests.command import sitegen


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with more pages than one process is to make."""
    posts = tmp_path / "site" / "content" / "posts"
    posts.mkdir(parents=True)
    for number in range(FEW + 1):
        tags = f"tags: [t{number % 3}]"
        text = f"---\ntitle: Post {number}\n{tags}\n---\nSee [another]({number // 2}.md).\n"
        (posts / f"{number}.md").write_text(text, "utf-8")
    return tmp_path / "site"


def build(site: Path, jobs: int) -> tuple[int, Any, dict[str, bytes]]:
    """The status and the report of a build, and every file that it made."""
    output = site.parent / f"public-{jobs}"
    options = ("--jobs", str(jobs), "--clean", "--format", "json", "-o", output)
    done = sitegen("build", site, *options, SOURCE_DATE_EPOCH="0")
    files = (path for path in output.rglob("*") if path.is_file())
    made = {path.relative_to(output).as_posix(): path.read_bytes() for path in files}
    return done.returncode, json.loads(done.stdout), made


def test_many_processes_make_the_same_pages(site: Path) -> None:
    status, _, made = build(site, 3)
    assert (status, made) == (0, build(site, 1)[2])
    assert len(made) > FEW


def test_mistake_of_a_template_is_told_once_from_all_processes(site: Path) -> None:
    template = site / "templates" / "post.html"
    template.parent.mkdir()
    template.write_text("{{ page.titel }}", "utf-8")
    (status, many, made), (_, one, _) = build(site, 3), build(site, 1)
    assert (status, made) == (1, {})
    assert many["diagnostics"] == one["diagnostics"]
    told = [d["message"] for d in many["diagnostics"] if d["code"] == "SG502"]
    assert len(told) == 1
    assert f"and {FEW} more" in told[0]

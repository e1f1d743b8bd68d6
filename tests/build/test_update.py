"""Making many pages: the same in many processes as in one, mistakes included."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sitegen.execution.executor import FEW
from tests.command import COMMAND, sitegen
from tests.oracle import files


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


# What happens to a worker

FORKED = pytest.mark.skipif(sys.platform != "linux", reason="pages are rendered in this process")
IN_WORKERS = """
import os
from sitegen.plugins.plugin import Plugin, TemplateNames

def end(page):
    if page.title == "Post 77":
        os.kill({}, 9)
    return ""

plugin = Plugin("end", "1", templates=TemplateNames(functions={{"end": end}}))
"""
"""A plug-in that ends a process while a worker renders a certain page."""


def built(site: Path) -> dict[str, bytes]:
    """The files of a site that is built, all of whose pages are then to be rendered again."""
    assert sitegen("build", site, "--jobs", "2").returncode == 0
    (site / "templates").mkdir()
    (site / "templates/post.html").write_text("{{ page.content }}{{ end(page) }}", "utf-8")
    return files(site / "public")


def in_workers(site: Path, what: str) -> None:
    (site / "plugins").mkdir(exist_ok=True)
    (site / "plugins/end.py").write_text(IN_WORKERS.format(what), "utf-8")


@FORKED
def test_a_worker_whose_disk_is_full_is_one_line_and_leaves_the_old_site(site: Path) -> None:
    old = built(site)
    page = "{{ page.content }}{% if page.title == 'Post 77' %}{{ 'x' * 3000000 }}{% endif %}"
    (site / "templates/post.html").write_text(page, "utf-8")
    limited = ("sh", "-c", 'ulimit -f 2048; exec "$@"', "sh", COMMAND, "build", site, "--jobs", "2")
    done = subprocess.run(limited, capture_output=True, text=True, check=False)
    place = site / "public/posts/77/index.html"
    assert done.stderr == f"error: cannot write '{place}': File too large\n"
    assert files(site / "public") == old


@FORKED
def test_a_worker_that_dies_leaves_the_old_site(site: Path) -> None:
    old = built(site)
    in_workers(site, "os.getpid()")
    done = sitegen("build", site, "--jobs", "2")
    assert done.returncode == 1
    assert done.stderr.startswith("error: a worker process died")
    assert files(site / "public") == old


@FORKED
def test_workers_of_a_killed_build_are_not_in_the_way_of_the_next_one(site: Path) -> None:
    """They have its lock, so what they may still write to the stage is removed after they end."""
    built(site)
    in_workers(site, "os.getppid()")
    assert sitegen("build", site, "--jobs", "2").returncode == -9
    (site / "plugins/end.py").unlink()
    (site / "templates/post.html").write_text("{{ page.content }}", "utf-8")
    assert sitegen("build", site, "--jobs", "2").returncode == 0
    made = files(site / "public")
    assert sitegen("build", site, "--clean", "-o", site / "new").returncode == 0
    assert made == files(site / "new")


@FORKED
def test_a_new_output_folder_goes_again_though_a_worker_made_it(site: Path) -> None:
    built(site)
    in_workers(site, "os.getpid()")
    place = site / "deep" / "public"
    assert sitegen("build", site, "--jobs", "2", "-o", place).returncode == 1
    assert not place.parent.exists()


def test_documents_that_outlast_a_failed_build_are_those_of_its_plugins(site: Path) -> None:
    """They are saved before the output folder changes, and so is what they were made with."""
    plugin = site / "plugins" / "mark.py"
    plugin.parent.mkdir()
    text = (
        "from dataclasses import replace\n"
        "from sitegen.plugins.plugin import Plugin\n"
        "def mark(document):\n"
        "    html = document.rendered.html + '<p>{0}</p>'\n"
        "    return replace(document, rendered=replace(document.rendered, html=html))\n"
        "plugin = Plugin('mark', '1', document=mark)\n"
    )
    plugin.write_text(text.format("one"), "utf-8")
    assert sitegen("build", site).returncode == 0
    old = files(site / "public")
    (site / "content/posts/new.md").write_text("New.\n", "utf-8")
    (site / "public/posts/new").mkdir()
    (site / "public/posts/new/index.html").write_text("of somebody else", "utf-8")
    plugin.write_text(text.format("two"), "utf-8")
    assert "SG601" in sitegen("build", site).stderr
    plugin.write_text(text.format("one"), "utf-8")
    (site / "content/posts/new.md").unlink()
    (site / "public/posts/new/index.html").unlink()
    assert sitegen("build", site).returncode == 0
    assert files(site / "public") == old

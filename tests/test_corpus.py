"""Real posts of seven sites, each folder taken as a site as it is.

A site either builds, or every file and line it cannot be built with is named. The numbers are
pinned: a change of any is a change of what sitegen makes of real blogs, and is looked at.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from tests.command import sitegen

URL = "https://blog.example/sub/"

LENIENT = """\
[permalinks]
posts = "/posts/{section}/{slug}/"
[diagnostics]
SG301 = "warning"
SG302 = "warning"
SG303 = "warning"
"""
"""What the owner of an old blog would write to get it built today."""

EXPECTED: dict[str, tuple[int, dict[str, int]]] = {
    "babel-blog": (
        0,
        {
            "SG107": 2,
            "SG302": 3,
            "SG303": 11,
            "SG401": 3,
            "SG404": 2,
            "SG406": 1,
            "SG901": 10,
            "SG904": 5,
            "SG905": 6,
        },
    ),
    "jekyll-posts": (
        0,
        {"SG111": 1, "SG205": 1, "SG301": 81, "SG303": 2, "SG901": 44, "SG902": 7, "SG904": 4},
    ),
    "jekyll-torture": (
        0,
        {
            "SG006": 1,
            "SG010": 1,
            "SG101": 1,
            "SG108": 1,
            "SG111": 2,
            "SG115": 2,
            "SG201": 4,
            "SG203": 2,
            "SG205": 1,
            "SG901": 32,
            "SG904": 2,
        },
    ),
    "nushell-blog": (
        0,
        {
            "SG007": 1,
            "SG301": 3,
            "SG302": 12,
            "SG303": 52,
            "SG401": 34,
            "SG406": 1,
            "SG901": 1,
            "SG904": 40,
            "SG905": 1,
        },
    ),
    "opensource-guide": (0, {"SG111": 1, "SG201": 13, "SG301": 6, "SG302": 1, "SG303": 57}),
    "scikit-learn-blog": (
        0,
        {
            "SG013": 1,
            "SG110": 1,
            "SG111": 34,
            "SG301": 43,
            "SG303": 33,
            "SG901": 44,
            "SG904": 1,
            "SG905": 1,
        },
    ),
    "simonw-til": (0, {"SG301": 4}),
    "twbs-blog": (0, {"SG111": 2, "SG201": 1, "SG301": 4, "SG303": 134, "SG901": 70, "SG904": 8}),
}
"""By site: pages built (none where it has errors), and diagnostics by code."""

TOLERATED = {
    "babel-blog": (2, 102),
    "jekyll-posts": (0, 148),
    "jekyll-torture": (4, 111),
    "nushell-blog": (0, 56),
    "opensource-guide": (0, 26),
    "scikit-learn-blog": (0, 83),
    "simonw-til": (0, 172),
    "twbs-blog": (1, 189),
}
"""By site: files to take away before its owner can build it, and pages built then."""

Told = list[dict[str, object]]


def build(site: Path, output: Path) -> tuple[int, Told]:
    """Pages built and diagnostics of a site, which must be all that the command says."""
    done = sitegen("build", site, "--base-url", URL, "--format", "json", "-o", output)
    assert done.stderr == ""
    report = json.loads(done.stdout)
    return report["pages"], report["diagnostics"]


@pytest.mark.parametrize("name", EXPECTED)
def test_site_builds_or_names_every_line_it_cannot_take(
    name: str, shared: Path, tmp_path: Path
) -> None:
    site = shutil.copytree(shared / "corpus" / name, tmp_path / "site", symlinks=True)
    pages, told = build(site, tmp_path / "public")
    assert (pages, dict(Counter(problem["code"] for problem in told))) == EXPECTED[name]
    assert all(problem["path"] or problem["severity"] == "info" for problem in told)


@pytest.mark.parametrize("name", TOLERATED)
def test_owner_can_build_it_today(name: str, shared: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(shared / "corpus" / name, site)
    (site / "sitegen.toml").write_text(LENIENT, "utf-8")
    _, told = build(site, tmp_path / "public")
    broken = {str(problem["path"]) for problem in told if problem["severity"] == "error"}
    for path in broken:
        (site / path).unlink()
    pages, _ = build(site, tmp_path / "public")
    assert (len(broken), pages) == TOLERATED[name]
    for page in (tmp_path / "public").rglob("*.html"):
        text = page.read_text("utf-8")
        assert not re.search(r"<p>---|<hr[ /]*>\s*<h2[^>]*>(title|layout|author|date):", text)
        assert "\0" not in text

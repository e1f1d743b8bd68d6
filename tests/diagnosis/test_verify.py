"""`sitegen build --verify`: the same site, built again from nothing, elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command import sitegen

ORDER = """
from sitegen.plugins.plugin import Plugin, TemplateNames

plugin = Plugin("order", "1", templates=TemplateNames(functions={"order": lambda: hash("x")}))
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    post = tmp_path / "content" / "posts" / "a.md"
    post.parent.mkdir(parents=True)
    post.write_text("---\ntags: [x, y]\ndate: 2024-05-01\n---\nText.\n", "utf-8")
    return tmp_path


def test_build_is_compared_with_a_clean_one(site: Path) -> None:
    for _ in range(2):
        done = sitegen("build", site, "--verify")
        assert done.returncode == 0
        assert "verified: a clean build gives the same" in done.stdout


def test_every_file_that_differs_is_named(site: Path) -> None:
    """A plug-in is code, and can give what depends on more than the site."""
    for path, text in {"plugins/order.py": ORDER, "templates/404.html": "{{ order() }}"}.items():
        (site / path).parent.mkdir()
        (site / path).write_text(text, "utf-8")
    done = sitegen("build", site, "--verify", "--format", "json", PYTHONHASHSEED="1")
    report = json.loads(done.stdout)
    assert done.returncode == 1
    assert not report["verified"]
    assert [(d["code"], d["path"]) for d in report["differences"]] == [("SG603", "404.html")]


def test_verification_leaves_the_cache_alone(site: Path) -> None:
    sitegen("build", site)
    before = (site / ".sitegen" / "cache.db").read_bytes()
    sitegen("build", site, "--verify")
    assert (site / ".sitegen" / "cache.db").read_bytes() == before

"""The first promise: one post in an empty `content/`, one command, a complete site."""

from __future__ import annotations

import json
import re
import shutil
from html import unescape
from pathlib import Path

import feedparser
import pytest

from tests.command import sitegen


@pytest.fixture
def said(shared: Path) -> dict[str, str]:
    """What the post says of itself, read in the simplest way: a `key: value` a line."""
    header = (shared / "seed" / "flask-to-fastapi.md").read_text("utf-8").split("---")[1]
    pairs = (line.partition(": ") for line in header.splitlines())
    return {key: value for key, colon, value in pairs if colon}


@pytest.fixture
def tags(shared: Path) -> list[str]:
    header = (shared / "seed" / "flask-to-fastapi.md").read_text("utf-8").split("---\n")[1]
    found = re.findall(r"^  - (.+)$", header, re.MULTILINE)
    assert len(found) == 5
    return found


@pytest.fixture
def public(shared: Path, tmp_path: Path) -> Path:
    """The site built from nothing but the seed post."""
    (tmp_path / "content").mkdir()
    shutil.copy(shared / "seed" / "flask-to-fastapi.md", tmp_path / "content")
    done = sitegen("build", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    return tmp_path / "public"


@pytest.fixture
def post(public: Path) -> str:
    return (public / "posts/flask-to-fastapi/index.html").read_text("utf-8")


def test_title_is_escaped_once(post: str, said: dict[str, str]) -> None:
    assert f">{said['title']}</h1>" in post
    assert "&amp;" not in post.partition("<main")[0]


def test_both_python_blocks_are_highlighted(post: str) -> None:
    assert post.count('<code class="language-python">') == 2
    assert '<span class="kn">from</span>' in post
    assert '<span class="nf">items</span>' in post


def test_every_tag_has_a_page_that_lists_the_post(
    public: Path, said: dict[str, str], tags: list[str]
) -> None:
    for tag in tags:
        assert said["title"] in (public / f"tags/{tag}/index.html").read_text("utf-8")
        assert len(feedparser.parse(public / f"tags/{tag}/feed.xml").entries) == 1
    overview = (public / "tags/index.html").read_text("utf-8")
    assert all(f'href="/tags/{tag}/"' in overview for tag in tags)


def test_excerpt_is_on_the_home_page_and_in_the_feeds(public: Path, said: dict[str, str]) -> None:
    excerpt = said["excerpt"]
    assert excerpt in unescape((public / "index.html").read_text("utf-8"))
    for feed in ("feed.xml", "atom.xml"):
        assert excerpt in feedparser.parse(public / feed).entries[0].summary
    assert excerpt in json.loads((public / "feed.json").read_text("utf-8"))["items"][0]["summary"]


def test_no_date_is_invented(public: Path, post: str) -> None:
    assert "<time" not in post
    assert "<time" not in (public / "index.html").read_text("utf-8")
    assert "published" not in feedparser.parse(public / "feed.xml").entries[0]
    assert "published" not in feedparser.parse(public / "atom.xml").entries[0]
    assert "date_published" not in (public / "feed.json").read_text("utf-8")
    assert "lastmod" not in (public / "sitemap.xml").read_text("utf-8")


def test_front_matter_is_on_no_page(public: Path) -> None:
    for page in public.rglob("*.html"):
        assert "id: flask-to-fastapi" not in page.read_text("utf-8")

"""Images from the site folder to the site: what is made of them, and when again."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from sitegen.build.pipeline import build
from sitegen.build.session import BuildOptions, session_in
from sitegen.model.diagnostics import has_errors
from sitegen.storage.cache import Store
from tests.command import sitegen
from tests.conftest import ROOT
from tests.images.test_variants import photo
from tests.oracle import NOON, files

POST = "---\ndate: 2024-01-02\n---\n![a](a.jpg)\n\n![b](b.png 'B')\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Two posts, of which one shows a photo and a drawing."""
    folder = tmp_path / "site/content/posts/trip"
    folder.mkdir(parents=True)
    (folder / "index.md").write_text(POST)
    (folder.parent / "other.md").write_text("Nothing to see.\n")
    photo(900, 600).save(folder / "a.jpg", quality=90)
    photo(100, 60).convert("1").save(folder / "b.png")
    (tmp_path / "site/sitegen.toml").write_text('base_url = "https://me.example/"\n')
    return tmp_path / "site"


def built(site: Path, *options: str) -> str:
    done = sitegen("build", site, *options)
    assert done.returncode == 0, done.stderr
    return done.stdout


def sources(page: str) -> Iterator[str]:
    """The URLs that browsers may choose from."""
    for srcset in re.findall(r'srcset="([^"]*)"', page):
        yield from (unescape(part).split()[0] for part in srcset.split(","))


def page_of(site: Path) -> str:
    return (site / "public/posts/trip/index.html").read_text("utf-8")


def test_page_offers_copies_that_are_there_and_feeds_the_file(site: Path) -> None:
    built(site)
    page = page_of(site)
    found = [*sources(page)]
    assert "/posts/trip/a.jpg.800.avif" in found
    assert all((site / f"public{url}").is_file() for url in found)
    assert re.search(r'<img width="900" height="600"[^>]*src="/posts/trip/a.jpg"', page)
    feed = unescape((site / "public/feed.xml").read_text("utf-8"))
    assert '<img width="900" height="600" src="https://me.example/posts/trip/a.jpg"' in feed


def test_changed_image_renders_the_page_that_shows_it_and_no_other(site: Path) -> None:
    built(site)
    built(site)  # what was new is settled
    photo(900, 500).save(site / "content/posts/trip/a.jpg", quality=90)
    assert "built 1 page " in built(site)
    assert 'height="500"' in page_of(site)
    kept = files(site / "public")
    built(site, "--clean")
    assert files(site / "public") == kept


def test_copies_of_an_image_that_is_shown_no_more_are_removed(site: Path) -> None:
    built(site)
    (site / "content/posts/trip/index.md").write_text("---\ndate: 2024-01-02\n---\n[a](a.jpg)\n")
    built(site)
    left = {file.name for file in (site / "public/posts/trip").iterdir()}
    assert left == {"index.html", "a.jpg", "b.png"}
    assert not [*(site / ".sitegen/images").iterdir()]


def test_copies_that_are_lost_or_damaged_are_made_again(site: Path) -> None:
    built(site)
    made = files(site / "public")
    for copy in (site / ".sitegen/images").rglob("*.avif"):
        copy.write_bytes(b"")
    for file in (site / "public/posts/trip").glob("*.avif"):
        file.unlink()
    built(site)
    assert files(site / "public") == made


def test_server_shows_a_new_image_at_once_and_the_copies_that_there_are(site: Path) -> None:
    built(site)
    photo(900, 500).save(site / "content/posts/trip/new.jpg", quality=90)
    with (site / "content/posts/trip/index.md").open("a") as post:
        post.write("\n![c](new.jpg)\n")
    store, output = Store(site, b""), site.parent / "served"
    options = BuildOptions(NOON, output, makes_copies=False)
    with store.session():
        assert not has_errors(build(session_in(store, site, options, lambda *_: None)).diagnostics)
    store.close()
    page = (output / "posts/trip/index.html").read_text("utf-8")
    assert 'width="900" height="500"' in page
    assert "a.jpg.800.avif" in page or "a.jpg.800.webp" in page
    assert "new.jpg." not in page


def without_pillow(tmp_path: Path) -> str:
    """The path of all that is installed but Pillow."""
    folder = tmp_path / "installed"
    folder.mkdir()
    for place in map(Path, sys.path):
        for entry in place.iterdir() if place.name == "site-packages" else ():
            if not entry.name.lower().startswith(("pil", "pillow")):
                (folder / entry.name).symlink_to(entry)
    return f"{ROOT}:{folder}"


def test_extra_can_come_and_go_between_builds(site: Path, tmp_path: Path) -> None:
    built(site)
    made = files(site / "public")
    command = [sys.executable, "-S", "-m", "sitegen", "build", str(site)]
    environment = {"PYTHONPATH": without_pillow(tmp_path)}
    subprocess.run(command, env=environment, check=True, capture_output=True)
    plain = page_of(site)
    assert "srcset" not in plain
    assert 'width="900" height="600"' in plain
    assert not [*(site / "public/posts/trip").glob("*.avif")]
    built(site)
    assert files(site / "public") == made

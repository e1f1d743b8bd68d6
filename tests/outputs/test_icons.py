"""The icons of a site, and what its pages and its manifest say of them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.oracle import OUTPUT, Twins, files

pytest.importorskip("pyvips")

CONFIG = 'title = "Blog"\nbase_url = "https://me.example/blog/"\n'
MARK = (ROOT / "sitegen/theme/static/favicon.svg").read_text("utf-8")
MADE = {
    *("favicon.ico", "apple-touch-icon.png"),
    *("icon-192.png", "icon-512.png", "icon-maskable.png"),
}
LINK = re.compile(r'<link rel="(icon|apple-touch-icon|manifest)" href="/blog/([^"]+)"')


@pytest.fixture
def site(tmp_path: Path) -> Twins:
    twins = Twins(tmp_path)
    twins.write("sitegen.toml", CONFIG)
    twins.write("content/posts/a.md", "Text.")
    return twins


def links(twins: Twins) -> list[tuple[str, str]]:
    """What the home page links: only what there is."""
    found = LINK.findall((twins.site / OUTPUT / "index.html").read_text("utf-8"))
    assert {path for _, path in found} <= files(twins.site / OUTPUT).keys()
    return found


def icons(twins: Twins) -> list[str]:
    """The paths of the icons that the manifest names: only what there is."""
    made = files(twins.site / OUTPUT)
    manifest = json.loads(made["manifest.webmanifest"])
    assert (manifest["name"], manifest["start_url"]) == ("Blog", "/blog/")
    found = [str(icon["src"]).removeprefix("/blog/") for icon in manifest["icons"]]
    assert {*found} <= made.keys()
    return found


def test_a_site_without_a_picture_has_the_icon_of_the_theme(site: Twins) -> None:
    site.build()
    assert links(site) == [("icon", "favicon.svg"), ("manifest", "manifest.webmanifest")]
    assert icons(site) == ["favicon.svg"]


def test_one_picture_gives_icons_of_every_size(site: Twins) -> None:
    site.write("static/me.svg", MARK)
    site.write("sitegen.toml", f'icon = "/me.svg"\n{CONFIG}')
    site.build()
    assert files(site.site / OUTPUT).keys() >= MADE
    assert links(site) == [
        ("icon", "favicon.ico"),
        ("icon", "me.svg"),
        ("apple-touch-icon", "apple-touch-icon.png"),
        ("manifest", "manifest.webmanifest"),
    ]
    assert icons(site) == ["icon-192.png", "icon-512.png", "icon-maskable.png", "me.svg"]


EDITS: tuple[tuple[str, Callable[[Twins], object], set[str]], ...] = (
    ("a text", lambda site: site.write("content/posts/a.md", "More."), set()),
    (
        "the picture",
        lambda site: site.write("static/me.svg", MARK.replace('r="6"', 'r="4"')),
        MADE,
    ),
    (
        "an icon of one's own",
        lambda site: site.write("static/favicon.ico", b"own"),
        {"favicon.ico"},
    ),
    (
        "another picture",
        lambda site: site.write("sitegen.toml", f'icon = "favicon.svg"\n{CONFIG}'),
        {*MADE, "manifest.webmanifest"} - {"favicon.ico"},
    ),
    ("none", lambda site: site.write("sitegen.toml", CONFIG), {"manifest.webmanifest"}),
)
"""One after the other: what is edited, and which icons and manifests are written."""


def test_icons_are_drawn_again_for_another_picture_and_nothing_else(site: Twins) -> None:
    """Each build is compared with a clean one, byte for byte."""
    site.write("static/me.svg", MARK)
    site.write("sitegen.toml", f'icon = "/me.svg"\n{CONFIG}')
    site.build()
    for name, edit, drawn in EDITS:
        edit(site)
        report = site.build()
        assert report
        made = {s.path for s in report.stale} & {*MADE, "manifest.webmanifest"}
        assert made == drawn, name
        assert links(site)
        assert icons(site)
    assert files(site.site / OUTPUT).keys() & MADE == {"favicon.ico"}

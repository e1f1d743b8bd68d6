"""The style sheet of a site, and the fonts that it names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sitegen.outputs.style_sheet import LAYERS
from sitegen.sources.discover import STYLES, THEME
from tests.examples import build, write

POST = "# Title\n\nText, and a note.[^1]\n\n[^1]: Here.\n"


def made(folder: Path, configuration: str = "", style: str | None = None) -> Path:
    """The site of one post, finished."""
    configuration = f'base_url = "https://me.example/"\n{configuration}'
    write(folder, {"sitegen.toml": configuration, "content/posts/a.md": POST})
    if style is not None:
        write(folder, {"static/style.css": style})
    assert build(folder, folder / "public")["diagnostics"] == []
    return folder / "public"


PARTS = [*(THEME / STYLES).rglob("*.css"), *(THEME / "static/parts").glob("*.css")]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_every_rule_of_the_theme_is_in_a_layer(part: Path) -> None:
    """So the order of the parts does not matter, and any rule of a site wins."""
    text = re.sub(r"/\*.*?\*/", "", part.read_text("utf-8"), flags=re.DOTALL)
    outer = re.findall(r"^(?! |\}|@font-face)(.+?) *\{", text, re.MULTILINE)
    layers = re.findall(r"\w+", LAYERS.removeprefix("@layer"))
    assert {name.removeprefix("@layer ") for name in outer} <= {*layers}


def test_fonts_are_published_where_the_style_sheet_looks_for_them(tmp_path: Path) -> None:
    site = made(tmp_path)
    named = re.findall(r'url\("(.+?)"\)', (site / "style.css").read_text("utf-8"))
    assert len(named) == 6
    assert [name for name in named if not (site / name).is_file()] == []
    page = (site / "posts" / "a" / "index.html").read_text("utf-8")
    preloaded = re.findall(r'rel="preload" href="/(.+?)"', page)
    assert preloaded == ["fonts/literata.woff2", "fonts/atkinson-mono.woff2"]
    assert sum((site / name).stat().st_size for name in preloaded) <= 50_000


def test_page_of_another_script_fetches_no_latin_prose_font(tmp_path: Path) -> None:
    page = made(tmp_path, 'language = "ja"') / "posts" / "a" / "index.html"
    assert re.findall(r'rel="preload" href="/fonts/(.+?)\.', page.read_text("utf-8")) == [
        "atkinson-mono"
    ]


def test_system_fonts_cost_nothing(tmp_path: Path) -> None:
    site = made(tmp_path, '[theme]\nfonts = "system"')
    assert not (site / "fonts").exists()
    assert "@font-face" not in (site / "style.css").read_text("utf-8")
    assert "preload" not in (site / "posts" / "a" / "index.html").read_text("utf-8")


def test_style_sheet_of_a_site_replaces_that_of_the_theme(tmp_path: Path) -> None:
    sheet = made(tmp_path, style="/* mine */\n").joinpath("style.css").read_text("utf-8")
    assert sheet.startswith("/* mine */\n")
    assert "@layer reset" not in sheet


TABS = "::: code-group\n```sh [a]\nls\n```\n:::\n"


@pytest.mark.parametrize(
    ("own", "kept"),
    [
        ((), {"archive": ["catalogue.css"], "posts/b": ["tabs.css", "tabs.js"]}),
        (("style.css",), {"archive": [], "posts/b": ["tabs.js"]}),
        (("script.js",), {"archive": ["catalogue.css"], "posts/b": ["tabs.css"]}),
    ],
)
def test_what_is_cut_out_of_a_file_is_replaced_with_it(
    tmp_path: Path, own: tuple[str, ...], kept: dict[str, list[str]]
) -> None:
    write(tmp_path, {"content/posts/b.md": f"# B\n\n{TABS}"} | {f"static/{n}": "/**/" for n in own})
    site = made(tmp_path)
    pages = {page: (site / page / "index.html").read_text("utf-8") for page in kept}
    assert {page: re.findall(r'"/parts/(.+?)"', html) for page, html in pages.items()} == kept


def test_large_first_post_costs_only_the_site_that_shows_one(tmp_path: Path) -> None:
    sheets = (
        (made(tmp_path / home, f'[theme]\nhome = "{home}"') / "style.css").read_text("utf-8")
        for home in ("timeline", "index", "cover")
    )
    assert [".cover img{" in sheet for sheet in sheets] == [False, False, True]


def test_own_style_sheet_gets_the_colours_of_code_and_not_the_tokens(tmp_path: Path) -> None:
    """A site that had written its own before there were tokens had code without colours."""
    sheet = (made(tmp_path, style="p { color: red }") / "style.css").read_text("utf-8")
    assert sheet.startswith("p { color: red }")
    assert "{color:light-dark(#1f4e9c, #9cc4ff)}" in sheet
    assert "var(" not in sheet


def test_search_has_a_style_sheet_of_its_own_with_any_style_of_the_site(tmp_path: Path) -> None:
    """The dialog of a site with its own style sheet was a heap of text."""
    with_tokens = (made(tmp_path / "a") / "search.css").read_text("utf-8")
    without = (made(tmp_path / "b", style="p {}") / "search.css").read_text("utf-8")
    assert "var(--paper)" in with_tokens
    assert "background:light-dark(#fbfaf7, #131618)" in without
    assert "border-radius:8px" in without
    assert "var(" not in without
    assert ".search-dialog" not in (tmp_path / "a/public/style.css").read_text("utf-8")
    assert not (made(tmp_path / "c", "[theme]\nsearch = false") / "search.css").exists()


def test_style_of_pygments_stands_beside_that_of_the_theme(tmp_path: Path) -> None:
    site = made(tmp_path, '[highlight]\nlight = "default"')
    sheet = (site / "style.css").read_text("utf-8")
    assert "background-color:light-dark(#f8f8f8,var(--sunk))" in sheet
    assert "light-dark(#0000FF,var(--code-function))" in sheet

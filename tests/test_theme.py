"""What `[theme]` changes, seen in a real browser on a site of one post."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from sitegen.config.palette import is_colour
from sitegen.sources.discover import tokens_of_theme
from tests.command import sitegen
from tests.conftest import tool

ADDRESS = "https://me.example/"
POST = """---
title: Post
date: 2026-11-20
---
A [link](https://example.org/).

```python
def f(): return "text"
```
"""
LINK = "getComputedStyle(document.querySelector('.prose a')).color"
PAPER = "getComputedStyle(document.documentElement).backgroundColor"
KEYWORD = "getComputedStyle(document.querySelector('.highlight .k')).color"
BARS = "[...document.querySelectorAll('[name=theme-color]')].map(bar => bar.content)"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=tool("chromium"), args=options)
        yield browser
        browser.close()


Seen = Callable[[str, Literal["light", "dark"]], Page]


@pytest.fixture
def seen(browser: Browser, tmp_path: Path) -> Iterator[Seen]:
    """The post of a site with this configuration, for a reader with this scheme."""
    pages = []

    def show(configuration: str, scheme: Literal["light", "dark"]) -> Page:
        (tmp_path / "content").mkdir(exist_ok=True)
        (tmp_path / "content/post.md").write_text(POST, "utf-8")
        text = f'base_url = "{ADDRESS}"\n{configuration}'
        (tmp_path / "sitegen.toml").write_text(text, "utf-8")
        done = sitegen("build", cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        pages.append(page := browser.new_page(color_scheme=scheme))
        page.route("**/*", lambda route: route.fulfill(path=_file(tmp_path, route.request.url)))
        page.goto(f"{ADDRESS}posts/post/")
        return page

    yield show
    for page in pages:
        page.close()


def _file(site: Path, url: str) -> Path:
    path = site / "public" / url.removeprefix(ADDRESS)
    return path / "index.html" if path.is_dir() else path


def test_accent_is_the_colour_of_links_in_both_schemes(seen: Seen) -> None:
    accent = '[theme]\naccent = ["#8a3b12", "#f0a878"]'
    assert seen(accent, "light").evaluate(LINK) == "rgb(138, 59, 18)"
    assert seen(accent, "dark").evaluate(LINK) == "rgb(240, 168, 120)"


def test_colour_of_the_page_is_that_of_the_browsers_frame_too(seen: Seen) -> None:
    page = seen('[theme.dark]\npaper = "#101214"', "dark")
    assert page.evaluate(PAPER) == "rgb(16, 18, 20)"
    assert page.evaluate(BARS) == ["#fbfaf7", "#101214"]


@pytest.mark.parametrize(("scheme", "bar"), [("light", "#fbfaf7"), ("dark", "#131618")])
def test_one_scheme_is_for_every_reader_and_has_no_switch(
    seen: Seen, scheme: str, bar: str
) -> None:
    papers, keywords = set(), set()
    for reader in ("light", "dark"):
        page = seen(f'[theme]\nscheme = "{scheme}"', reader)
        papers.add(page.evaluate(PAPER))
        keywords.add(page.evaluate(KEYWORD))
        assert page.evaluate(BARS) == [bar]
        assert page.locator(".scheme").count() == 0
    assert len(papers) == len(keywords) == 1


def test_dark_site_is_printed_in_its_light_colours(seen: Seen) -> None:
    """Code kept the colours of its dark style, on paper that is white."""
    styles = '[theme]\nscheme = "dark"\n[highlight]\nlight = "default"\ndark = "monokai"'
    page = seen(styles, "dark")
    assert page.evaluate(KEYWORD) == "rgb(102, 217, 239)"
    page.emulate_media(media="print")
    assert page.evaluate(KEYWORD) == "rgb(0, 128, 0)"
    assert page.evaluate(PAPER) == "rgb(251, 250, 247)"


def test_switch_can_be_left_out(seen: Seen) -> None:
    page = seen("[theme]\ntoggle = false", "dark")
    assert page.locator(".scheme").count() == 0
    assert page.evaluate(BARS) == ["#fbfaf7", "#131618"]


def test_switch_changes_the_colours_of_code_too(seen: Seen) -> None:
    """They followed the reader's system only, so that dark code lay on a light page."""
    styles = '[highlight]\nlight = "default"\ndark = "monokai"'
    light, dark = (seen(styles, scheme).evaluate(KEYWORD) for scheme in ("light", "dark"))
    page = seen(styles, "dark")
    weight = "getComputedStyle(document.querySelector('.highlight .k')).fontWeight"
    thin = page.evaluate(weight)
    page.locator(".scheme").click()
    assert page.evaluate(KEYWORD) == light != dark
    assert page.evaluate(weight) != thin


def test_every_font_and_width_of_a_site_is_the_one_in_use(seen: Seen) -> None:
    """`rail` was set again by the layout, so that no site could change it."""
    own = [token for token in tokens_of_theme().values() if not is_colour(token)]
    given = {each.name: "serif" if "font" in each.meaning else "2.25rem" for each in own}
    table = "\n".join(f'{name} = "{value}"' for name, value in given.items())
    page = seen(f"[theme.light]\n{table}", "light")
    page.set_viewport_size({"width": 1440, "height": 800})
    style = "getComputedStyle(document.documentElement)"
    used = {name: page.evaluate(f"{style}.getPropertyValue('--{name}')") for name in given}
    assert used == given


def test_node_of_a_title_is_on_the_rail_whatever_its_direction(seen: Seen) -> None:
    """That of a Latin title on an Arabic page was on the other side of the page."""
    node = "getComputedStyle(document.querySelector('.head h1'), '::before')"
    assert seen('language = "ar"', "light").evaluate(f"{node}.right") == "-34.5px"
    assert seen('language = "en"', "light").evaluate(f"{node}.left") == "-34.5px"

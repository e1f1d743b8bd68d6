"""No text is cut off, on another or off the screen: narrow, spaced, mirrored, printed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import ROOT
from tests.showcase import DEMO, PAGES, Showcase

GEOMETRY = (ROOT / "tests/geometry.js").read_text("utf-8")
"""Every visible line of text, against its surroundings, the screen and every other."""

SPACED = """
  * {
    line-height: 1.5 !important;
    letter-spacing: .12em !important;
    word-spacing: .16em !important;
  }
  p { margin-bottom: 2em !important }
"""
"""The most that readers may ask of a text (WCAG 2.2, 1.4.12)."""


def problems(
    showcase: Showcase, browser: Browser, *widths: int, style: str = "", media: str | None = None
) -> dict[str, Any]:
    found = {}
    with showcase.tab(browser) as tab:
        if media:
            tab.emulate_media(media="print")
        for page in showcase.pages:
            tab.goto(page)
            if style:
                tab.add_style_tag(content=style)
            for width in widths:
                tab.set_viewport_size({"width": width, "height": 900})
                if wrong := tab.evaluate(GEOMETRY):
                    found[f"{page} {width}"] = wrong
    return found


@pytest.mark.parametrize("name", PAGES)
def test_text_has_its_place(
    showcases: Callable[[str], Showcase], browser: Browser, name: str
) -> None:
    assert problems(showcases(name), browser, 320, 360, 768, 1024, 1440) == {}


def test_text_may_be_spaced(showcases: Callable[[str], Showcase], browser: Browser) -> None:
    assert problems(showcases(DEMO), browser, 320, 1440, style=SPACED) == {}


def test_everything_is_printed(showcases: Callable[[str], Showcase], browser: Browser) -> None:
    """On A4 between margins of 2 cm: there is no scrolling on paper, not even of code."""
    printed = "pre, table, .highlight { overflow: hidden !important }"
    found = problems(showcases(DEMO), browser, 642, style=printed, media="print")
    assert found == {}


def box(tab: Page, selector: str) -> Any:  # noqa: ANN401 (JSON)
    found = tab.locator(selector).first.bounding_box()
    assert found is not None
    return found


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("page", ["posts/arabic/", "posts/hebrew/"])
def test_page_is_mirrored_where_its_language_is_read_from_the_right(
    showcases: Callable[[str], Showcase], browser: Browser, page: str, width: int
) -> None:
    with showcases(DEMO).tab(browser, viewport={"width": width, "height": 900}) as tab:
        for selector in (".prose", "article .meta", "h1"):
            tab.goto("posts/function/")
            left = box(tab, selector)
            tab.goto(page)
            right = box(tab, selector)
            assert right["x"] + right["width"] == pytest.approx(width - left["x"], abs=2), selector
        code = tab.locator("pre code").first
        assert code.evaluate("one => getComputedStyle(one).direction") == "ltr"


def test_long_contents_can_be_reached_beside_the_text(
    showcases: Callable[[str], Showcase], browser: Browser
) -> None:
    screen = {"width": 1440, "height": 900}
    with showcases(DEMO).tab(browser, viewport=screen, reduced_motion="reduce") as tab:
        tab.goto("posts/habits/")
        last = tab.locator("nav.toc a").last
        last.focus()
        assert (where := last.bounding_box())
        assert 0 <= where["y"] <= 900 - where["height"]
        text = box(tab, ".prose")
        assert where["x"] + where["width"] <= text["x"]

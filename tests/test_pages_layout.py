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
PRINTED = "pre, table, .highlight { overflow: hidden !important }"
"""There is no scrolling on paper, not even of code."""
A4 = 642
"""Between margins of 2 cm, in pixels of CSS."""


def problems(tab: Page, *widths: int, style: str = "/* none */") -> dict[int, Any]:
    """What is wrong with the page at these widths, where a reader has added this style."""
    added = tab.add_style_tag(content=style)
    found = {}
    for width in widths:
        tab.set_viewport_size({"width": width, "height": 900})
        if wrong := tab.evaluate(GEOMETRY):
            found[width] = wrong
    added.evaluate("style => style.remove()")
    return found


@pytest.mark.parametrize("name", PAGES)
def test_text_has_its_place(
    showcases: Callable[[str], Showcase], browser: Browser, name: str
) -> None:
    """It may be spaced, and is printed as it is shown: of the demonstration, that is tried too."""
    showcase, found = showcases(name), {}
    with showcase.tab(browser) as tab:
        for page in showcase.pages:
            tab.goto(page)
            found[page] = problems(tab, 320, 360, 768, 1024, 1440)
            if name == DEMO:
                found[f"{page} spaced"] = problems(tab, 320, 1440, style=SPACED)
                tab.emulate_media(media="print")
                found[f"{page} printed"] = problems(tab, A4, style=PRINTED)
                tab.emulate_media(media="screen")
    assert {page: wrong for page, wrong in found.items() if wrong} == {}


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


@pytest.mark.parametrize("width", [360, 1440])
def test_what_a_site_adds_to_a_page_is_in_the_column_of_the_text(
    showcases: Callable[[str], Showcase], browser: Browser, width: int
) -> None:
    """Below the footer, as the manual adds it, and before the content; the first was at the top."""
    added = """() => {
        const places = [...document.querySelectorAll("main, footer.site")]
        const [above, below] = ["Above.", "Below."].map(text => {
            const added = document.createElement("p")
            added.textContent = text
            return added
        })
        places[0].before(above)
        places[1].after(below)
        const box = it => it.getBoundingClientRect()
        const [column, main, footer] = [document.querySelector("h1"), ...places].map(box)
        return [
            box(above).left - column.left, box(below).left - column.left,
            main.top >= box(above).bottom, box(below).top >= footer.bottom,
        ]
    }"""
    with showcases(DEMO).tab(browser) as tab:
        tab.set_viewport_size({"width": width, "height": 900})
        tab.goto("about/")
        assert tab.evaluate(added) == [0, 0, True, True]

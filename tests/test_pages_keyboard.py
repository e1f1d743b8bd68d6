"""With nothing but a keyboard, a page is crossed in few steps, and the focus is always seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.showcase import DEMO, MANUAL, Showcase

STOP = """() => {
  const one = document.activeElement
  if (one === document.body) return null
  const box = one.getClientRects()[0]
  const ring = style => style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth)
  const rings = [null, "::before", "::after"].map(part => ring(getComputedStyle(one, part)))
  const at = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 12))
  return {
    html: one.outerHTML.slice(0, 120),
    ring: Math.max(...rings),
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    covered: !(at && (one.contains(at) || at.contains(one))),
  }
}"""
"""The element that has the focus: its ring in pixels, and whether it can be seen."""


def stops(tab: Page) -> list[dict[str, Any]]:
    """All stops of the Tab key on a page, in order."""
    found: list[dict[str, Any]] = []
    while len(found) < 500:
        tab.keyboard.press("Tab")
        if (stop := tab.evaluate(STOP)) is None:
            return found
        found.append(stop)
    raise AssertionError("the focus never leaves the page")


@pytest.mark.parametrize(("name", "width"), [(DEMO, 360), (DEMO, 1440), (MANUAL, 1440)])
def test_focus_is_always_seen(
    showcases: Callable[[str], Showcase], browser: Browser, name: str, width: int
) -> None:
    showcase = showcases(name)
    unseen = {}
    screen = {"width": width, "height": 900}
    with showcase.tab(browser, viewport=screen, reduced_motion="reduce") as tab:
        for page in showcase.pages:
            tab.goto(page)
            lost = [s for s in stops(tab) if s["ring"] < 2 or s["covered"] or not s["inside"]]
            if lost:
                unseen[page] = lost
    assert unseen == {}


def test_home_page_of_ten_posts_has_at_most_25_stops(
    showcases: Callable[[str], Showcase], browser: Browser
) -> None:
    with showcases(DEMO).tab(browser) as tab:
        tab.goto("")
        assert tab.locator("main article:not(.pinned)").count() == 10
        found = stops(tab)
    assert len(found) <= 25, [stop["html"] for stop in found]


def test_first_stop_skips_to_the_content(
    showcases: Callable[[str], Showcase], browser: Browser
) -> None:
    with showcases(DEMO).tab(browser) as tab:
        tab.goto("posts/writing/")
        tab.keyboard.press("Tab")
        tab.keyboard.press("Enter")
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.closest('main') !== null")


def test_picture_opens_by_keyboard_and_gives_the_focus_back(
    showcases: Callable[[str], Showcase], browser: Browser
) -> None:
    with showcases(DEMO).tab(browser) as tab:
        tab.goto("posts/writing/")
        link = tab.locator("a.zoom").last
        link.focus()
        tab.keyboard.press("Enter")
        alt = str(link.locator("img").get_attribute("alt"))
        expect(tab.get_by_role("dialog", name=alt).get_by_role("img")).to_be_visible()
        assert tab.evaluate("document.activeElement.textContent") == "Close"
        tab.keyboard.press("Escape")
        assert tab.get_by_role("dialog").count() == 0
        assert link.evaluate("link => link === document.activeElement")

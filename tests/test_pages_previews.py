"""What links lead to, shown to readers who point at them or reach them with the keyboard."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Browser, expect

from tests.showcase import DEMO, Showcase


def test_link_shows_its_page_until_it_is_left_or_dismissed(
    showcases: Callable[[str], Showcase], browser: Browser
) -> None:
    with showcases(DEMO).tab(browser, viewport={"width": 1000, "height": 700}) as tab:
        asked: list[str] = []
        tab.goto("posts/writing/", wait_until="networkidle")
        tab.on("request", lambda request: asked.append(request.url.partition("/posts/")[2]))
        card, link = tab.locator(".preview"), tab.get_by_role("link", name="to a heading in it")
        link.hover()
        expect(card).to_contain_text("Forty small habits")
        expect(card).to_contain_text("None of these takes more than a minute")
        assert asked == ["habits/"]
        box, place = card.bounding_box(), link.bounding_box()
        assert box
        assert place
        assert box["y"] >= place["y"] + place["height"] or box["y"] + box["height"] <= place["y"]
        card.hover()
        tab.keyboard.press("Escape")
        expect(card).to_have_count(0)
        link.focus()
        tab.keyboard.press("Shift+Tab")
        tab.keyboard.press("Tab")
        expect(card).to_contain_text("Forty small habits")
        tab.mouse.move(1, 1)
        tab.keyboard.press("Tab")
        expect(card).not_to_contain_text("Forty", timeout=1000)
        assert asked.count("habits/") == 1

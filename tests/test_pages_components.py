"""Components of the theme, in a browser."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Browser

from tests.showcase import DEMO, Showcase


def test_other_site_is_asked_for_a_video_only_when_a_reader_wants_it(
    showcases: Callable[[str], Showcase], browser: Browser
) -> None:
    asked: list[str] = []
    with showcases(DEMO).tab(browser) as tab:
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto("order-of-things/", wait_until="networkidle")
        assert not [url for url in asked if "youtube" in url]
        tab.locator(".remote > a").click()
        frame = tab.locator(".remote > iframe")
        frame.wait_for()
        assert (
            frame.get_attribute("title") == "Big Buck Bunny: a rabbit, three rodents, ten minutes"
        )
        assert str(frame.get_attribute("src")).startswith("https://www.youtube-nocookie.com/embed/")


def test_texts_in_tabs_are_shown_one_at_a_time(
    showcases: Callable[[str], Showcase], browser: Browser
) -> None:
    with showcases(DEMO).tab(browser) as tab:
        tab.goto("order-of-things/")
        texts = tab.locator(".tabs.texts section")
        assert [texts.nth(n).is_visible() for n in range(2)] == [True, False]
        tab.get_by_role("tab", name="To a reader").click()
        assert [texts.nth(n).is_visible() for n in range(2)] == [False, True]

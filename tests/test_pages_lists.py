"""What scripts add to lists, and what is left of it without them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.showcase import DEMO, URL, Showcase

Showcases = Callable[[str], Showcase]


def shown(tab: Page, selector: str) -> list[str]:
    """The texts of the elements that can be seen."""
    return [text.strip() for text in tab.locator(f"{selector}:visible").all_inner_texts()]


def test_the_archive_can_be_filtered(showcases: Showcases, browser: Browser) -> None:
    """By any part of a title, whatever its case and accents; years without a match go too."""
    with showcases(DEMO).tab(browser) as tab:
        tab.goto("archive/")
        everything, years = shown(tab, ".year li a"), shown(tab, ".year h2")
        tab.get_by_label("Filter").fill("HÀBIT")
        [title] = shown(tab, ".year li a")
        assert "habit" in title.lower()
        assert len(shown(tab, ".year h2")) == 1
        assert len(shown(tab, ".year h3")) == 1
        expect(tab.locator(".filter output")).to_have_text("1")
        tab.get_by_label("Filter").fill("")
        assert shown(tab, ".year li a") == everything
        assert shown(tab, ".year h2") == years


def test_tags_are_sorted_by_name_or_by_count(showcases: Showcases, browser: Browser) -> None:
    with showcases(DEMO).tab(browser) as tab:
        tab.goto("tags/")
        by_name = shown(tab, ".terms a")
        tab.get_by_role("button", name="Count").click()
        counts = [int(text) for text in shown(tab, ".terms span")]
        assert counts == sorted(counts, reverse=True)
        assert tab.get_by_role("button", name="Count").get_attribute("aria-pressed") == "true"
        tab.get_by_role("button", name="Name").click()
        assert shown(tab, ".terms a") == by_name


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("posts/habts/", "/sub/posts/habits/"),
        ("blog/habits.html", "/sub/posts/habits/"),
        ("Posts/Habits", "/sub/posts/habits/"),
        ("tag/python/", "/sub/tags/python/"),
        ("posts/habits%", "/sub/posts/habits/"),
        ("nothing-like-it-at-all/", None),
    ],
)
def test_a_wrong_address_leads_to_the_nearest(
    showcases: Showcases, browser: Browser, address: str, meant: str | None
) -> None:
    with showcases(DEMO).tab(browser) as tab:
        with tab.expect_response(f"{URL}sitemap.xml") as answer:
            tab.goto(address)
        assert answer.value.ok
        words = address.lower().removesuffix(".html").strip("/").rpartition("/")[2]
        expect(tab.locator("main form input")).to_have_value(words.replace("-", " "))
        links = tab.locator(".nearest a")
        if meant:
            expect(links.first).to_have_attribute("href", meant)
        else:
            tab.wait_for_load_state("networkidle")
            expect(links).to_have_count(0)


@pytest.mark.parametrize("page", ["archive/", "tags/", "404.html"])
def test_without_scripts_nothing_is_offered_that_does_nothing(
    showcases: Showcases, browser: Browser, page: str
) -> None:
    with showcases(DEMO).tab(browser, java_script_enabled=False) as tab:
        tab.goto(page)
        assert tab.locator("main input:visible, main button:visible, .nearest:visible").count() == 0
        assert tab.locator("main li a:visible").count() > 3


def test_pages_of_a_section_can_be_reached_with_the_mouse(
    showcases: Showcases, browser: Browser
) -> None:
    """What is in the margin lay below the text, whose box took all clicks."""
    with showcases(DEMO).tab(browser, viewport={"width": 1440, "height": 900}) as tab:
        tab.goto("order-of-things/")
        links = tab.locator(".siblings a")
        for number in range(links.count()):
            links.nth(number).click(trial=True, timeout=5_000)
        assert links.count() == 4


def test_the_address_of_a_feed_can_be_copied(showcases: Showcases, browser: Browser) -> None:
    with showcases(DEMO).tab(browser, permissions=["clipboard-read", "clipboard-write"]) as tab:
        tab.goto("feeds/")
        address = f"{URL}tags/python/feed.xml"
        tab.get_by_role("button", name=f"Copy: {address}", exact=True).click()
        expect(tab.locator(".feeds [role=status]", has_text="Copied")).to_be_visible()
        assert tab.evaluate("navigator.clipboard.readText()") == address


def test_a_post_can_be_copied_as_markdown(showcases: Showcases, browser: Browser) -> None:
    with showcases(DEMO).tab(browser, permissions=["clipboard-read", "clipboard-write"]) as tab:
        tab.goto("posts/habits/")
        tab.get_by_role("button", name="Copy as Markdown").click()
        expect(tab.locator(".reply").get_by_role("status")).to_have_text("Copied")
        markdown = showcases(DEMO).file("posts/habits/index.md").read_text("utf-8")
        assert tab.evaluate("navigator.clipboard.readText()") == markdown

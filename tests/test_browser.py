"""The project's own site, in a real browser under a base path."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from lxml import etree
from playwright.sync_api import Browser, Page

from tests.command import sitegen
from tests.conftest import ROOT


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class's)
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site, built for and served under `/sitegen/`."""
    folder = tmp_path_factory.mktemp("served")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    url = f"http://127.0.0.1:{server.server_port}/sitegen/"
    done = sitegen(
        "build", ROOT, "-o", folder / "sitegen", "--base-url", url, SOURCE_DATE_EPOCH="1800000000"
    )
    assert done.returncode == 0, done.stderr
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield url
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def addresses(site: str, page: Page) -> list[str]:
    """Every address of the sitemap."""
    body = page.request.get(f"{site}sitemap.xml").body()
    return [str(loc.text) for loc in etree.fromstring(body).iter("{*}loc")]


def test_every_page_loads_whole_and_fits_the_narrowest_screen(site: str, page: Page) -> None:
    failed: list[str] = []
    page.on("response", lambda r: failed.append(r.url) if r.status >= 400 else None)
    page.on("console", lambda message: failed.append(message.text))
    page.set_viewport_size({"width": 320, "height": 640})
    for address in addresses(site, page):
        page.goto(address)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 320, f"{address} is {width} pixels wide"
    assert failed == []


def test_all_text_stands_beside_the_margin(site: str, page: Page) -> None:
    """What is in no article, such as the text of the 404 page, lay across the line beside it."""
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{site}404.html")
    starts = "all => all.map(one => one.getBoundingClientRect().x)"
    [title, text] = page.eval_on_selector_all("main h1, main > .prose", starts)
    assert title == text


def test_every_link_of_the_home_page_is_alive(site: str, page: Page) -> None:
    page.goto(site)
    links = page.eval_on_selector_all("a[href], link[href]", "all => all.map(one => one.href)")
    ours = {link for link in links if link.startswith(site)}
    assert len(ours) > 10
    assert {link for link in ours if not page.request.get(link).ok} == set()


def test_keyboard_goes_from_post_to_post_on_the_home_page(site: str, page: Page) -> None:
    """Each tag of each post was a stop: 45 on a page of ten posts."""
    page.goto(site)
    cards = page.locator(".card")
    assert cards.count() > 2
    page.locator(".card a").first.focus()
    visited = []
    for _ in range(cards.count()):
        visited.append(page.evaluate("document.activeElement.closest('.card h2')?.innerText"))
        page.keyboard.press("Tab")
    assert visited == cards.locator("h2").all_inner_texts()


def test_whole_card_leads_to_its_post(site: str, page: Page) -> None:
    page.goto(site)
    card = page.locator(".card").last
    address = card.locator("h2 a").evaluate("link => link.href")
    card.locator(".tags").click(force=True)
    assert page.url == address


@pytest.mark.parametrize("width", [320, 390, 768, 1151, 1152, 1440])
def test_list_of_the_manual_is_beside_the_text_or_folded_above_it(
    site: str, page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{site}commands/")
    links = page.get_by_role("navigation", name="Manual").get_by_role("link")
    assert links.first.is_visible() == (width >= 1152)
    if width < 1152:
        page.locator(".siblings summary").click()
    listed, text = links.first.bounding_box(), page.locator("article h1").bounding_box()
    assert listed
    assert text
    assert listed["x"] + listed["width"] < text["x"] or listed["y"] < text["y"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width

"""Pages are whole without a script, ask nobody else for anything, are light and stand still."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Collection, Mapping

import pytest
from playwright.sync_api import Browser, Page, Request

from tests.showcase import DEMO, MANUAL, PAGES, Showcase

TEXTS = """() => [...document.querySelectorAll(
    `main :is(h1, h2, h3, h4, p, li:not(:has(pre, button)), li code, dt, dd, td, th, pre),
     nav a, footer a`)]
  .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.closest(".comments"))
  .map(one => one.innerText.trim()).filter(Boolean)"""
"""What there is to read, and to follow; but for comments, which are elsewhere without a script."""
DEAD = """() => [...document.querySelectorAll(
    "button, input:not([disabled]), select, dialog, [role=tab]")]
  .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.closest("form[action]"))
  .map(one => one.outerHTML)"""
"""What does nothing without a script, and is shown."""

SHIFTS = """
  window.shifts = []
  new PerformanceObserver(list => list.getEntries().forEach(shift => window.shifts.push(
    [shift.value, ...shift.sources.map(source => source.node?.outerHTML?.slice(0, 120))])))
    .observe({type: "layout-shift", buffered: true})
"""
UNSEEN = 0.001
"""Of the screen, times the way that it moved: less is a letter by a pixel, and rounds to 0."""
SETTLED = "() => document.fonts.ready.then(() => new Promise(done => setTimeout(done, 100)))"
OWN = (DEMO, MANUAL)
"""Sites without anything that others wrote: whose pictures may be elsewhere, or nowhere."""


class Visit:
    """A tab in which pages are opened, with all that goes wrong in it."""

    def __init__(self, showcase: Showcase, tab: Page) -> None:
        kept = {"document", "stylesheet", "script", "font", "fetch", "xhr", "manifest", "other"}
        self._kinds = kept | ({"image"} if showcase.name in OWN else set())
        self._showcase, self._tab = showcase, tab
        self.problems: list[str] = []
        tab.on("request", self._judge)
        tab.on("pageerror", lambda error: self.problems.append(str(error)))
        tab.on("console", lambda message: self._hear(message.text))

    def _judge(self, request: Request) -> None:
        if request.resource_type in self._kinds and not self._showcase.file(request.url).is_file():
            self.problems.append(request.url)

    def _hear(self, text: str) -> None:
        if "ERR_" not in text and "(Not Found)" not in text:
            self.problems.append(text)

    def texts(self, page: str) -> set[str]:
        """What there is to read on a page."""
        self._tab.goto(page)
        return set(self._tab.evaluate(TEXTS))


@pytest.mark.parametrize("name", PAGES)
def test_page_is_whole_without_a_script_and_nobody_else_is_asked(
    showcases: Callable[[str], Showcase], browser: Browser, name: str
) -> None:
    showcase = showcases(name)
    lacking, dead = {}, {}
    with (
        showcase.tab(browser) as with_script,
        showcase.tab(browser, java_script_enabled=False) as without,
    ):
        visits = Visit(showcase, with_script), Visit(showcase, without)
        for page in showcase.pages:
            full, plain = (visit.texts(page) for visit in visits)
            lacking[page] = full - plain
            dead[page] = without.evaluate(DEAD)
    assert [visit.problems for visit in visits] == [[], []]
    if name in OWN:
        assert (wrong(lacking), wrong(dead)) == ({}, {})


def wrong(found: Mapping[str, Collection[str]]) -> dict[str, Collection[str]]:
    return {page: what for page, what in found.items() if what}


def test_nothing_moves_while_a_page_loads(
    showcases: Callable[[str], Showcase], browser: Browser
) -> None:
    showcase = showcases(DEMO)
    moved = {}
    for width in (360, 1440):
        with showcase.tab(browser, viewport={"width": width, "height": 900}) as tab:
            tab.add_init_script(SHIFTS)
            for page in showcase.pages:
                tab.goto(page)
                tab.evaluate(SETTLED)
                shifts = tab.evaluate("window.shifts")
                if sum(shift[0] for shift in shifts) >= UNSEEN:
                    moved[width, page] = shifts
    assert moved == {}


def weights(showcase: Showcase, browser: Browser, page: str) -> dict[str, int]:
    """Bytes that a page loads, packed as servers pack them, by the kind of file."""
    found: dict[str, int] = {}

    def weigh(kind: str, url: str) -> None:
        if "italic" in url:  # beside what every page loads
            kind = "italics"
        elif "/parts/" in url:  # beside it too: what only some pages need
            kind = f"parts, {kind}"
        data = showcase.file(url).read_bytes()
        size = len(data) if kind in ("font", "italics") else len(gzip.compress(data, 9))
        found[kind] = found.get(kind, 0) + size

    with showcase.tab(browser) as tab:
        tab.on("request", lambda request: weigh(request.resource_type, request.url))
        tab.goto(page)
        tab.evaluate(SETTLED)
    return found


@pytest.mark.parametrize("page", ["posts/writing/", "posts/code/", "posts/parser-grammar/"])
def test_page_weighs_what_was_promised(
    showcases: Callable[[str], Showcase], browser: Browser, page: str
) -> None:
    found = weights(showcases(DEMO), browser, page)
    pictures = found.pop("image", 0)
    fonts, italics = found.pop("font", 0), found.pop("italics", 0)
    assert sum(found.values()) <= 25_000, (found, pictures)
    assert found["stylesheet"] <= 9_000
    assert found.get("script", 0) <= 3_000
    assert fonts <= 50_000
    assert italics <= 35_000


def test_search_weighs_what_was_promised(showcases: Callable[[str], Showcase]) -> None:
    """Its script is loaded by those who search."""
    script = showcases(DEMO).file("search.js").read_bytes()
    assert len(gzip.compress(script, 9)) <= 5_000

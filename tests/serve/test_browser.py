"""What somebody who writes sees: the page, the reload, the mistakes, in a real browser."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.command import sitegen
from tests.conftest import tool
from tests.serve.test_watch import SAVES
from tests.server import Server, serving, write

POST = "content/posts/first.md"
LINES = "\n\n".join(f"Line {number}." for number in range(200))
PIXEL = '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="1"></svg>'
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
ROUNDS = int(os.environ.get("SITEGEN_TEST_ROUNDS", "10"))
"""Of breaking and mending; `make soak` has more."""

expect.set_options(timeout=30_000)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = tool("chromium")
    with sync_playwright() as playwright:
        options = [*OPTIONS, "--host-resolver-rules=MAP evil.example 127.0.0.1"]
        browser = playwright.chromium.launch(executable_path=chromium, args=options)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context() as context:
        yield context


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write(tmp_path, "sitegen.toml", 'base_url = "https://me.example/blog/"\n')
    write(tmp_path, POST, f"---\ntitle: First\n---\nOld text.\n\n{LINES}\n\n![A pixel](/dot.svg)\n")
    write(tmp_path, "content/posts/second.md", "---\ntitle: Second\n---\nAnother post.\n")
    write(tmp_path, "content/pages/alone.md", "---\ntitle: Alone\n---\nA page.\n")
    write(tmp_path, "static/dot.svg", PIXEL.format(1))
    write(tmp_path, "static/other.svg", PIXEL.format(1))
    write(tmp_path, "static/extra.css", "h1 { outline-color: rgb(1, 2, 3) }")
    head = '<link rel="stylesheet" href="{{ url("/extra.css") }}">'
    write(
        tmp_path,
        "templates/base.html",
        f'{{% extends "theme/base.html" %}}{{% block head %}}{head}{{% endblock %}}',
    )
    return tmp_path


@pytest.fixture
def server(site: Path) -> Iterator[Server]:
    with serving(site) as server:
        yield server


class Tab:
    """A page, and how often it was loaded."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self._loads = page, 0
        page.on("load", self._count)
        with page.expect_response(re.compile("/_sitegen/news")):
            page.goto(url)

    def _count(self, _: Page) -> None:
        self._loads += 1

    @property
    def loads(self) -> int:
        """How often the page was loaded; its text is there before it counts as loaded."""
        self.page.wait_for_load_state()
        return self._loads

    def settled(self, server: Server) -> int:
        """How often the page was loaded, when it has heard of all that was built until now."""
        loaded = self.page.evaluate("performance.timeOrigin")
        with self.page.expect_response(re.compile("/_sitegen/news")):
            server.write("static/other.svg", PIXEL.format(server.builds + 10))
            server.says("static/other.svg: ")
        assert self.page.evaluate("performance.timeOrigin") == loaded
        return self.loads


@pytest.fixture
def open_tab(context: BrowserContext, server: Server) -> Callable[[str], Tab]:
    return lambda path: Tab(context.new_page(), f"{server.url}{path}")


def edited(site: Path) -> str:
    return (site / POST).read_text("utf-8").replace("Old text", "New text")


@pytest.mark.parametrize("save", SAVES[:5], ids=lambda save: save.__name__)
def test_every_way_to_save_reloads_once(
    open_tab: Callable[[str], Tab], server: Server, save: Callable[[Path], None]
) -> None:
    tab = open_tab("posts/first/")
    save(server.site / POST)
    expect(tab.page.locator("article")).to_contain_text("new text")
    assert tab.settled(server) == 2


def test_reload_keeps_the_scroll_position(open_tab: Callable[[str], Tab], server: Server) -> None:
    tab = open_tab("posts/first/")
    tab.page.evaluate("scrollTo(0, 1500)")
    server.write(POST, edited(server.site))
    expect(tab.page.locator("article")).to_contain_text("New text")
    tab.page.wait_for_function("Math.abs(scrollY - 1500) < 2")


def test_same_bytes_and_foreign_outputs_do_not_reload(
    open_tab: Callable[[str], Tab], server: Server
) -> None:
    tab = open_tab("posts/first/")
    (server.site / POST).touch()
    server.says(f"{POST}: 0 pages")
    sitegen("build", server.site)
    assert tab.settled(server) == 1


def test_two_tabs_both_reload(open_tab: Callable[[str], Tab], server: Server) -> None:
    tabs = [open_tab("posts/first/"), open_tab("posts/first/")]
    server.write(POST, edited(server.site))
    for tab in tabs:
        expect(tab.page.locator("article")).to_contain_text("New text")
    assert [tab.settled(server) for tab in tabs] == [2, 2]


def test_another_post_that_is_saved_is_offered(
    open_tab: Callable[[str], Tab], server: Server
) -> None:
    tab = open_tab("alone/")
    server.write(POST, edited(server.site))
    link = tab.page.get_by_role("status").get_by_role("link", name="First")
    expect(link).to_be_visible()
    assert tab.loads == 1
    link.click()
    expect(tab.page.locator("article")).to_contain_text("New text")
    expect(tab.page.get_by_role("status").get_by_role("link")).to_have_count(0)


def test_offer_outlives_a_reload_and_can_be_dismissed(
    open_tab: Callable[[str], Tab], server: Server
) -> None:
    """The list of posts shows the title, so it reloads and still offers the post."""
    tab = open_tab("")
    server.write(POST, edited(server.site).replace("title: First", "title: Renamed"))
    link = tab.page.get_by_role("status").get_by_role("link", name="Renamed")
    expect(link).to_be_visible()
    assert tab.loads == 2
    tab.page.keyboard.press("Escape")
    expect(link).to_have_count(0)


def test_style_sheet_is_exchanged_without_a_reload(
    open_tab: Callable[[str], Tab], server: Server
) -> None:
    tab = open_tab("posts/first/")
    heading = tab.page.locator("h1")
    asked: list[str] = []
    tab.page.on("request", lambda r: asked.append(r.url) if "extra.css" in r.url else None)
    expect(heading).to_have_css("outline-color", "rgb(1, 2, 3)")
    for colour in ("rgb(4, 5, 6)", "rgb(7, 8, 9)"):
        server.write("static/extra.css", f"h1 {{ outline-color: {colour} }}")
        expect(heading).to_have_css("outline-color", colour)
    assert tab.page.locator("link[href*='extra.css']").count() == 1
    assert tab.settled(server) == 1
    assert len(asked) == 2


def test_image_of_the_page_in_view_reloads_it(
    open_tab: Callable[[str], Tab], server: Server
) -> None:
    with_image, without = open_tab("posts/first/"), open_tab("alone/")
    with_image.page.locator("img").scroll_into_view_if_needed()
    with with_image.page.expect_event("load"):
        server.write("static/dot.svg", PIXEL.format(7))
    assert with_image.settled(server) == 2
    assert without.settled(server) == 1


def test_page_that_was_dead_comes_to_life(open_tab: Callable[[str], Tab], server: Server) -> None:
    tab = open_tab("posts/third/")
    server.write("content/posts/third.md", "---\ntitle: Third\n---\nIt lives.\n")
    expect(tab.page.locator("article")).to_contain_text("It lives.")


def test_mistake_is_shown_over_the_last_good_page_until_mended(
    open_tab: Callable[[str], Tab], server: Server
) -> None:
    tab = open_tab("posts/first/")
    good = (server.site / POST).read_text("utf-8")
    server.write(POST, good.replace("Old text", "[Dead <b>link</b>](nothing.md)"))
    dialog = tab.page.get_by_role("dialog")
    expect(dialog).to_contain_text(f"{POST}:4:1")
    expect(dialog).to_contain_text("broken link: no such page 'nothing.md'")
    expect(dialog.locator("mark")).to_have_text("[Dead <b>link</b>](nothing.md)")
    expect(tab.page.locator("article")).to_contain_text("Old text")
    server.write(POST, edited(server.site).replace("[Dead <b>link</b>](nothing.md)", "New text"))
    expect(tab.page.locator("article")).to_contain_text("New text")
    expect(dialog).to_have_count(0)
    assert tab.settled(server) == 2


def test_mistakes_can_be_put_aside_and_called_back(
    open_tab: Callable[[str], Tab], server: Server
) -> None:
    tab = open_tab("posts/first/")
    server.write("templates/post.html", "{{ nothing }}")
    dialog = tab.page.get_by_role("dialog")
    expect(dialog).to_contain_text("SG502")
    tab.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    tab.page.get_by_role("button", name="1 mistake").click()
    expect(dialog).to_contain_text("SG502")


def test_page_that_is_opened_while_the_site_is_broken_shows_why(
    open_tab: Callable[[str], Tab], server: Server
) -> None:
    server.write("sitegen.toml", "tilte = 1")
    server.says("nothing is published")
    tab = open_tab("alone/")
    expect(tab.page.get_by_role("dialog")).to_contain_text("did you mean 'title'?")


def test_place_of_a_mistake_opens_in_the_editor(context: BrowserContext, site: Path) -> None:
    with serving(site, TERM_PROGRAM="vscode") as server:
        tab = Tab(context.new_page(), f"{server.url}alone/")
        server.write(POST, "[dead](nothing.md)")
        link = tab.page.get_by_role("dialog").get_by_role("link", name=f"{POST}:1:1")
        expect(link).to_have_attribute("href", f"vscode://file{site / POST}:1:1")


def test_first_build_that_fails_shows_why_and_recovers(context: BrowserContext, site: Path) -> None:
    write(site, POST, "[dead](nothing.md)")
    with serving(site) as server:
        tab = Tab(context.new_page(), server.url)
        expect(tab.page.get_by_role("dialog")).to_contain_text("nothing.md")
        server.write(POST, "# Mended\n\nText.\n")
        expect(tab.page.locator("main")).to_contain_text("Mended")


def test_tab_catches_up_when_the_server_returns(context: BrowserContext, site: Path) -> None:
    with serving(site) as server:
        tab = Tab(context.new_page(), f"{server.url}posts/first/")
        server.stop()
        server.write(POST, edited(site))
        with serving(site, port=server.port):
            expect(tab.page.locator("article")).to_contain_text("New text")
            assert tab.loads == 2


def test_tab_that_was_away_catches_up(open_tab: Callable[[str], Tab], server: Server) -> None:
    """As after sleep: the page is hidden, hears nothing, and asks once it is seen again."""
    tab = open_tab("posts/first/")
    pretend = "Object.defineProperty(document, 'hidden', {value: %s, configurable: true})"
    event = "document.dispatchEvent(new Event('visibilitychange'))"
    tab.page.evaluate(f"{pretend % 'true'}; {event}")
    server.write(POST, edited(server.site))
    server.says(f"{POST}: ")
    server.write("static/other.svg", PIXEL.format(2))
    server.says("static/other.svg: ")
    assert tab.loads == 1
    tab.page.evaluate(f"{pretend % 'false'}; {event}")
    expect(tab.page.locator("article")).to_contain_text("New text")


def test_rebound_name_gets_nothing(context: BrowserContext, server: Server) -> None:
    """DNS rebinding: the browser takes the server for one of the attacker's."""
    page = context.new_page()
    answer = page.goto(f"http://evil.example:{server.port}/blog/")
    assert answer
    assert (answer.status, "First" in page.content()) == (421, False)


def test_foreign_page_reads_nothing(context: BrowserContext, server: Server) -> None:
    page = context.new_page()
    page.route("http://foreign.example/", lambda route: route.fulfill(body="<p>Foreign"))
    page.goto("http://foreign.example/")
    ours = f"http://127.0.0.1:{server.port}"
    fetched = "url => fetch(url).then(() => 'read', () => 'refused')"
    heard = """url => new Promise(done => {
        const stream = new EventSource(url);
        stream.onmessage = () => done('read');
        stream.onerror = () => done('refused');
    })"""
    assert page.evaluate(fetched, f"{ours}/blog/feed.json") == "refused"
    assert page.evaluate(fetched, f"{ours}/_sitegen/news") == "refused"
    assert page.evaluate(heard, f"{ours}/_sitegen/events") == "refused"


@pytest.mark.npm("axe-core")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_shown_breaks_no_rule_of_accessibility(
    browser: Browser, server: Server, npm_package: Path, scheme: Literal["light", "dark"]
) -> None:
    with browser.new_context(color_scheme=scheme, reduced_motion="reduce") as context:
        tab = Tab(context.new_page(), f"{server.url}alone/")
        server.write(POST, edited(server.site))
        expect(tab.page.get_by_role("status").get_by_role("link")).to_be_visible()
        tab.page.add_script_tag(path=npm_package / "axe.min.js")
        offered = tab.page.evaluate("axe.run()")
        server.write(POST, "[dead](nothing.md)")
        expect(tab.page.get_by_role("dialog")).to_be_visible()
        broken = tab.page.evaluate("axe.run()")
        found = offered["violations"] + broken["violations"]
        assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == []


MISTAKES = (
    (POST, "[dead](nothing.md)"),
    (POST, "---\ntitle: [\n---\n"),
    ("content/posts/new.md", "---\ndate: 2026-99-99\n---\n"),
    ("templates/post.html", "{% if %}"),
    ("templates/base.html", "{{ nothing }}"),
    ("sitegen.toml", "paginate = 0"),
)


def test_after_breaking_and_mending_the_page_equals_a_clean_build(
    open_tab: Callable[[str], Tab], server: Server, tmp_path_factory: pytest.TempPathFactory
) -> None:
    tab = open_tab("posts/first/")
    chance = Random(4)
    good = {path: _text(server.site / path) for path, _ in MISTAKES}
    for number in range(ROUNDS):
        path, broken = chance.choice(MISTAKES)
        server.write(path, f"{broken}\n\n{number}\n")
        expect(tab.page.get_by_role("dialog")).to_be_visible()
        good[POST] = f"---\ntitle: First\n---\nEdition {number}.\n"
        for file, text in good.items():
            if text is None:
                (server.site / file).unlink(missing_ok=True)
            else:
                server.write(file, text)
        expect(tab.page.locator("article")).to_contain_text(f"Edition {number}.")
        expect(tab.page.get_by_role("dialog")).to_have_count(0)
    clean = tmp_path_factory.mktemp("clean")
    sitegen("build", server.site, "-o", clean, "--base-url", server.url)
    served = next(server.site.glob(".sitegen/serve/*"))
    assert _files(served) == _files(clean)


def _text(file: Path) -> str | None:
    return file.read_text("utf-8") if file.exists() else None


def _files(folder: Path) -> dict[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file()}

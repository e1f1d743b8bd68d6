"""Comments and counting, which ask another host for something: when, and of whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.command import sitegen

BASE = "https://me.example/blog/"
GISCUS = """\
provider = "giscus"
[comments.giscus]
repo = "me/blog"
repo_id = "R_1"
category = "Posts"
category_id = "D_1"
mapping = "id"
"""
ISSO = 'provider = "isso"\n[comments.isso]\nserver = "https://talk.example/"\n'
COUNTER = '[analytics]\nprovider = "plausible"\nsite = "me.example"\n'
SCRIPT = """window.loaded = document.currentScript.dataset
if (loaded.repo) {
  const frame = document.createElement("iframe")
  frame.src = "https://giscus.app/widget"
  document.querySelector(".comments").append(frame)
}"""
FRAME = """<script>
  window.heard = []
  addEventListener("message", ({data}) => heard.push(data.giscus?.setConfig.theme ?? data))
</script>"""
"""What others answer: a script that shows a frame, and the frame, which listens."""
Opened = Callable[..., Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two sites, one for each provider."""
    root = tmp_path_factory.mktemp("sites")
    for name, comments in (("giscus", GISCUS), ("isso", ISSO)):
        site = root / name
        (site / "content/posts").mkdir(parents=True)
        (site / "content/posts/a.md").write_text("---\nid: first\nlang: zh\n---\nText.", "utf-8")
        text = f'base_url = "{BASE}"\n[comments]\n{comments}{COUNTER}'
        (site / "sitegen.toml").write_text(text, "utf-8")
        done = sitegen("build", site)
        assert done.returncode == 0, done.stderr
    return root


@pytest.fixture
def opened(folder: Path, browser: Browser) -> Opened:
    """Opens the post of a site; with the list of what it asks other hosts for."""

    @contextmanager
    def opened(name: str, **options: Any) -> Iterator[tuple[Page, list[str]]]:  # noqa: ANN401
        asked: list[str] = []

        def answer(route: Route) -> None:
            url = route.request.url
            if not url.startswith(BASE):
                asked.append(url)
                is_frame = url.endswith("/widget")
                route.fulfill(
                    body=FRAME if is_frame else SCRIPT,
                    content_type="text/html" if is_frame else "text/javascript",
                )
                return
            file = folder / name / "public" / url.removeprefix(BASE)
            route.fulfill(path=file / "index.html" if file.is_dir() else file)

        with browser.new_context(**options) as context:
            context.route("**/*", answer)
            tab = context.new_page()
            tab.goto(f"{BASE}posts/first/")
            yield tab, asked

    return opened


def test_comments_are_asked_for_when_the_reader_asks(opened: Opened) -> None:
    with opened("giscus", color_scheme="dark") as (tab, asked):
        comments = tab.locator(".comments")
        expect(comments).to_contain_text("giscus.app")
        assert [url for url in asked if "giscus" in url] == []
        comments.get_by_role("button").click()
        tab.wait_for_function("window.loaded?.repo")
        assert "https://giscus.app/client.js" in asked
        loaded = tab.evaluate("({...loaded})")
        assert (loaded["mapping"], loaded["term"], loaded["theme"]) == ("specific", "first", "dark")
        assert (loaded["repoId"], loaded["categoryId"], loaded["lang"]) == ("R_1", "D_1", "zh-Hans")
        expect(comments.get_by_role("button")).to_have_count(0)


def test_comments_follow_the_switch_of_light_and_dark(opened: Opened) -> None:
    """And nobody else hears of it: the frame may have gone to another host."""
    with opened("giscus", color_scheme="dark") as (tab, _):
        tab.locator(".comments").get_by_role("button").click()
        handle = tab.locator(".comments iframe").element_handle()
        frame = handle.content_frame()
        assert frame
        frame.wait_for_url("https://giscus.app/widget")
        for schemes in (["light"], ["light", "dark"]):
            tab.locator(".scheme").click()
            frame.wait_for_function("all => heard.join() === all.join()", arg=schemes)
        handle.evaluate("frame => frame.src = 'https://other.example/widget'")
        frame.wait_for_url("https://other.example/widget")
        tab.locator(".scheme").click()
        handle.evaluate("frame => frame.contentWindow.postMessage('the last', '*')")
        frame.wait_for_function("heard.at(-1) === 'the last'")
        assert frame.evaluate("heard") == ["the last"]


def test_comments_of_ones_own_server_have_the_look_of_the_page(opened: Opened) -> None:
    with opened("isso") as (tab, asked):
        tab.locator(".comments").get_by_role("button").click()
        tab.wait_for_function("window.loaded?.isso")
        assert asked[-1] == "https://talk.example/js/embed.min.js"
        assert tab.evaluate("loaded.isso") == "https://talk.example/"
        assert tab.locator("#isso-thread").get_attribute("data-isso-id") == "/blog/posts/first/"


def test_without_scripts_a_link_leads_to_the_comments(opened: Opened) -> None:
    with opened("giscus", java_script_enabled=False) as (tab, asked):
        link = tab.locator(".comments-elsewhere a")
        assert link.get_attribute("href") == "https://github.com/me/blog/discussions"
        expect(tab.locator(".comments")).to_be_hidden()
        assert asked == []


@pytest.mark.parametrize(
    ("wish", "count"),
    [
        ("", 1),
        ("Object.defineProperty(Navigator.prototype, 'doNotTrack', {get: () => '1'})", 0),
        ("Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', {value: true})", 0),
    ],
)
def test_visits_are_counted_of_those_who_do_not_object(
    opened: Opened, wish: str, count: int
) -> None:
    with opened("isso") as (tab, asked):
        asked.clear()
        tab.add_init_script(wish)
        tab.reload(wait_until="load")
        assert asked == ["https://plausible.io/js/script.js"] * count
        if count:
            tab.wait_for_function("window.loaded?.domain === 'me.example'")

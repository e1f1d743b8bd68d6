"""What readers do with references to code, a walk and the steps of a file, on one page of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.showcase import DEMO, Showcase

TEA = "posts/tea/"
WIDE: ViewportSize = {"width": 1440, "height": 800}
NARROW: ViewportSize = {"width": 390, "height": 800}


@pytest.fixture
def tea(showcases: Callable[[str], Showcase], browser: Browser) -> Iterator[Page]:
    with showcases(DEMO).tab(browser, viewport=WIDE, permissions=["clipboard-read"]) as tab:
        tab.goto(TEA)
        yield tab


def link(tab: Page, text: str) -> Locator:
    return tab.locator(".ref", has_text=text)


def test_link_lights_its_line_by_mouse_and_by_keyboard_and_leads_there(tea: Page) -> None:
    call, line = link(tea, "one call"), tea.locator("#short-7")
    call.hover()
    expect(line).to_have_class("ln lit")
    tea.mouse.move(0, 0)
    expect(line).to_have_class("ln")
    tea.keyboard.press("Tab")
    call.focus()
    expect(line).to_have_class("ln lit")
    tea.keyboard.press("Enter")
    expect(tea).to_have_url(f"{tea.url.split('#')[0]}#short-7")
    assert line.evaluate("line => line.matches(':target')")


def test_line_leads_back_for_all_and_is_copied_and_selected_without_it(tea: Page) -> None:
    back = tea.locator("#short-7 .mention")
    assert "A program that waits" in tea.locator("#short-7").aria_snapshot()
    expect(back).to_have_css("opacity", "0")
    back.focus()
    expect(back).to_have_css("opacity", "1")
    expect(back).to_have_accessible_name("Mentioned: A program that waits")
    assert tea.locator("#short-7").inner_text().strip() == "sleep(60 * minutes)"
    tea.evaluate("getSelection().selectAllChildren(document.querySelector('#short-7'))")
    assert tea.evaluate("getSelection().toString()").strip() == "sleep(60 * minutes)"
    back.press("Enter")
    assert tea.evaluate("document.querySelector(':target').textContent").startswith("one call")


def test_walk_stays_beside_the_prose_and_lights_what_is_read(tea: Page) -> None:
    block = tea.locator(".walk > :first-child")
    for text, lines in (("The loop", [15, 16, 17]), ("the bell", [18])):
        link(tea, text).evaluate("it => scrollBy(0, it.getBoundingClientRect().top - 350)")
        lit = block.locator(".ln.here")
        expect(lit).to_have_count(len(lines))
        expect(lit.first).to_have_id(f"tea-{lines[0]}")
        expect(lit.first).to_be_in_viewport()
        prose = link(tea, text).bounding_box()
        code = block.bounding_box()
        assert prose
        assert code
        assert prose["x"] + prose["width"] < code["x"]


def test_walk_is_the_block_and_then_the_prose_on_a_small_screen_and_on_paper(tea: Page) -> None:
    for is_paper, size in ((False, NARROW), (True, WIDE)):
        tea.emulate_media(media="print" if is_paper else "screen")
        tea.set_viewport_size(size)
        block, prose = (
            tea.locator(f".walk > :{it}-child").bounding_box() for it in ("first", "last")
        )
        assert block
        assert prose
        assert block["y"] + block["height"] <= prose["y"]


def test_without_a_script_all_is_there_but_the_light(
    showcases: Callable[[str], Showcase], browser: Browser
) -> None:
    with showcases(DEMO).tab(browser, viewport=WIDE, java_script_enabled=False) as tab:
        tab.goto(TEA)
        tab.get_by_text("± since step 1").click()
        changed = tab.locator(".since ins").all_inner_texts()
        assert "import sys\n" in changed
        link(tab, "one call").click()
        assert tab.url.endswith("#short-7")
        expect(tab.locator("#short-7")).to_have_css("border-left-width", "3px")
        block = tab.locator(".walk > :first-child")
        link(tab, "the bell").scroll_into_view_if_needed()
        expect(block).to_be_in_viewport()
        command = tab.locator(".files pre").inner_text().strip()
        assert command == "curl -L https://showcase.example/sub/posts/tea/code.tar.gz | tar xz"
        assert tab.get_by_role("link", name="Makefile").get_attribute("href") == (
            "/sub/posts/tea/code/Makefile"
        )

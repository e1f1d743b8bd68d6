"""What readers do with code, on the page of the manual that shows all its options."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.showcase import MANUAL, Showcase

CODE = "code/"
CLIPBOARD = ["clipboard-read", "clipboard-write"]


@pytest.fixture
def opened(showcases: Callable[[str], Showcase], browser: Browser) -> Callable[..., Any]:
    """Opens the page; options are those of a browser's context."""

    @contextmanager
    def open_page(**options: Any) -> Iterator[Page]:  # noqa: ANN401 (Playwright's)
        with showcases(MANUAL).tab(browser, **options) as tab:
            tab.goto(CODE)
            yield tab

    return open_page


def block(tab: Page, text: str) -> Locator:
    """The last block with this text: those before it show how it is written."""
    return tab.locator(".highlight:not(.output)").filter(has_text=text).last


@pytest.mark.parametrize(
    ("text", "copied"),
    [
        ("return 2 * x", "def double(x: int) -> int:\n    return 2 * x\n"),
        (
            "db.fetch(query)",
            "--- a/app.py\n+++ b/app.py\n@@ -1 +1 @@\n-    row = db.fetch(query)\n"
            "+    row = await db.fetch(query)\n",
        ),
        ("def item(query)", "def item(query):\n    row = await db.fetch(query)\n"),
        ("print(1 + 1)", "print(1 + 1)\n"),
        ("sitegen build", "sitegen build\n"),
        ("theme:", "theme:\n  features:\n    - search\n"),
        ("Path.cwd", "import os\nimport sys\nfrom pathlib import Path\n\nprint(Path.cwd())\n"),
        ("half", "def half(x):\n    return x / 2\n"),
    ],
)
def test_copy_gives_the_code_and_nothing_else(
    opened: Callable[..., Any], text: str, copied: str
) -> None:
    with opened(permissions=CLIPBOARD) as tab:
        code = block(tab, text)
        code.hover()
        code.get_by_role("button", name="Copy").click()
        expect(code.get_by_role("status")).to_have_text("Copied")
        assert tab.evaluate("navigator.clipboard.readText()") == copied


def test_selected_code_has_no_numbers_and_no_empty_lines_between(
    opened: Callable[..., Any],
) -> None:
    with opened() as tab:
        block(tab, "total = 0").locator("code").evaluate(
            "it => getSelection().selectAllChildren(it)"
        )
        assert tab.evaluate("getSelection().toString()").rstrip("\n") == (
            "total = 0\nfor number in numbers:\n    total += number"
        )


def test_only_what_is_too_wide_is_a_tab_stop_and_can_be_wrapped(opened: Callable[..., Any]) -> None:
    with opened(viewport={"width": 1000, "height": 800}) as tab:
        code = block(tab, "total = 0")
        pre, wrap = code.locator("pre"), code.locator("[aria-pressed]")
        expect(wrap).to_be_hidden()
        assert pre.get_attribute("tabindex") is None
        pre.evaluate("it => it.style.width = '8rem'")
        expect(pre).to_have_attribute("tabindex", "0")
        wrap.click()
        expect(wrap).to_have_attribute("aria-pressed", "true")
        expect(pre).not_to_have_attribute("tabindex", "0")
        wrap.click()
        expect(pre).to_have_attribute("tabindex", "0")


def test_tabs_are_chosen_by_mouse_and_keyboard_and_remembered(opened: Callable[..., Any]) -> None:
    with opened() as tab:
        pip, uv = tab.get_by_role("tab", name="pip"), tab.get_by_role("tab", name="uv")
        panel = tab.get_by_role("tabpanel")
        expect(panel).to_have_count(1)
        expect(panel).to_contain_text("pip install")
        uv.click()
        expect(panel).to_contain_text("uv tool install")
        expect(uv).to_have_attribute("aria-selected", "true")
        tab.keyboard.press("ArrowRight")
        expect(pip).to_be_focused()
        expect(pip).to_have_attribute("aria-selected", "true")
        tab.keyboard.press("ArrowLeft")
        tab.reload()
        expect(uv).to_have_attribute("aria-selected", "true")
        tab.emulate_media(media="print")
        expect(tab.locator("[role=tabpanel] pre").first).to_be_visible()  # as all are on paper


def test_number_of_a_line_gives_its_address(opened: Callable[..., Any]) -> None:
    with opened() as tab:
        line = tab.locator("#loop-2")
        line.scroll_into_view_if_needed()
        top = tab.evaluate("scrollY")
        line.click(position={"x": 20, "y": 8})
        assert tab.url.endswith("/code/#loop-2")
        assert tab.evaluate("scrollY") == top
        assert tab.evaluate("document.querySelector('.ln:target').id") == "loop-2"
        block(tab, "half").locator(".ln").first.click(position={"x": 120, "y": 8})
        assert tab.url.endswith("/code/#loop-2")


def test_shift_and_the_number_of_another_line_give_the_address_of_both_and_those_between(
    opened: Callable[..., Any],
) -> None:
    lit = "[...document.querySelectorAll('.ln:is(:target, .to)')].map((line) => line.id)"
    with opened() as tab:
        tab.locator("#loop-3").click(position={"x": 20, "y": 8})
        tab.locator("#loop-1").click(position={"x": 20, "y": 8}, modifiers=["Shift"])
        assert tab.url.endswith("/code/?to=3#loop-1")
        assert tab.evaluate(lit) == ["loop-1", "loop-2", "loop-3"]
        tab.locator("#loop-2").click(position={"x": 20, "y": 8}, modifiers=["Shift"])
        assert tab.url.endswith("/code/?to=2#loop-1")
        tab.reload()
        assert tab.evaluate(lit) == ["loop-1", "loop-2"]
        tab.locator("#loop-3").click(position={"x": 20, "y": 8})
        assert tab.url.endswith("/code/#loop-3")
        assert tab.evaluate(lit) == ["loop-3"]


def test_without_a_script_all_is_there_but_the_buttons(opened: Callable[..., Any]) -> None:
    with opened(java_script_enabled=False) as tab:
        expect(tab.get_by_text("uv tool install sitegen").last).to_be_visible()
        expect(tab.get_by_text("pip install sitegen").last).to_be_visible()
        assert tab.locator(".highlight button").count() == 0
        tab.get_by_text("3 lines").click()
        expect(tab.get_by_text("from pathlib import Path").last).to_be_visible()
        tab.locator("a.callout").first.click()
        assert "-N1" in tab.url

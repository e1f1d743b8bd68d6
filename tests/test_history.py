"""What a reader who comes back sees of the edits of a post, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.examples import build, write
from tests.repository import git
from tests.showcase import DEMO, URL, Showcase

POST, CHANGES, ELSEWHERE = "posts/a/", "posts/a/changes/", "404.html"
NEW = """() => [...document.querySelectorAll(".new")].map(block => {
  const bar = getComputedStyle(block, "::after")
  const text = block.innerText.split(/\\s+/).join(" ")
  return bar.content !== "none" && bar.position === "absolute" ? text : `no bar: ${text}`
})"""
"""The text of each block with a bar, what is said to screen readers included."""
TEXTS = (
    "One stays.\n\nTwo is old.\n\n- an item\n",
    "One stays.\n\nTwo is new.\n\n- an item\n- another\n",
    "One stays.\n\nTwo is new.\n\n- an item\n- another\n\n## Part\n",
)


def publish(site: Path, number: int) -> None:
    """Commit a text, on the third of a month, and build the site."""
    write(site, {"content/posts/a.md": f"---\ntitle: A\n---\n{TEXTS[number]}"})
    git(site, "add", "content")
    git(site, "commit", "--quiet", "-m", f"Edit {number}", "--date", f"2026-0{number + 1}-03")
    assert build(site, site / "public")["diagnostics"] == []


def visit(tab: Page) -> str:
    """Come to the post from elsewhere; the text of its note, empty where it is hidden."""
    tab.goto(ELSEWHERE)
    tab.goto(POST)
    return note(tab)


def note(tab: Page) -> str:
    found = tab.locator(".changed")
    return found.inner_text() if found.count() and found.is_visible() else ""


def test_reader_sees_what_is_new_since_the_last_time(tmp_path: Path, browser: Browser) -> None:
    write(tmp_path, {"sitegen.toml": f'base_url = "{URL}"\n[history]\ngit = true\n'})
    git(tmp_path, "init", "--quiet", "--template=")
    publish(tmp_path, 0)
    with Showcase("history", tmp_path / "public").tab(browser) as tab:
        assert visit(tab) == ""
        publish(tmp_path, 1)
        said = visit(tab)
        assert "3 January 2026" in said
        assert "Two is new." in said
        assert tab.evaluate(NEW) == ["Changed: Two is new.", "Changed: an item another"]
        tab.locator(".changed a").first.click()
        target = tab.locator(":target")
        assert target.inner_text().split() == ["Changed:", "Two", "is", "new."]
        # They stay on a reload, and on the way back from what changed.
        tab.reload()
        assert note(tab) == said
        tab.locator(".changed a").last.click()
        assert tab.url == f"{URL}{CHANGES}"
        tab.go_back()
        assert note(tab) == said
        assert visit(tab) == ""
        assert tab.evaluate(NEW) == []
        publish(tmp_path, 2)
        assert "3 February 2026" in visit(tab)
        assert tab.evaluate(NEW) == ["Changed: Part"]
        read = tab.evaluate("JSON.parse(localStorage.getItem('revisions-read'))")
        assert read == {"/sub/a": 3}


EDITED = "posts/code/"
FOREIGN = ("null", '"x"', "[]", "{", '{"/sub/code": "x"}')
"""What something else of the same host may have stored."""


def test_foreign_and_blocked_storage_do_no_harm(
    showcases: Callable[[str], Showcase], browser: Browser
) -> None:
    errors: list[str] = []
    with showcases(DEMO).tab(browser) as tab:
        tab.on("pageerror", lambda error: errors.append(str(error)))
        for stored in FOREIGN:
            tab.goto(ELSEWHERE)
            tab.evaluate("text => localStorage.setItem('revisions-read', text)", stored)
            tab.goto(EDITED)
            assert note(tab) == "", stored
        blocked = "Object.defineProperty(window, 'localStorage', {get() { throw Error() }})"
        tab.add_init_script(blocked)
        tab.goto(EDITED)
        assert note(tab) == ""
    assert errors == []


def test_without_scripts_there_is_the_link_to_what_changed(
    showcases: Callable[[str], Showcase], browser: Browser
) -> None:
    with showcases(DEMO).tab(browser, java_script_enabled=False) as tab:
        tab.goto(EDITED)
        assert note(tab) == ""
        tab.locator(".meta a", has_text="Edited").click()
        assert tab.url == f"{URL}{EDITED}changes/"
        assert tab.locator("ins.ln").all_inner_texts() == [
            "    if limit < 3:\n",
            "        return []\n",
        ]
        prose = tab.locator(".changes > p:has(del)")
        assert "deleted: a" in " ".join(prose.inner_text().split())


def test_on_paper_a_difference_is_seen_without_colours(
    showcases: Callable[[str], Showcase], browser: Browser
) -> None:
    with showcases(DEMO).tab(browser) as tab:
        tab.goto(f"{EDITED}changes/")
        tab.emulate_media(media="print")
        line = "one => getComputedStyle(one).textDecorationLine"
        assert tab.locator("p > del").first.evaluate(line) == "line-through"
        assert tab.locator("p > ins").first.evaluate(line) == "underline"

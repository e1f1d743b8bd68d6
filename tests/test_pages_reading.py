"""What a page does for its reader: notes beside lines, the place in the text, light and dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.examples import build, write
from tests.showcase import DEMO, Showcase

BOX = "one => one.getBoundingClientRect().toJSON()"
PARAGRAPH = "Words that fill a few lines of prose, as anybody would write them. " * 4
NOTES = (
    "---\ntitle: Notes\nlang: {lang}\n---\n"
    + "".join(f"{PARAGRAPH}[^{n}]\n\n" for n in "abc")
    + "Two at once.[^d] [^e]\n\n"
    + "```python\ncode = 'that is as wide as it can be, and so could lie below a note'\n```\n\n"
    + "".join(f"[^{n}]: {PARAGRAPH}\n" for n in "abcde")
)
"""A post whose notes are longer than the lines that they belong to."""


def boxes(tab: Page, selector: str) -> list[dict[str, float]]:
    return [one.evaluate(BOX) for one in tab.locator(selector).all()]


@pytest.fixture
def notes(tmp_path: Path) -> Callable[..., Showcase]:
    """A site of one post with notes, in a language."""

    def made(lang: str = "en", theme: str = "") -> Showcase:
        config = f'base_url = "https://showcase.example/sub/"\n[theme]\n{theme}\n'
        post = NOTES.format(lang=lang)
        write(tmp_path, {"sitegen.toml": config, "content/posts/notes.md": post})
        assert build(tmp_path, tmp_path / "public")["diagnostics"] == []
        return Showcase("notes", tmp_path / "public")

    return made


@contextmanager
def opened(showcase: Showcase, browser: Browser, width: int, **options: Any) -> Iterator[Page]:  # noqa: ANN401 (Playwright's)
    with showcase.tab(browser, viewport={"width": width, "height": 900}, **options) as tab:
        tab.goto("posts/notes/")
        yield tab


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_notes_are_beside_their_lines_where_there_is_room(
    notes: Callable[..., Showcase], browser: Browser, lang: str, *, script: bool
) -> None:
    with opened(notes(lang), browser, 1440, java_script_enabled=script) as tab:
        prose, *_ = boxes(tab, ".prose")
        beside, lines = boxes(tab, ".footnote-item"), boxes(tab, ".footnote-ref")
        [code] = boxes(tab, ".prose > :is(.highlight, .code)")
    assert len(beside) == len(lines) == 5
    for note, line in zip(beside, lines, strict=True):
        assert note["x"] > max(prose["right"], code["right"]) or note["right"] < code["x"]
        assert note["y"] >= line["y"] - 10
    assert beside[0]["y"] == pytest.approx(lines[0]["y"], abs=10)
    for above, below in pairwise(beside):
        assert above["bottom"] < below["y"]


@pytest.mark.parametrize(
    ("width", "theme", "media"),
    [
        (1151, "", "screen"),
        (390, "", "screen"),
        (1440, 'notes = "end"', "screen"),
        (1440, "", "print"),
    ],
)
def test_notes_are_at_the_end_elsewhere(
    notes: Callable[..., Showcase],
    browser: Browser,
    width: int,
    theme: str,
    media: Any,  # noqa: ANN401
) -> None:
    with opened(notes(theme=theme), browser, width) as tab:
        tab.emulate_media(media=media)
        [code] = boxes(tab, ".prose > :is(.highlight, .code)")
        found = boxes(tab, ".footnote-item")
    assert all(note["y"] > code["bottom"] for note in found)


def test_a_note_is_written_once_and_its_reference_leads_to_it(
    notes: Callable[..., Showcase], browser: Browser
) -> None:
    with opened(notes(), browser, 1440) as tab:
        assert tab.locator("div.footnotes > ol > li").count() == 5
        assert tab.locator(".prose").inner_text().count(PARAGRAPH.strip()) == 8
        tab.locator(".footnote-ref a").nth(2).click()
        target = tab.locator(":target")
        assert target.get_attribute("id") == "fn3"
        target.locator(".footnote-backref").click()
        assert tab.locator(":target").get_attribute("id") == "fnref3"


def test_feeds_have_notes_at_the_end_and_nothing_of_their_places(
    notes: Callable[..., Showcase],
) -> None:
    feed = (notes().folder / "feed.xml").read_text("utf-8")
    assert feed.count('&lt;li id="fn') == 5
    assert "--note" not in feed


@pytest.mark.parametrize("width", [768, 1152, 1440])
def test_prose_has_its_measure_where_there_is_room(
    showcases: Callable[[str], Showcase], browser: Browser, width: int
) -> None:
    """At 768 pixels it shared the room with what only code may use, and was a sixth narrower."""
    with showcases(DEMO).tab(browser, viewport={"width": width, "height": 900}) as tab:
        tab.goto("posts/code/")
        [prose], [code, *_] = boxes(tab, ".prose"), boxes(tab, ".prose > .code")
    assert prose["right"] - prose["x"] == pytest.approx(38 * 16, abs=1)
    assert code["x"] == pytest.approx(prose["x"], abs=1)
    assert prose["right"] < code["right"] <= width


def test_list_of_tasks_in_a_task_is_further_in(
    showcases: Callable[[str], Showcase], browser: Browser
) -> None:
    """The boxes had no style, and those of both lists were below each other."""
    with showcases(DEMO).tab(browser) as tab:
        tab.goto("posts/writing/")
        items = boxes(tab, ".task-list-item")
        ticks = boxes(tab, ".task-list-item input")
    assert ticks[-1]["x"] > ticks[0]["x"] + 16
    assert all(tick["x"] < item["x"] for tick, item in zip(ticks, items, strict=True))


CURRENT = ".toc [aria-current]"


def test_contents_mark_the_part_that_is_read_and_keep_it_in_sight(
    showcases: Callable[[str], Showcase], browser: Browser
) -> None:
    """Of forty parts, the last were out of sight below the window."""
    options = {"viewport": {"width": 1440, "height": 700}, "reduced_motion": "reduce"}
    with showcases(DEMO).tab(browser, **options) as tab:
        tab.goto("posts/habits/")
        names = tab.locator(".toc a").all_inner_texts()
        for index in (0, 20, len(names) - 9):
            tab.locator(".prose :is(h2, h3)").nth(index).evaluate("one => one.scrollIntoView()")
            tab.wait_for_function(
                f"name => document.querySelector('{CURRENT}')?.innerText === name", arg=names[index]
            )
            [current], [contents] = boxes(tab, CURRENT), boxes(tab, ".toc")
            assert contents["y"] <= current["y"] < current["bottom"] <= contents["bottom"]
            assert current["bottom"] <= 700


def test_contents_mark_the_part_without_a_script_where_the_browser_can(
    showcases: Callable[[str], Showcase], browser: Browser
) -> None:
    options = {"java_script_enabled": False, "viewport": {"width": 1440, "height": 700}}
    with showcases(DEMO).tab(browser, **options) as tab:
        tab.goto("posts/habits/#return-early")
        weights = tab.locator(".toc a").evaluate_all(
            "all => all.map(one => [one.innerText, getComputedStyle(one).fontWeight])"
        )
    assert [name for name, weight in weights if weight == "600"] == ["Return early"]


READ = """selector => getComputedStyle(document.querySelector(selector), "::before")
  .getPropertyValue("--read")"""


def test_rail_shows_how_far_a_text_is_read(
    showcases: Callable[[str], Showcase], browser: Browser
) -> None:
    def read(tab: Page) -> list[float]:
        return [float(tab.evaluate(READ, at).removesuffix("px")) for at in ("main", ".prose > h2")]

    screen = {"width": 1440, "height": 700}
    with showcases(DEMO).tab(browser, viewport=screen) as tab:
        tab.goto("posts/habits/")
        assert read(tab) == [0, 0]
        tab.evaluate("scrollTo({top: document.body.scrollHeight, behavior: 'instant'})")
        tab.wait_for_function(f"({READ})('main') === '700px'")
        assert read(tab) == [700, 700]
    with showcases(DEMO).tab(browser, viewport=screen, reduced_motion="reduce") as tab:
        tab.goto("posts/habits/")
        tab.evaluate("scrollTo({top: document.body.scrollHeight, behavior: 'instant'})")
        assert read(tab) == [0, 0]


STYLE = "(one, name) => getComputedStyle(one)[name]"


def test_text_of_east_asia_has_its_own_typography(
    showcases: Callable[[str], Showcase], browser: Browser
) -> None:
    with showcases(DEMO).tab(browser) as tab:
        tab.goto("posts/japanese/")
        paragraph = tab.locator(".prose p").first
        assert paragraph.evaluate(STYLE, "fontSize") == "17px"
        assert paragraph.evaluate(STYLE, "lineHeight") == "30.6px"
        assert paragraph.evaluate(STYLE, "lineBreak") == "strict"
        assert tab.locator("h1").evaluate(STYLE, "letterSpacing") == "normal"
        assert "Literata" not in paragraph.evaluate(STYLE, "fontFamily")


def test_paper_is_light_and_says_where_the_text_is_from(
    showcases: Callable[[str], Showcase], browser: Browser
) -> None:
    with showcases(DEMO).tab(browser, color_scheme="dark") as tab:
        tab.goto("posts/writing/")
        tab.emulate_media(media="print", color_scheme="dark")
        ink = tab.locator("body").evaluate(STYLE, "color")
        assert ink == "rgb(26, 29, 33)"
        assert tab.locator(".address").inner_text().endswith("/posts/writing/")
        assert tab.locator(".address").is_visible()
        assert not tab.locator("header nav, .toc, .scheme").first.is_visible()
        link = tab.locator(".prose a[href^='https://']").first
        shown = link.evaluate("one => getComputedStyle(one, '::after').content")
        assert link.get_attribute("href") in shown


def test_scheme_is_switched_and_remembered(
    showcases: Callable[[str], Showcase], browser: Browser
) -> None:
    background = "getComputedStyle(document.documentElement).backgroundColor"
    bars = "[...document.querySelectorAll('[name=theme-color]')]"
    bar = f"{bars}.find(bar => matchMedia(bar.media).matches).content"
    with showcases(DEMO).tab(browser, color_scheme="dark") as tab:
        tab.goto("")
        dark = tab.evaluate(background)
        button = tab.locator(".scheme")
        names = [button.get_attribute("aria-label")]
        button.click()
        light = tab.evaluate(background)
        assert light != dark
        tab.goto("archive/")
        names.append(button.get_attribute("aria-label"))
        assert (tab.evaluate(background), tab.evaluate(bar)) == (light, "#fbfaf7")
        button.click()
        names.append(button.get_attribute("aria-label"))
        assert (tab.evaluate(background), tab.evaluate(bar)) == (dark, "#131618")
        button.click()
        assert len(set(names)) == 3
        assert button.get_attribute("aria-label") == names[0]

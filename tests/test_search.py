"""The search in a real browser: what it finds of real posts, how it is used, and what it weighs."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.showcase import (
    DEMO,
    LENIENT,
    MANUAL,
    URL,
    Showcase,
    once,
    remove_posts,
    session_folder,
)
from tests.test_pages_accessibility import RULES, broken
from tests.titles import addresses
from tests.words import CASES

BLOGS = (
    *("babel-blog", "jekyll-posts", "nushell-blog", "opensource-guide"),
    *("scikit-learn-blog", "simonw-til", "twbs-blog"),
)
POSTS = 200
FIVE = """async queries => {
  const {search} = await import("./search.js"), found = []
  for (const query of queries) {
    const [first, ...rest] = (await search(query)).map(result => result.document.url)
    found.push([first, ...rest.slice(0, 4)])
  }
  return found
}"""
"""The addresses of the first five results of each query."""


@pytest.fixture
def manual(showcases: Callable[[str], Showcase], browser: Browser) -> Iterator[Page]:
    """The home page of the manual."""
    with showcases(MANUAL).tab(browser) as tab:
        tab.goto("")
        yield tab


def test_script_takes_texts_apart_as_the_build_does(manual: Page) -> None:
    words = "async texts => texts.map((await import('./search.js')).wordsIn)"
    found = manual.evaluate(words, [text for text, _ in CASES])
    assert [" ".join(each) for each in found] == [words for _, words in CASES]


class Blogs:
    """All posts of the corpus as one site, and what its index says of them."""

    def __init__(self, showcase: Showcase) -> None:
        self.showcase, folder = showcase, showcase.folder
        titles = json.loads((folder / "search/titles.json").read_text("utf-8"))
        ids, pages = titles["ids"], titles["pages"]
        self.titles = {ids[at : at + 3]: pages[at // 3 * 2 + 1] for at in range(0, len(ids), 3)}
        self.urls = {found: URL + address for found, address in addresses(titles).items()}
        self.words: dict[str, set[str]] = defaultdict(set)
        for file in (folder / "search").glob("*.txt"):
            for line in file.read_text("utf-8").splitlines():
                self.words[line[:3]] |= {entry[:-1] for entry in line[3:].split(" ")}
        self.count = Counter(word for words in self.words.values() for word in words)

    def rare(self, post: str) -> list[str]:
        """The three words of a post that the fewest others have."""
        words = (word for word in self.words[post] if word.isalpha() and len(word) >= 4)
        return sorted(words, key=lambda word: (self.count[word], word))[:3]


@pytest.fixture(scope="module")
def blogs(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Blogs:
    def source(site: Path) -> Path:
        for name in BLOGS:
            shutil.copytree(shared / "corpus" / name, site / "content/posts" / name)
        (site / "sitegen.toml").write_text(LENIENT, "utf-8")
        remove_posts(site)
        return site

    return Blogs(once("blogs", session_folder(tmp_path_factory.getbasetemp()), source))


def mistyped(words: list[str], random: Random) -> str:
    """The words with one wrong letter, one too many, one too few, or two in the wrong order."""
    at = random.choice([n for n, word in enumerate(words) if len(word) > 3] or [0])
    word, letter = words[at], random.choice("abcdefghijklmnopqrstuvwxyz")
    place = random.randrange(max(1, len(word) - 1))
    head, one, tail = word[:place], word[place], word[place + 1 :]
    wrong = (letter + tail, letter + one + tail, tail, tail[:1] + one + tail[1:])
    return " ".join([*words[:at], head + random.choice(wrong), *words[at + 1 :]])


def test_posts_are_found(blogs: Blogs, browser: Browser) -> None:
    """By three rare words and by their titles first; with a mistake among the first five."""
    random = Random(0)
    posts = [post for post, words in blogs.words.items() if len(words) >= 40]
    chosen = random.sample(sorted(posts), POSTS)
    unique = Counter(blogs.titles.values())
    titled = [post for post in chosen if unique[blogs.titles[post]] == 1]
    asked = {
        "rare words": [(post, " ".join(blogs.rare(post))) for post in chosen],
        "title": [(post, blogs.titles[post]) for post in titled],
        "rare words, mistyped": [(post, mistyped(blogs.rare(post), random)) for post in chosen],
        "title, mistyped": [(p, mistyped(blogs.titles[p].split(), random)) for p in titled],
        "a rare word, mistyped": [(p, mistyped(blogs.rare(p)[:1], random)) for p in chosen],
    }
    first, among_five = {}, {}
    with blogs.showcase.tab(browser) as tab:
        tab.goto("404.html")
        for name, queries in asked.items():
            found = tab.evaluate(FIVE, [query for _, query in queries])
            wanted = [blogs.urls[post] for post, _ in queries]
            pairs = list(zip(wanted, found, strict=True))
            first[name] = sum(url == five[0] for url, five in pairs) / len(pairs)
            among_five[name] = sum(url in five for url, five in pairs) / len(pairs)
    assert first["rare words"] >= 0.95
    assert first["title"] >= 0.99
    assert min(among_five.values()) >= 0.80, among_five


def test_index_is_as_light_as_was_promised(blogs: Blogs) -> None:
    sizes = {
        file.name: len(gzip.compress(file.read_bytes(), 9))
        for file in (blogs.showcase.folder / "search").iterdir()
    }
    assert len(gzip.compress((blogs.showcase.folder / "search.js").read_bytes(), 9)) <= 5_000
    assert sizes.pop("titles.json") / len(blogs.titles) <= 22.5
    assert len(sizes) <= len(blogs.titles) / 4
    assert sum(sizes.values()) / len(sizes) <= 5_000


def test_dialog_is_used_with_the_keyboard_alone(manual: Page) -> None:
    manual.keyboard.press("/")
    box = manual.get_by_role("combobox", name="Search")
    expect(box).to_be_focused()
    box.fill("post-build command")
    expect(manual.locator("dialog .excerpt").first).to_be_visible()
    manual.keyboard.press("ArrowDown")
    manual.keyboard.press("ArrowDown")
    chosen = manual.locator("[role=option][aria-selected=true]")
    expect(chosen).to_have_id(str(box.get_attribute("aria-activedescendant")))
    address = str(chosen.get_attribute("href"))
    assert "#" in address.partition(":~:text=")[0]
    manual.keyboard.press("Enter")
    expect(manual).to_have_url(re.compile(re.escape(address.partition(":~:")[0])))


def test_letters_typed_while_the_search_is_loaded_are_kept(manual: Page) -> None:
    """The first letters after `/` went nowhere; and a dialog without its style is not shown."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    manual.route("**/search.css", hold)
    with manual.expect_request("**/search.css"):
        manual.keyboard.press("/")
    manual.keyboard.type("foot/note")
    expect(manual.get_by_role("dialog")).to_have_count(0)
    held[0].fallback()
    expect(manual.get_by_role("combobox", name="Search")).to_have_value("foot/note")
    expect(manual.locator("dialog .found").first).to_be_visible()


def test_dialog_closes_and_gives_the_focus_back(manual: Page) -> None:
    manual.locator("main a").first.focus()
    manual.keyboard.press("Control+k")
    expect(manual.get_by_role("dialog", name="Search")).to_be_visible()
    manual.keyboard.press("Escape")
    expect(manual.get_by_role("dialog")).to_have_count(0)
    expect(manual.locator("main a").first).to_be_focused()


def test_slash_in_a_field_is_a_slash(manual: Page) -> None:
    manual.evaluate("document.querySelector('main').prepend(document.createElement('input'))")
    manual.locator("main > input").press("/")
    expect(manual.locator("main > input")).to_have_value("/")
    expect(manual.locator("dialog")).to_have_count(0)


def test_page_shows_what_its_address_asks_for(manual: Page) -> None:
    manual.goto("search/?q=tag:markdown+footnote")
    expect(manual.get_by_role("status")).to_have_text("Results: 1")
    expect(manual.locator("mark").first).to_have_text(re.compile("footnotes?", re.IGNORECASE))
    manual.get_by_role("combobox").fill("code:await nothing-like-it")
    expect(manual.get_by_role("status")).not_to_have_text("Results: 1")
    assert manual.url.endswith("?q=code%3Aawait+nothing-like-it")


def test_words_of_any_script_are_found(
    showcases: Callable[[str], Showcase], browser: Browser
) -> None:
    with showcases(DEMO).tab(browser) as tab:
        tab.goto("404.html")
        found = tab.evaluate(FIVE, ["木曜日", "العربية", "עברית"])
    assert all(found), found


def test_site_without_scripts_offers_the_archive(
    showcases: Callable[[str], Showcase], browser: Browser
) -> None:
    with showcases(MANUAL).tab(browser, java_script_enabled=False) as tab:
        for page in ("", "search/"):
            tab.goto(page)
            expect(tab.locator(".search-open, .search").first).to_be_hidden()
            expect(tab.locator(".without-script").last).to_be_visible()


@pytest.mark.npm("axe-core")
@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_results_break_no_rule_of_accessibility(
    showcases: Callable[[str], Showcase],
    browser: Browser,
    npm_package: Path,
    scheme: str,
    width: int,
) -> None:
    view = {"width": width, "height": 800}
    with showcases(MANUAL).tab(browser, color_scheme=scheme, viewport=view) as tab:
        tab.goto("search/?q=code")
        expect(tab.locator(".excerpt").first).to_be_visible()
        tab.keyboard.press("ArrowDown")
        assert broken(tab, npm_package, RULES) == []
        tab.goto("")
        tab.keyboard.press("/")
        tab.get_by_role("combobox").fill("code")
        expect(tab.locator("dialog .excerpt").first).to_be_visible()
        tab.keyboard.press("ArrowDown")
        assert broken(tab, npm_package, RULES) == []
        assert tab.evaluate("document.documentElement.scrollWidth") <= width

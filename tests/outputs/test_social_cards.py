"""Social cards as files of a site: which posts have one, and what makes one again."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sitegen.config.schema import ThemeConfig
from sitegen.engine.history import History
from sitegen.outputs.social_cards import card_colours
from sitegen.sources.discover import tokens_of_theme
from sitegen.storage.cache import Store
from tests.oracle import OUTPUT, Twins, files

pytest.importorskip("pyvips")

CONFIG = 'title = "Blog"\nbase_url = "https://me.example/blog/"\n[theme]\ncards = true\n'
A, B, PICTURED = (f"content/posts/{name}.md" for name in ("a", "b", "pictured"))
Edit = Callable[[Twins], object]


def post(title: str, body: str = "Text.", more: str = "") -> str:
    return f"---\ntitle: {title}\ndate: 2024-01-02\ntags: [python]\n{more}---\n{body}\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Twins:
    twins = Twins(tmp_path_factory.mktemp("cards"))
    twins.write("sitegen.toml", CONFIG)
    twins.write(A, post("A title"))
    twins.write(B, post("字", more="lang: ja\n"))
    twins.write(PICTURED, post("With a picture", more="image: /own.png\n"))
    twins.write("static/own.png", b"a picture")
    twins.write("content/pages/about.md", "About")
    twins.build()
    return twins


def cards(twins: Twins) -> set[str]:
    return {path for path in files(twins.site / OUTPUT) if path.startswith("cards/")}


def page(twins: Twins, path: str) -> str:
    return (twins.site / OUTPUT / path / "index.html").read_text("utf-8")


def test_each_post_without_an_image_has_a_card(built: Twins) -> None:
    assert cards(built) == {"cards/posts/a.png", "cards/posts/b.png"}
    assert 'content="https://me.example/blog/cards/posts/a.png"' in page(built, "posts/a")
    assert 'property="og:image:width" content="1200"' in page(built, "posts/a")
    assert 'content="https://me.example/blog/own.png"' in page(built, "posts/pictured")
    assert 'content="https://me.example/blog/cards.png"' in page(built, "about")
    assert "cards.png" in files(built.site / OUTPUT)


def test_only_cards_in_other_scripts_depend_on_the_fonts_of_the_machine(built: Twins) -> None:
    store = Store(built.site, built.fingerprint)
    with store.session():
        history = History(store, built.site, built.site / OUTPUT)
        traces = {name: history.trace(f"cards/posts/{name}.png") for name in "ab"}
    reads = {name: trace.reads for name, trace in traces.items() if trace}
    store.close()
    assert "fonts:of sitegen" in reads["a"]
    assert ["fonts:of the machine" in reads[name] for name in "ab"] == [False, True]


EDITS: dict[str, tuple[Edit, set[str]]] = {
    "nothing": (lambda twins: None, set()),
    "a first paragraph": (lambda twins: twins.write(A, post("A title", "More text.")), set()),
    "a title": (lambda twins: twins.write(A, post("Another")), {"a"}),
    "a tag": (lambda twins: twins.write(A, post("Another").replace("python", "x")), {"a"}),
    "another post": (lambda twins: twins.write("content/posts/c.md", post("C")), {"c"}),
    "an image": (lambda twins: twins.write(A, post("Another", more="image: /own.png\n")), set()),
    "no image again": (lambda twins: twins.write(A, post("Another")), {"a"}),
    "a colour of links": (
        lambda twins: twins.write("sitegen.toml", f'{CONFIG}accent = ["#7a3b12"]\n'),
        {"a", "b", "c"},
    ),
    "the name of the site": (
        lambda twins: twins.write("sitegen.toml", CONFIG.replace("Blog", "Log")),
        {"a", "b", "c"},
    ),
    "no cards": (lambda twins: twins.write("sitegen.toml", CONFIG.replace("true", "false")), set()),
}
"""One after the other: what is edited, and the cards that are drawn."""


def test_a_card_is_drawn_again_for_what_is_on_it_and_nothing_else(built: Twins) -> None:
    """Each build is compared with a clean one, byte for byte."""
    for name, (edit, drawn) in EDITS.items():
        edit(built)
        report = built.build()
        assert report
        made = {s.path for s in report.stale if s.path.startswith("cards/")}
        of_site = "cards.png" in {s.path for s in report.stale}
        assert of_site is (len(drawn) == 3), name
        assert made == {f"cards/posts/{post}.png" for post in drawn}, name
    assert cards(built) == set()


def test_cards_have_the_colours_of_light_pages_unless_all_are_dark() -> None:
    tokens = tokens_of_theme()
    light = card_colours(tokens, ThemeConfig(accent=("#7a3b12", "#f0a878"), dark={"ink": "white"}))
    assert (light.paper, light.accent, light.ink) == ("#fbfaf7", "#7a3b12", "#1a1d21")
    dark = card_colours(tokens, ThemeConfig(scheme="dark", accent=("#7a3b12", "#f0a878")))
    assert (dark.paper, dark.accent) == ("#131618", "#f0a878")


def test_dark_pages_have_the_accent_that_the_theme_finds_for_them() -> None:
    """With one colour for links, that of dark pages is the nearest to it that can be read."""
    dark = card_colours(tokens_of_theme(), ThemeConfig(scheme="dark", accent=("#7a3b12",)))
    assert dark.accent != "#74d3b0"

"""Colours: how CSS writes them, and how much contrast they have."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from playwright.sync_api import sync_playwright

from sitegen.text.colour_names import NAMED
from sitegen.text.colours import STEPS, Colour, colour, contrast, nearest, oklch
from tests.conftest import tool

COLOURS = st.builds(Colour, *[st.integers(0, 255)] * 3)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("#0a6350", "#0a6350"),
        ("#0A6350ff", "#0a6350"),
        ("#FC0", "#ffcc00"),
        ("#fc0f", "#ffcc00"),
        (" RebeccaPurple ", "#663399"),
        ("rgb(10, 99, 80)", "#0a6350"),
        ("rgb(10 99 80)", "#0a6350"),
        ("rgba(10, 99, 80, 1)", "#0a6350"),
        ("rgb(10 99 80 / 100%)", "#0a6350"),
        ("rgb(100% 0% 50%)", "#ff0080"),
        ("rgb(300 -5 0)", "#ff0000"),
        ("hsl(120, 100%, 25%)", "#008000"),
        ("hsl(0.5turn 100% 50%)", "#00ffff"),
        ("hsl(-120deg 100% 50%)", "#0000ff"),
        ("oklch(62.8% 0.2577 29.23)", "#ff0000"),
        ("oklch(0 0 0)", "#000000"),
        ("oklch(1 0% 0deg)", "#ffffff"),
    ],
)
def test_colours_of_css_are_read(text: str, read: str) -> None:
    assert str(colour(text)) == read


@pytest.mark.parametrize(
    "text",
    [
        *("", "#", "#12", "#12345", "#gggggg", "0a6350", "redd", "inherit", "currentColor"),
        *("transparent", "#0a635080", "#fc08", "rgb(0 0 0 / 50%)", "rgba(0, 0, 0, .5)"),
        *("rgb(0 0)", "rgb(0 0 0 0 0)", "rgb(a b c)", "rgb(0 0 0", "lab(50% 40 59)"),
        *("color-mix(in srgb, red, blue)", "var(--ink)", "light-dark(#000, #fff)"),
    ],
)
def test_what_has_no_contrast_of_its_own_is_no_colour(text: str) -> None:
    assert colour(text) is None


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000", "#fff", 21.0),
        ("#fff", "#fff", 1.0),
        # The examples of WebAIM and of Technique G18: the grey that just passes, and just fails.
        ("#767676", "#fff", 4.54),
        ("#777777", "#fff", 4.48),
        ("#f00", "#fff", 4.0),
        ("#0000ff", "#fff", 8.59),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(read(one), read(other)) == pytest.approx(ratio, abs=0.005)


def read(text: str) -> Colour:
    found = colour(text)
    assert found is not None
    return found


@given(COLOURS, COLOURS)
def test_contrast_has_no_direction_and_an_end(one: Colour, other: Colour) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21
    assert contrast(one, one) == 1


@given(COLOURS)
def test_a_colour_is_written_as_it_is_read(of: Colour) -> None:
    assert colour(str(of)) == of
    assert colour(f"rgb({of.red} {of.green} {of.blue})") == of


@given(COLOURS)
def test_oklch_leads_back_to_the_colour(of: Colour) -> None:
    lightness, chroma, hue = oklch(of)
    back = colour(f"oklch({lightness:.6f} {chroma:.6f} {hue:.4f})")
    assert back == of


@given(COLOURS, COLOURS)
def test_the_nearest_colour_passes_and_none_is_nearer(of: Colour, ground: Colour) -> None:
    tried: list[Colour] = []

    def passes(found: Colour) -> bool:
        tried.append(found)
        return contrast(found, ground) >= 4.5

    found = nearest(of, passes)
    # Black or white has 4.58 on any colour, so one always passes.
    assert found is not None
    assert contrast(found, ground) >= 4.5
    *others, last = tried
    assert last == found
    assert all(contrast(other, ground) < 4.5 for other in others)


@given(COLOURS, COLOURS)
@example(Colour(2, 0, 23), Colour(181, 25, 253))
def test_the_nearest_colour_has_the_same_hue(of: Colour, ground: Colour) -> None:
    """Of two dark colours that differ by one in 255 the hues can be 13 degrees apart, as those of
    `#000008`, which the example gives, and `#010008`, which has its hue: no colour is between them.
    """
    found = nearest(of, lambda each: contrast(each, ground) >= 4.5)
    assert found is not None
    lightness, chroma, hue = oklch(found)
    exact = colour(f"oklch({lightness:.8f} {chroma:.8f} {oklch(of).hue:.6f})")
    assert exact is not None
    steps = max(abs(one - other) for one, other in zip(found, exact, strict=True))
    assert steps <= 5
    if min(oklch(of).chroma, chroma) > 0.04 and steps > 1:
        apart = abs(oklch(of).hue - hue) % 360
        assert min(apart, 360 - apart) < 8


def test_colours_are_tried_from_near_to_far() -> None:
    tried: list[Colour] = []

    def passes(found: Colour) -> bool:
        tried.append(found)
        return False

    nearest(read("#808080"), passes)
    moved = [abs(oklch(each).lightness - oklch(tried[0]).lightness) for each in tried]
    assert moved == pytest.approx(sorted(moved), abs=1.5 / STEPS)
    assert {"#000000", "#ffffff"} <= set(map(str, tried))


def test_nothing_may_pass() -> None:
    assert nearest(Colour(1, 2, 3), lambda _: False) is None


def test_a_colour_that_passes_stays_as_it_is() -> None:
    assert nearest(Colour(1, 2, 3), lambda _: True) == Colour(1, 2, 3)


def test_every_name_is_a_colour() -> None:
    assert len(NAMED) == 148
    assert all(colour(name) for name in NAMED)


PAINTED = """colours => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  return colours.map(colour => {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  });
}"""
WRITTEN = (
    *NAMED,
    *("#0a6350", "#fc0", "#fc0f", "rgb(10, 99, 80)", "rgb(100% 0% 50%)", "rgb(300 -5 0)"),
    *(f"hsl({hue} 60% {light}%)" for hue in range(0, 360, 20) for light in (20, 50, 90)),
    *(f"oklch(0.6 0.1 {hue})" for hue in range(0, 360, 20)),
    *("hsl(.5turn, 100%, 50%)", "oklch(40% 20% 1rad)", "oklch(80% 0.05 100grad)"),
)


def test_a_browser_reads_the_same_colours() -> None:
    """But for the last bit, where a number has to be rounded."""
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=tool("chromium"), args=options)
        painted = browser.new_page().evaluate(PAINTED, list(WRITTEN))
        browser.close()
    apart = {
        text: (tuple(seen), tuple(read(text)))
        for text, seen in zip(WRITTEN, painted, strict=True)
        if any(abs(one - other) > 1 for one, other in zip(seen, read(text), strict=True))
    }
    assert apart == {}

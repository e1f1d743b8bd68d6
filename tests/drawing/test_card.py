"""What is drawn on a social card. No pixel is compared: fonts and libraries change."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest

from sitegen.drawing.card import (
    HEIGHT,
    RAIL_AT,
    TEXT_AT,
    TITLE_HEIGHT,
    TITLE_TOP,
    WIDTH,
    CardColours,
    CardTexts,
    draw,
)
from tests.conftest import ROOT, tool, unavailable

pyvips = pytest.importorskip("pyvips")

COLOURS = CardColours("#fbfaf7", "#1a1d21", "#5c6169", "#0a6350", "#d9d5cc")
TEXTS = CardTexts("Blog", "A title", "20 June 2026 · 2 min read", "python", "en", is_rtl=False)
SCRIPTS = {
    "Latin": ("Ein Titel über Wörter", "de"),
    "Vietnamese": ("Một tiêu đề ngắn", "vi"),
    "Greek": ("Ένας τίτλος", "el"),
    "Cyrillic": ("Маленький парсер", "ru"),
    "Arabic": ("عنوان عن الكلمات", "ar"),
    "Hebrew": ("כותרת על מילים", "he"),
    "Devanagari": ("शब्दों के बारे में", "hi"),
    "Han": ("关于词语的标题", "zh"),
    "kana": ("ことばの題名", "ja"),
    "Hangul": ("낱말에 대한 제목", "ko"),
}
OF_SITEGEN = ("Latin", "Vietnamese", "Greek", "Cyrillic")
"""The scripts of the fonts that sitegen brings."""


def image(texts: CardTexts) -> Any:  # noqa: ANN401 (Pyvips has no types)
    """A card as its readers decode it."""
    return pyvips.Image.pngload_buffer(draw(texts, COLOURS)).colourspace("srgb")


def ink(found: Any) -> Any:  # noqa: ANN401 (Pyvips has no types)
    """The title of a card alone, as small as it is, in grey."""
    middle = found.crop(TEXT_AT, TITLE_TOP, WIDTH - TEXT_AT, TITLE_HEIGHT).colourspace("b-w")
    return middle.crop(*middle.find_trim(background=[250], threshold=60))


def is_a_box(letter: Any) -> bool:  # noqa: ANN401
    """Whether all four edges are lines: how Pango shows a letter that no font has."""
    width, height, edge = letter.width, letter.height, range(1, 9)
    if width < 3 * len(edge):  # such as the letter alef
        return False
    sides = (
        [(8, y, width - 16, 1) for y in edge],
        [(8, height - y, width - 16, 1) for y in edge],
        [(x, 8, 1, height - 16) for x in edge],
        [(width - x, 8, 1, height - 16) for x in edge],
    )
    return all(any(letter.crop(*line).max() < 200 for line in lines) for lines in sides)


def test_a_card_is_a_small_png_of_the_size_that_networks_want() -> None:
    data = draw(TEXTS, COLOURS)
    found = pyvips.Image.pngload_buffer(data)
    assert (found.width, found.height) == (WIDTH, HEIGHT)
    assert len(data) < 50_000


def test_a_card_has_the_same_bytes_each_time_and_in_each_process() -> None:
    code = (
        "import sys; from tests.drawing.test_card import *; "
        "sys.stdout.buffer.write(draw(replace(TEXTS, title=SCRIPTS['kana'][0]), COLOURS))"
    )
    environment = {"PYTHONPATH": str(ROOT), "LANG": "ja_JP.UTF-8", "HOME": "/"}
    other = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env=environment, check=True
    )
    texts = replace(TEXTS, title=SCRIPTS["kana"][0])
    assert draw(texts, COLOURS) == draw(texts, COLOURS) == other.stdout


def test_each_text_is_on_the_card() -> None:
    other = "Something else"
    for texts in (
        replace(TEXTS, site=other),
        replace(TEXTS, title=other),
        replace(TEXTS, facts=other),
        replace(TEXTS, tags=other),
    ):
        assert draw(texts, COLOURS) != draw(TEXTS, COLOURS)


def test_markup_is_written_as_it_is() -> None:
    """Pango has markup of its own, and refuses texts that show nothing."""
    titles = ("<b>Tags</b> & entities &amp;", "Tags & entities &", "a\tb\x0bc", "\u200b", "&")
    assert len({draw(replace(TEXTS, title=title), COLOURS) for title in titles}) == len(titles)


@pytest.mark.parametrize(
    "title", ["A title with words " * 40, "Donaudampfschifffahrt" * 20, "字" * 500]
)
def test_a_title_of_any_length_stays_in_its_place(title: str) -> None:
    found = image(replace(TEXTS, title=title, tags=""))
    below = found.crop(TEXT_AT, TITLE_TOP + TITLE_HEIGHT, WIDTH - TEXT_AT, 40)
    assert below.colourspace("b-w").min() > 240


def test_a_card_of_a_language_from_right_to_left_is_mirrored() -> None:
    texts = replace(TEXTS, title=SCRIPTS["Arabic"][0], lang="ar")
    for is_rtl, x in ((False, RAIL_AT), (True, WIDTH - RAIL_AT)):
        rail = image(replace(texts, is_rtl=is_rtl)).crop(x, 0, 1, 20)
        assert rail.colourspace("b-w").max() < 230


def test_a_letter_that_no_font_has_is_a_box() -> None:
    assert is_a_box(ink(image(replace(TEXTS, title="\U000f1234", tags=""))))


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_title_in_any_script_is_no_row_of_boxes(script: str) -> None:
    title, lang = SCRIPTS[script]
    if script not in OF_SITEGEN and not fonts_for(lang):
        unavailable(f"no font of this machine has {script}")
    letters = [*dict.fromkeys(filter(str.isalpha, title))]
    cards = (image(replace(TEXTS, title=letter, lang=lang, tags="")) for letter in letters)
    boxes = sum(is_a_box(ink(card)) for card in cards)
    assert boxes < len(letters) / 2  # some letters are boxes, such as a Hebrew one
    assert len(letters) > 3


def fonts_for(lang: str) -> str:
    """The fonts of the machine for a language, one a line."""
    command = [tool("fc-list"), f":lang={lang}", "family"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout

"""Which words a text has, as a search finds them. The browser's tokeniser passes the same table."""

from __future__ import annotations

import pytest

from sitegen.text.words import LONGEST, SHELVES, shelf_of, tag_word, words_in
from tests.words import CASES


@pytest.mark.parametrize(("text", "words"), CASES)
def test_text_has_these_words(text: str, words: str) -> None:
    assert words_in(text) == words.split()


def test_of_a_long_word_the_start_counts() -> None:
    assert words_in("0123456789abcdef" * 4) == [("0123456789abcdef" * 4)[:LONGEST]]


@pytest.mark.parametrize(
    ("tag", "word"),
    [("Static Sites", "#staticsites"), ("static-sites", "#staticsites"), ("C++", "#c++")],
)
def test_spellings_of_a_tag_are_one_word(tag: str, word: str) -> None:
    assert tag_word(tag) == word


def test_first_two_characters_decide_the_shelf() -> None:
    assert shelf_of("asyncio") == shelf_of("as")
    assert {shelf_of(word) < SHELVES for word in ("a", "猫", "東京", "𠮷野", "#c++")} == {True}

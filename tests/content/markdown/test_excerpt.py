"""Words are counted as readers see them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.markdown.excerpt import count_characters, count_words


@given(st.text(st.characters(codec="ascii")))
def test_ascii_word_is_what_is_between_spaces_and_has_a_letter_digit_or_underscore(
    text: str,
) -> None:
    words = [each for each in text.split() if any(c.isalnum() or c == "_" for c in each)]
    assert count_words(text) == len(words)


@pytest.mark.parametrize(
    ("text", "words", "characters"),
    [
        ("plain words", 2, 0),
        ("größer als", 2, 0),
        ("漢字とかな", 5, 5),
        ("Pythonで書く", 4, 3),
        ("한국어 띄어쓰기", 2, 0),
        ("สวัสดี", 4, 4),
        ("မြန်မာ", 3, 3),
    ],
)
def test_letters_of_scripts_without_spaces_are_counted_each(
    text: str, words: int, characters: int
) -> None:
    """Without the vowels around the consonants of Thai and its like."""
    assert (count_words(text), count_characters(text)) == (words, characters)

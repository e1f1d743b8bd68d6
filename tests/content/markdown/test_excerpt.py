"""Words are counted as readers see them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.markdown.excerpt import count_words


@given(st.text(st.characters(codec="ascii")))
def test_ascii_word_is_what_is_between_spaces_and_has_a_letter_digit_or_underscore(
    text: str,
) -> None:
    words = [each for each in text.split() if any(c.isalnum() or c == "_" for c in each)]
    assert count_words(text) == len(words)

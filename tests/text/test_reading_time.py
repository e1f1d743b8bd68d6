"""How long texts take to read."""

from __future__ import annotations

import pytest

from sitegen.text.reading_time import minutes_to_read


@pytest.mark.parametrize(
    ("words", "characters", "expected"),
    [(0, 0, 1), (220, 0, 1), (2200, 0, 10), (5000, 5000, 10), (2200 + 5000, 5000, 20)],
)
def test_words_and_characters_take_their_time_and_add_up(
    words: int, characters: int, expected: int
) -> None:
    assert minutes_to_read(words, characters) == expected

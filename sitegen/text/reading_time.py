"""How long a text takes to read."""

from __future__ import annotations

WORDS_PER_MINUTE = 220
CHARACTERS_PER_MINUTE = 500
"""Of scripts that have no spaces between words, such as Chinese and Japanese."""


def minutes_to_read(words: int, characters: int) -> int:
    """Minutes, at least one; `characters` is how many of the words are single characters."""
    minutes = (words - characters) / WORDS_PER_MINUTE + characters / CHARACTERS_PER_MINUTE
    return max(1, round(minutes))

"""Plain text that is read by people: how much of it there is, and how it starts."""

from __future__ import annotations

import re

LONGEST_EXCERPT = 300
"""Characters of an excerpt that nobody chose."""

IDEOGRAPH = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Han, hiragana and katakana: scripts without spaces between words. Hangul has them."""

WORD = re.compile(rf"[{IDEOGRAPH}]|\w[^\s{IDEOGRAPH}]*")

_ASCII_MARKS = dict.fromkeys(
    n for n in range(128) if not (chr(n).isalnum() or chr(n).isspace() or n == 95)
)
"""ASCII without letters, digits, `_` and space, to be left out: six times as fast as `WORD`."""


def count_words(text: str) -> int:
    """The number of words: what stands between spaces and holds a letter or digit.

    Each ideograph or kana counts as one word, since nothing in the text separates them.
    """
    if text.isascii():
        return len(text.translate(_ASCII_MARKS).split())
    foreign = (chunk for chunk in text.split() if not chunk.isascii())
    ascii_words = count_words(" ".join(filter(str.isascii, text.split())))
    return ascii_words + len(WORD.findall(" ".join(foreign)))


def excerpt_of(text: str) -> str:
    """The text, or its start up to the end of a word and `…` where it is too long for a list.

    A text without spaces is cut between characters.
    """
    if len(text) <= LONGEST_EXCERPT:
        return text
    space = text.rfind(" ", LONGEST_EXCERPT // 2, LONGEST_EXCERPT + 1)
    return text[: space if space > 0 else LONGEST_EXCERPT].rstrip(" .,:;!?–—-") + "…"

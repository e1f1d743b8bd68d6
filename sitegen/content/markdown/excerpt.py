"""Plain text that is read by people: how much of it there is, and how it starts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from markdown_it.token import Token

from sitegen.content.markdown.plain_text import (
    ALERT,
    RAW_HTML,
    WIKILINK_TITLE,
    folded,
    text_of_part,
)
from sitegen.model.document import label_of_link
from sitegen.text.patterns import holds
from sitegen.text.typography import with_typed_signs

MORE = re.compile(r"<!--\s*(?:more|truncate)\s*-->")
"""The end of the excerpt, as WordPress, Hugo and Docusaurus write it."""

LONGEST_EXCERPT = 300
"""Characters of an excerpt that nobody chose."""

ANNOUNCED = ("inline", "paragraph_close", "paragraph_open", "blockquote_open")
"""The types of tokens from a paragraph to the text of one that it announces."""

UNSPACED = (
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
    "\u0e01-\u0e2e\u0e81-\u0eae\u1000-\u102a\u1780-\u17a2"
)
"""Letters of scripts without spaces between words: Han, hiragana and katakana; the consonants of
Thai, Lao, Burmese and Khmer, whose vowels stand around them. Hangul has spaces."""

CHARACTER = re.compile(f"[{UNSPACED}]")
AROUND = re.compile("[\u0e2f-\u0e4e\u0eaf-\u0ece\u102b-\u103e\u17a3-\u17d3]")
"""What stands around those consonants: vowels, tones and other marks."""
WORD = re.compile(rf"[{UNSPACED}]|\w[^\s{UNSPACED}]*")

_ASCII_MARKS = bytes(n for n in range(128) if not (chr(n).isalnum() or chr(n).isspace() or n == 95))
"""ASCII without letters, digits, `_` and space, to be left out."""

_SHAPES = bytes(32 if n < 128 and chr(n).isspace() else 97 for n in range(256))
"""A space for each of white space, and an `a` for the rest: to count `" a"` is far faster than to
take a text apart."""


def count_words(text: str) -> int:
    """The number of words: what is between spaces and has a letter or digit.

    Each letter of a script without spaces counts as one word, and so do ideographs.
    """
    text = with_typed_signs(text)
    if text.isascii():
        return f" {text}".encode().translate(_SHAPES, _ASCII_MARKS).count(b" a")
    foreign = (chunk for chunk in text.split() if not chunk.isascii())
    ascii_words = count_words(" ".join(filter(str.isascii, text.split())))
    return ascii_words + len(WORD.findall(AROUND.sub("", " ".join(foreign))))


def count_characters(text: str) -> int:
    """How many of the words of a text are single letters of a script without spaces."""
    return 0 if text.isascii() else len(CHARACTER.findall(text))


def excerpt(tokens: Sequence[Token], body: str) -> str:
    """The text above the `more` comment, else the first paragraph with text, shortened.

    To one that ends with a colon, the paragraph or the quote that it announces is added.
    """
    if holds(body, "<!--") and (above := _above_more(tokens)):
        return above
    return abridged(_first_paragraph(tokens))


def _first_paragraph(tokens: Sequence[Token]) -> str:
    """That outside of alerts, if there is one."""
    return _announced(_outside_alerts(tokens)) or _announced(tokens)


def _outside_alerts(tokens: Iterable[Token]) -> Iterator[Token]:
    inside: Token | None = None
    for token in tokens:
        if token.type == f"{ALERT}_open":
            inside = inside or token
        elif inside is None:
            yield token
        elif token.type == f"{ALERT}_close" and token.level == inside.level:
            inside = None


def _announced(tokens: Iterable[Token]) -> str:
    text = ""
    for before, token in pairwise(tokens):
        if before.type == "paragraph_open":
            text = f"{text} {folded(''.join(_parts(token)))}".strip()
        if text and not (text.endswith((":", "：")) and token.type in ANNOUNCED):
            break
    return text


def _above_more(tokens: Sequence[Token]) -> str:
    """The text of the blocks above the `more` comment, headings apart; empty without one."""
    texts: list[str] = []
    for before, token in pairwise((Token("", "", 0), *tokens)):
        said = (" ", *_parts(token)) if token.type == "inline" else ("",)
        for part, text in zip((token, *(token.children or ())), said, strict=False):
            if part.type in RAW_HTML and MORE.search(part.content):
                return folded("".join(texts))
            if token.type == "inline" and before.type != "heading_open":
                texts.append(text)
    return ""


def _parts(token: Token) -> Iterator[str]:
    """The texts of an inline token, with placeholders for titles that the whole site knows."""
    for before, part in pairwise((token, *(token.children or ()))):
        number = str(before.attrs.get("href", "")).strip("\0")
        is_title = part.type == WIKILINK_TITLE and number.isdecimal()
        yield label_of_link(int(number)) if is_title else text_of_part(part)


def abridged(text: str) -> str:
    """The text, or its start up to the end of a word and `…` where it is too long for a list.

    A text without spaces is cut between characters.
    """
    if len(text) <= LONGEST_EXCERPT:
        return text
    space = text.rfind(" ", LONGEST_EXCERPT // 2, LONGEST_EXCERPT + 1)
    start = text[: space if space > 0 else LONGEST_EXCERPT]
    if start.count("\0") % 2:  # half of a placeholder
        start = start[: start.rindex("\0")]
    return start.rstrip(" .,:;!?–—-") + "…"

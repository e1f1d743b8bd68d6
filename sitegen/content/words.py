"""The words of a document, with how much each counts, shelf by shelf: its part of a search index.

Taken from the finished HTML, so that what a reader sees is what a search finds, whoever made it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from html import unescape

from sitegen.text.words import SHELF_DIGEST, SHELVES, chunks_of, shelf_of, tag_word, words_of

_PIECE = re.compile(r"<(pre|h[1-6]|script|style|template|svg)\b[^>]*>(.*?)</\1\s*>", re.DOTALL)
"""Code, headings, and what is no text; between them is prose."""
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile("\0[^\0]*\0")
"""A placeholder for a word of the theme, which is not the document's."""
_HEADING = 3
"""How often a word counts that is in a heading."""
_HIGHEST, _CODE = 7, 8
"""The highest level of a word, and what is added to that of one in a block of code."""


def shelved(html: str, tags: Iterable[str], path: str) -> tuple[dict[int, str], bytes]:
    """The words of a document by the shelf, and the digests of its shelves, one after the other.

    Only shelves that have any are there, in order. Between the words of one is a space, and each is
    followed by a hexadecimal digit, its level: the logarithm to base 2 of how often it is there,
    plus 8 for the times that it is in code. A digest is of a shelf's words and of the document's
    path, and that of an empty shelf is zero.
    """
    if "<math" in html:
        from sitegen.content.markdown.mathml import with_tex, words_of_tex

        html = with_tex(html, words_of_tex)
    pieces = _PIECE.split(html)
    prose, names, inside = pieces[::3], pieces[1::3], pieces[2::3]
    headings = [text for name, text in zip(names, inside, strict=True) if name[0] == "h"]
    code = [text for name, text in zip(names, inside, strict=True) if name == "pre"]
    shelves: dict[int, list[str]] = defaultdict(list)
    for texts, least in ((prose + headings * _HEADING, 0), (code, _CODE)):
        for chunk, times in Counter(chunks_of(_plain(texts))).items():
            more = min(_HIGHEST, times.bit_length() - 1) if times > 1 else 0  # most are there once
            for shelf, entry in _entries(chunk, least + more):
                shelves[shelf].append(entry)
    for tag in tags:
        word = tag_word(tag)
        shelves[shelf_of(word)].append(f"{word}0")
    words = {shelf: " ".join(sorted(set(shelves[shelf]))) for shelf in sorted(shelves)}
    digests, key = bytearray(SHELVES * SHELF_DIGEST), path.encode()
    for shelf, some in words.items():
        at, digest = shelf * SHELF_DIGEST, blake2b(key + some.encode(), digest_size=SHELF_DIGEST)
        digests[at : at + SHELF_DIGEST] = digest.digest()
    return words, bytes(digests)


def _plain(pieces: Iterable[str]) -> str:
    text = _TAG.sub("", "\n".join(pieces))
    text = _WORD.sub("", text) if "\0" in text else text
    return unescape(text) if "&" in text else text


@lru_cache(maxsize=1 << 16)  # the words of a blog are much the same from post to post
def _entries(chunk: str, level: int) -> tuple[tuple[int, str], ...]:
    """The words of a chunk with this level, each behind its shelf."""
    return tuple((shelf_of(word), f"{word}{level:x}") for word in words_of(chunk))

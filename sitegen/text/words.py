"""The words of a text, as a search finds them.

`theme/scripts/search/words.js` has the same rules for what a reader types, and a test holds the
two together. A rule that is changed here is changed there.

What is written together is a *chunk*: `snake_case`, `camelCase`, `kebab-case`, `foo.bar`. Its words
are its parts and, without what joins them, all of it: `camel`, `case`, `camelcase`. Scripts without
spaces between words give every two characters that follow each other.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from unicodedata import normalize

from sitegen.text.typography import with_typed_signs

LONGEST = 32
"""Characters of a word that count: of a key or a digest, the start is enough."""

_SPACELESS = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17d3\u3005-\u3007\u3041-\u309f\u30a1-\u30ff"
    r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U000323af"
)
"""Thai, Lao, Myanmar, Khmer, kana and Han."""
_MARKS = r"\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670"
"""Accents and points, which are left out."""
_UNSEEN = r"\xad\u200b-\u200d\u2060\ufe00-\ufe0f"
"""Soft hyphens, joiners and selectors, which are left out too."""
_SIGNS = r"\u0900-\u0963\u0966-\u0dff"
"""The scripts of India, whose vowel signs belong to the word."""
_UNLIKE = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "ς": "σ"}
"""Letters that Unicode does not take apart, as those are typed who do not have them."""

# Regular expressions, which are compiled when first used: that takes 4 ms, of which a build
# without search spares all, and one of posts in ASCII most.
_CHUNK = rf"[\w.+#{_SPACELESS}{_MARKS}{_UNSEEN}{_SIGNS}-]+"
"""What is written together, with the marks that can join it, or end the name of C++, C# and F#."""
_ASCII = bytes(n if chr(n).isalnum() or chr(n) in "_.+#-" else 32 for n in range(128)) + bytes(128)
"""The same for ASCII: a space for all that is in no chunk, which is three times as quick."""
_LEFT_OUT = rf"[{_MARKS}{_UNSEEN}]"
_PART = (
    rf"[A-Za-z](?:\+\+|#)|[{_SPACELESS}]+"
    rf"|[A-Z]+(?![a-z])[0-9]*|[A-Z]?(?:[^\W_A-Z{_SPACELESS}]|[{_SIGNS}])+"
)
"""A part of a chunk, which capitals can begin: `getHTTPResponse` has `get`, `HTTP`, `Response`."""
_ONE_SPACELESS = f"[{_SPACELESS}]"

_compiled = cache(re.compile)


def chunks_of(text: str) -> list[str]:
    """What is written together in a text, in order, as it is there."""
    text = with_typed_signs(text)
    if text.isascii():
        return text.encode().translate(_ASCII).decode().split()
    return _compiled(_CHUNK).findall(text)


def words_in(text: str) -> list[str]:
    """The words of a text in the order of what they are in."""
    return [word for chunk in chunks_of(text) for word in words_of(chunk)]


def words_of(chunk: str) -> tuple[str, ...]:
    """The words of a chunk: its parts, and all of it where it has several. Each is there once."""
    bare = chunk.strip(".-")
    if bare.isascii() and (bare.isalpha() and (bare.istitle() or bare.islower())):
        return (bare.lower()[:LONGEST],)
    parts = _compiled(_PART).findall(_without_accents(chunk))
    if len(parts) > 1 and not any(map(_is_spaceless, parts)):
        parts.append("".join(parts))
    return tuple(dict.fromkeys(word for part in parts for word in _of_part(part)))


def tag_word(tag: str) -> str:
    """The one word by which documents with a tag are found: `#staticsites` for `Static Sites`."""
    parts = (
        part
        for chunk in chunks_of(tag)
        for part in _compiled(_PART).findall(_without_accents(chunk))
    )
    return "#" + "".join(_plain(part) for part in parts)


def _without_accents(chunk: str) -> str:
    if chunk.isascii():
        return chunk
    return normalize("NFC", _compiled(_LEFT_OUT).sub("", normalize("NFKD", chunk)))


def _is_spaceless(part: str) -> bool:
    return not part.isascii() and _compiled(_ONE_SPACELESS).match(part) is not None


def _of_part(part: str) -> list[str]:
    if _is_spaceless(part):
        return [a + b for a, b in pairwise(part)] or [part]
    return [_plain(part)[:LONGEST]]


def _plain(part: str) -> str:
    lower = part.lower()
    return lower if lower.isascii() else "".join(_UNLIKE.get(letter, letter) for letter in lower)


SHELVES = 256
"""How many shelves words are on. No index has more files, and each of them has whole shelves."""
SHELF_DIGEST = 8
"""Bytes of the digest of a shelf: they tell it from what it was before."""


def shelf_of(word: str) -> int:
    """The shelf of a word, which its first two characters decide."""
    return (ord(word[0]) * 67 + ord(word[1:2] or " ") * 13) % SHELVES

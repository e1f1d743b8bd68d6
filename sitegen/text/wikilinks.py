"""`[[name#heading]]` as the address of a link: what it is made of, and by what a name is found."""

from __future__ import annotations

import re
from typing import NamedTuple
from unicodedata import normalize

from sitegen.text.typography import without_signs

OF_BLOCK = "^"
"""What is in front of the id of a block, where there could be a heading."""
_OPENING, _CLOSING = "[[", "]]"
_MARKDOWN = re.compile(r"\.(?:md|markdown)$")


class Wikilink(NamedTuple):
    """What a wikilink leads to."""

    name: str
    """Empty: the document itself."""
    heading: str
    """The text of a heading, or an id, also that of a block; empty for the document as a whole."""


def is_wikilink(href: str) -> bool:
    """Whether the address of a link is one of these."""
    return href.startswith(_OPENING)


def parse_wikilink(href: str) -> Wikilink:
    """The parts of an address that is a wikilink. Of headings below each other the last counts."""
    name, _, headings = href.removeprefix(_OPENING).removesuffix(_CLOSING).partition("#")
    return Wikilink(name.strip(), headings.rpartition("#")[2].strip())


def keys_of_name(name: str) -> tuple[str, ...]:
    """What is looked up for a name: its last part, which may be a file, and all of it."""
    return tuple(dict.fromkeys((key_of_name(name.rpartition("/")[2]), key_of_name(name))))


def key_of_name(name: str) -> str:
    """A name in the form in which two are compared: without case, the ending of Markdown, and the
    signs that typography sets."""
    plain = without_signs(normalize("NFC", normalize("NFC", name).casefold())).strip()
    return _MARKDOWN.sub("", plain)

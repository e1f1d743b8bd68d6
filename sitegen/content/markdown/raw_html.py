"""The attributes of HTML that an author wrote by hand inside Markdown.

A scanner rather than a parser: a block of raw HTML may open what a later block closes, and all of
it is published as it is, except for the URLs in it. Linear in the length of the HTML, whatever
it holds: no tag is read past the next `<` outside quotes, and of the positions where a tag may
start, at most three are ever being read over the same text, one for each kind of quote and none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape

from sitegen.model.dataclass import dataclass

TAG = re.compile(
    r"""
    <!--(?:-?>|.*?(?:-->|\Z))
  | <(?:(?P<opaque>script|style|pre|textarea)(?=[\s/>]) | (?P<name>[a-z][^\s/<>"']*))
    (?P<attributes>(?:[^<>"'] | "[^"]*" | '[^']*')*+) >
    (?(opaque).*?(?:</(?P=opaque)|\Z))
    """,
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
"""A comment, or a start tag; with the content of the elements that hold text, code or samples."""

ATTRIBUTE = re.compile(r"""([^\s"'>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
CANDIDATE = re.compile(r"([^\s,]\S*)(?:(?<!,)\s[^,]*)?")
"""An image of a `srcset`: its URL, which commas may end, and a width or density (HTML §4.8.4.2)."""

URLS = frozenset({"href", "src", "poster"})


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute with a value, and the place of the value in the HTML."""

    tag: str
    name: str
    value: str
    """As written, without its quotes."""
    start: int
    quotes: int
    """How many characters of quotes are around the value on each side: 0 or 1."""


def attributes(html: str) -> Iterator[Attribute]:
    """The attributes of every start tag, in order. Comments and code have none."""
    for tag in TAG.finditer(html):
        if not tag["attributes"]:
            continue
        name = (tag["opaque"] or tag["name"]).lower()
        for match in ATTRIBUTE.finditer(html, *tag.span("attributes")):
            if value := match[2]:
                quotes = int(value[0] in "\"'")
                text = value[quotes : len(value) - quotes]
                yield Attribute(name, match[1].lower(), text, match.start(2) + quotes, quotes)


def anchors(html: str) -> Iterator[str]:
    """Every name that a fragment can point to."""
    for attribute in attributes(html):
        if attribute.name == "id" or (attribute.name == "name" and attribute.tag == "a"):
            yield unescape(attribute.value)


def with_urls(html: str, replace: Callable[[str, int], str | None]) -> str:
    """The HTML with other URLs.

    `replace` is given each URL as written and its offset in the HTML, and gives the text to put in
    its place, escaped for an attribute in double quotes; or None to leave it.
    """
    parts: list[str] = []
    end = 0
    for attribute in attributes(html):
        new = _with_urls(attribute, replace)
        if new is not None:
            parts += html[end : attribute.start - attribute.quotes], f'"{new}"'
            end = attribute.start + len(attribute.value) + attribute.quotes
    return "".join((*parts, html[end:]))


def _with_urls(attribute: Attribute, replace: Callable[[str, int], str | None]) -> str | None:
    if attribute.name in URLS:
        leading = len(attribute.value) - len(attribute.value.lstrip())
        return replace(attribute.value.strip(), attribute.start + leading)
    if attribute.name == "srcset":
        new = CANDIDATE.sub(
            lambda match: _candidate(match, attribute.start, replace), attribute.value
        )
        return new.replace('"', "&quot;") if new != attribute.value else None
    return None


def _candidate(match: re.Match[str], start: int, replace: Callable[[str, int], str | None]) -> str:
    url = match[1].rstrip(",")
    new = replace(url, start + match.start())
    return match[0] if new is None else new + match[0][len(url) :]

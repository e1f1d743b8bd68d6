"""The blocks of a body, from its HTML: the elements at its top, each with what it says.

Taken from the finished HTML, as words are for a search: whatever wrote it, what counts is what a
reader sees. A tag that is never closed makes one block of all that follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import Enum
from html import unescape
from typing import NamedTuple

_TAG = re.compile(
    r"""
      <!--.*?--> | <(?P<unseen>(?i:script|style|template))\b.*?</(?P=unseen)\s*>
    | <(?P<end>/?) (?P<name>[A-Za-z][\w-]*) (?P<rest>(?:"[^"]*"|'[^']*'|[^"'>])*+)>
    """,
    re.VERBOSE | re.DOTALL,
)
"""A tag, or what nobody sees, which has no name here."""
_ALT = re.compile(r'\salt(?:text)?="([^"]*)"')
"""What says an image or a formula in words."""
_PLACEHOLDER = re.compile(r"\0[^\0]*\0")
_CODE = re.compile(r'pre\b|\w+[^>]*\sclass="(?:code|highlight)\b')
_HEADING = re.compile(r"h[1-6]\b")
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
_UNREAD = re.compile(
    r'(?:svg|math)\b|\w+[^>]*\sclass="(?:footnote-(?:ref|back)|at"|since"|unseen")'
)
"""What is no text: numbers of footnotes and lines, which change with what they count, what has
changed from one step of a file to the next, and words for those who hear the page."""
_LINES = frozenset(
    ("p", "div", "li", "dt", "dd", "tr", "pre", "blockquote", "figcaption", "summary")
)
"""Elements that begin a line, and end it."""
_ITEM, _CELL = "\n• ", " | "
_ALONE = re.compile(r"\n•\s*\n\s*")
"""An item of paragraphs."""
_KEPT = "\1"
"""Stands for a space of code in a text, where other white space is folded; no body has it."""


class BlockKind(Enum):
    TEXT = "text"
    HEADING = "heading"
    CODE = "code"


class TextBlock(NamedTuple):
    """An element at the top of a body."""

    kind: BlockKind
    text: str
    """Line by line, an item or a row each; of code, its lines as they are."""


def blocks_of(html: str) -> tuple[TextBlock, ...]:
    """The blocks of a body."""
    return tuple(block for _, block in _placed(html))


def starts_of_blocks(html: str) -> tuple[int, ...]:
    """Where in the HTML of a body each of its blocks starts."""
    return tuple(html.rfind("<", 0, end) for end, _ in _placed(html))


def element_at(html: str, start: int) -> str:
    """The element whose tag starts there, to its end."""
    depth, end = 0, start
    for tag in _TAG.finditer(html, start):
        end, is_void = tag.end(), (tag["name"] or "").lower() in _VOID
        if tag["name"] and not is_void and not tag["rest"].endswith("/"):
            depth += -1 if tag["end"] else 1
        if depth <= 0:
            break
    return html[start:end]


def with_marks(html: str, marks: Mapping[int, int]) -> str:
    """The HTML with `data-r="3"` on these blocks, which are counted from 0."""
    parts, last = [], 0
    for number, (end, _) in enumerate(_placed(html)):
        if number in marks:
            parts += [html[last:end], f' data-r="{marks[number]}"']
            last = end
    return "".join((*parts, html[last:]))


def _placed(html: str) -> Iterator[tuple[int, TextBlock]]:
    """Each block, behind the place in the HTML where the name of its tag ends."""
    block, at, depth = _Reader(""), 0, 0
    for tag in _TAG.finditer(html):
        if depth:
            block.text(html[at : tag.start()])
        at, name, rest = tag.end(), (tag["name"] or "").lower(), tag["rest"]
        if not name or (tag["end"] and not depth):
            continue
        if not depth:
            place, block = tag.end("name"), _Reader(f"{name}{rest}")
        if tag["end"]:
            block.closed(name, depth)
            depth -= 1
        elif name in _VOID or rest.endswith("/"):
            block.void(name, rest)
        else:
            depth += 1
            block.opened(f"{name}{rest}", name, depth)
        if not depth:
            yield place, block.read()


class _Reader:
    """What is known of a block while its tags go by."""

    def __init__(self, tag: str) -> None:
        is_heading = _HEADING.match(tag)
        kind = BlockKind.CODE if _CODE.match(tag) else BlockKind.TEXT
        self._kind = BlockKind.HEADING if is_heading else kind
        self._said: list[str] = []
        self._unread = self._code = 0
        """The depth of the element that is not read, and of the code that is."""

    def text(self, html: str) -> None:
        if self._unread or (self._kind is BlockKind.CODE and not self._code):
            return
        if self._code and self._kind is not BlockKind.CODE:
            self._said.append(html.replace(" ", _KEPT))
        else:
            self._said.append(html if self._code else html.replace("\n", " "))

    def void(self, name: str, attributes: str) -> None:
        """Read an element without contents."""
        alt = _ALT.search(attributes) if name == "img" else None
        self._said.append(f"[{alt[1]}]" if alt and alt[1] else "\n" if name == "br" else "")

    def opened(self, tag: str, name: str, depth: int) -> None:
        if not self._unread and _UNREAD.match(tag):
            self._unread = depth
            if name == "math" and (tex := _ALT.search(tag)):
                self._said.append(tex[1])
                return
            self._said[-1:] = [text.rstrip() for text in self._said[-1:]]
        if name == "pre":
            self._code = self._code or depth
        if name in _LINES:
            self._said.append(_ITEM if name == "li" else "\n")

    def closed(self, name: str, depth: int) -> None:
        self._unread = 0 if self._unread == depth else self._unread
        self._code = 0 if self._code == depth else self._code
        self._said.append(_CELL if name in ("td", "th") else "\n" if name in _LINES else "")

    def read(self) -> TextBlock:
        text = unescape(_PLACEHOLDER.sub("", "".join(self._said)))
        if self._kind is BlockKind.CODE:
            return TextBlock(self._kind, "\n".join(map(str.rstrip, text.split("\n"))).strip("\n"))
        lines = (" ".join(line.split()) for line in _ALONE.sub(_ITEM, text).split("\n"))
        whole = "\n".join(line.removesuffix(_CELL.rstrip()).rstrip() for line in lines if line)
        return TextBlock(self._kind, whole.replace(_KEPT, " "))

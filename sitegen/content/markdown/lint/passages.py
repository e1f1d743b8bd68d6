"""What readers see of a body as text, and where each piece of it was written.

What is text is decided by the tokens, after all syntaxes have had their turn: so a syntax that a
plug-in or a later version brings is no longer there to be found. Where it was written is searched
for in the source of the same block, in which code, escapes and tags have been blanked.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import unescape
from itertools import pairwise

from markdown_it.token import Token

from sitegen.content.markdown.plain_text import written_parts
from sitegen.content.markdown.positions import Content, Lines
from sitegen.model.dataclass import dataclass

BLANK = "\0"
"""Stands for what is no text; no body holds it (CommonMark 0.31 §2.3)."""

_SAMPLES = "code|pre|kbd|samp|script|style|textarea|svg|math|template"
"""Elements whose text is shown as it is, or not shown."""

_OPENING = re.compile(rf"<({_SAMPLES})[\s>]")

_OPAQUE = re.compile(
    rf"""
    <!--(?:-?>|.*?(?:-->|\Z))
  | <(?P<name>{_SAMPLES})(?=[\s>])[^>]*>
    (?:.*?</(?P=name)\s*>|(?P<open>.*\Z))
  | </?[a-z](?:[^<>"'] | "[^"]*" | '[^']*')*+>
    """,
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
"""A comment, one of these elements, or the tag of any other."""

_TICKS = re.compile("`+")
_ESCAPE_OR_TICKS = re.compile(r"\\[!-/:-@\[-`{-~]|`+")

_UNLIKE = re.compile(rf"[\s*_{BLANK}]+")
_CODE = re.compile("<code>.*?</code>", re.DOTALL)
_BREAK_OR_TAG = re.compile(r"(<br />\n)|<[^>]*>")


@dataclass(frozen=True, slots=True)
class Passage:
    """The text of one block."""

    shown: str
    """As readers see it, with `BLANK` for each thing that is no text, and lines as written."""
    source: str
    """The content with `BLANK` for every character that is no text."""
    content: Content

    def matches(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        """The matches in the source that are shown, in order."""
        shown = {_folded(match[0]) for match in pattern.finditer(self.shown)}
        found = pattern.finditer(self.source) if shown else ()
        return [match for match in found if _folded(match[0]) in shown]


def passages(
    tokens: Sequence[Token], body: str, is_suspect: Callable[[str], object]
) -> Iterator[Passage]:
    """The texts with a content that is suspect, in order, outside code, samples and formulas."""
    suspects = {
        index
        for index, token in enumerate(tokens)
        if token.type in ("inline", "html_block") and is_suspect(token.content)
    }
    if not suspects:
        return
    lines, element = Lines(body), ""
    for index, (before, token) in enumerate(pairwise((Token("", "", 0), *tokens))):
        if token.type not in ("inline", "html_block") or not token.map:
            continue
        is_cell = before.type in ("th_open", "td_open")
        # The cells of a row are found one behind the other.
        content = lines.cell(token.content, token.map[0]) if is_cell else None
        if element:
            element = "" if f"</{element}" in token.content.lower() else element
        elif token.type == "html_block":
            content = html_source(token, lines)
            shown, element = _without_tags(content.text)
            yield Passage(shown, shown, content)
        elif index in suspects:
            content = content or lines.block(token.content, *token.map)
            yield _of_inline(written_parts(token), content)


def html_source(token: Token, lines: Lines) -> Content:
    """The lines of a block of raw HTML as they were written, placeholders apart."""
    first, end = token.map or (0, 0)
    texts = lines.lines[first:end]
    spots, offset = [], 0
    for number, text in enumerate(texts, first):
        spots.append((offset, number, 0))
        offset += len(text) + 1
    return Content("\n".join(texts), tuple(spots) or ((0, first, 0),))


def _without_tags(html: str) -> tuple[str, str]:
    """The text of HTML, with blanks around it; and the element that keeps all that follows out."""
    element = ""

    def blank(match: re.Match[str]) -> str:
        nonlocal element
        element = match["name"].lower() if match["open"] is not None else ""
        return BLANK * len(match[0])

    return _OPAQUE.sub(blank, html) if "<" in html else html, element


def _of_inline(parts: Iterable[Token], content: Content) -> Passage:
    shown, spans, sample, opened = list[str](), list[tuple[int, int]](), "", 0
    for part in parts:
        if part.type == "html_inline":
            start, end = part.meta.get("span", (0, 0))
            tag = part.content.lower()
            if not sample and (opening := _OPENING.match(tag)):
                sample, opened = opening[1], start
            elif not sample:
                spans.append((start, end))
            elif tag.startswith(f"</{sample}"):
                sample = ""
                spans.append((opened, end))
        shown.append(BLANK if sample else _text(part))
    if sample:
        spans.append((opened, len(content.text)))
    return Passage("".join(shown), _without_code(_blanked(content.text, spans)), content)


def _blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    parts, end = list[str](), 0
    for start, stop in spans:
        parts += text[end:start], BLANK * (stop - start)
        end = stop
    return "".join((*parts, text[end:]))


def _text(part: Token) -> str:
    if part.type == "text":
        return part.content
    if part.type in ("softbreak", "hardbreak"):
        return "\n"
    if part.type == "run":  # plain prose, of which only the HTML says what is code
        html = _CODE.sub(BLANK, part.info)
        return unescape(_BREAK_OR_TAG.sub(lambda tag: "\n" if tag[1] else BLANK, html))
    return BLANK


def _without_code(text: str) -> str:
    """The text with its escapes and code spans (CommonMark 0.31 §6.1) blanked. Linear."""
    if "`" not in text and "\\" not in text:
        return text
    ticks: dict[int, list[int]] = {}
    for run in _TICKS.finditer(text):
        ticks.setdefault(len(run[0]), []).append(run.start())
    parts, end = list[str](), 0
    while found := _ESCAPE_OR_TICKS.search(text, end):
        start, closed = found.span()
        if found[0][0] == "`":
            same = ticks.get(len(found[0]), [])
            index = bisect_right(same, start)
            closed = same[index] + len(found[0]) if index < len(same) else 0
        kept = closed or found.end()
        parts += text[end:start], BLANK * (closed - start) if closed else found[0]
        end = kept
    return "".join((*parts, text[end:]))


def _folded(text: str) -> str:
    """The text without what differs between source and page: marks of emphasis, spaces."""
    return _UNLIKE.sub("", text)

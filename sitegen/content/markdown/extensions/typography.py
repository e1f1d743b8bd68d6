"""Quotation marks, apostrophes, dashes and ellipses for `"`, `'`, `--` and `...` as they are typed.

Only text and captions are set: no code, URL, attribute or raw HTML, and nothing escaped. And
only where it is surely meant, since authors write about code without always saying so: `--option`,
`i--`, `block--element`, `...args` and `12"` stay as they are. A quotation needs both of its marks.

The texts of a block are looked at together, since a quotation can hold emphasis, code or a link.
What was typed is kept (`plain_text.AS_TYPED`) for all that goes by it: ids, and places in a file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sitegen.content.markdown.plain_text import AS_TYPED, EMOJI_TYPE, NO_TEXT_IN_RUN
from sitegen.content.markdown.reading import reading_of
from sitegen.content.markdown.syntax import Syntax
from sitegen.text.patterns import holds
from sitegen.text.typography import (
    QuotationMarks,
    has_typed_signs,
    quotation_marks,
    typeset,
    typeset_line,
)

_CODE = "<code>"
_SAMPLE = re.compile(r"<(/?)(code|kbd|samp|var|tt|pre|script|style|textarea|math|svg)\b", re.I)
"""Raw HTML whose text is shown as it is."""
_THING, _MARK, _NOTHING = "\ufffc", "¶", ""
"""What a text sees beside it of what is no text: code or an image, an escaped sign, a tag."""
_THINGS = ("code_inline", "image", "math_inline", EMOJI_TYPE)
"""Types of tokens that are something to see, and no text."""


def _install(parser: MarkdownIt) -> None:
    parser.core.ruler.before("text_join", "typography", _set)


def _set(state: StateCore) -> None:
    language = reading_of(state.env).language
    if not has_typed_signs(state.src):
        return
    marks, has_images = quotation_marks(language), holds(state.src, "![")
    for token in state.tokens:
        if token.children and has_typed_signs(token.content):
            _set_block(token, token.children, marks)
        if has_images and token.children:
            _set_titles(token.children, language)


def _set_titles(parts: Sequence[Token], language: str) -> None:
    """Set the titles of images, which may become captions."""
    for part in parts:
        if part.type == "image" and "title" in part.attrs:
            part.attrs["title"] = typeset_line(str(part.attrs["title"]), language)


def _set_block(block: Token, written: list[Token], marks: QuotationMarks) -> None:
    """Set the texts of a block; its tokens of text are new ones then."""
    pieces = _pieces(written)
    text = "".join([piece for found in pieces for piece in found])
    characters = typeset(text, marks) if has_typed_signs(text) else text
    if characters == text:
        return
    block.meta[AS_TYPED], block.children, end = written, [], 0
    for token, found in zip(written, pieces, strict=True):
        start, end = end, end + sum(map(len, found))
        block.children.append(_with_text(token, found, characters[start:end]))


def _pieces(tokens: Sequence[Token]) -> list[list[str]]:
    """By token, its text, or what a text sees of it: none of the signs."""
    pieces, sample = list[list[str]](), ""
    for token in tokens:
        if token.type == "html_inline":
            sample = _sample_behind(token.content, sample)
        elif token.tag == "kbd":
            sample = "kbd" if token.nesting == 1 else ""
        pieces.append([_THING] if sample else _pieces_of(token))
    return pieces


def _sample_behind(html: str, sample: str) -> str:
    """The element that raw HTML is in behind a tag, if its text is shown as it is."""
    tag = _SAMPLE.match(html)
    if not tag or sample not in ("", tag[2].lower()):
        return sample
    return "" if tag[1] else tag[2].lower()


def _pieces_of(token: Token) -> list[str]:
    if token.type == "run":
        parts = NO_TEXT_IN_RUN.split(token.info)
        parts[1::2] = [_THING if part.startswith(_CODE) else "" for part in parts[1::2]]
        return [unescape(part) if "&" in part else part for part in parts]
    if token.type == "text":
        return [token.content]
    if token.type in ("softbreak", "hardbreak"):
        return [" "]
    if token.type == "text_special":
        return [_MARK if has_typed_signs(token.content * 3) else token.content]
    return [_THING if token.type in _THINGS else ""]


def _with_text(token: Token, pieces: list[str], characters: Sequence[str]) -> Token:
    """A token with other characters in its pieces; in a run, every other one is no text."""
    if token.type == "text" and pieces[0] is token.content:
        return Token("text", "", 0, content="".join(characters), level=token.level)
    if token.type != "run" or characters == "".join(pieces):
        return token
    html, content, end = NO_TEXT_IN_RUN.split(token.info), pieces[:], 0
    for number, piece in enumerate(pieces):
        start, end = end, end + len(piece)
        if number % 2:
            content[number] = unescape(html[number][len(_CODE) : -len(_CODE) - 1]) if piece else ""
        else:
            content[number] = text = "".join(characters[start:end])
            html[number] = escapeHtml(text)
    made = "".join(content).replace("\n", " ")
    return Token("run", "", 0, content=made, info="".join(html))


TYPOGRAPHY = Syntax("typography", _install, inline={"typography": r"""\\["'.-]"""})

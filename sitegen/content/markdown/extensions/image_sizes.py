"""`![A fox|300](fox.jpg)` of Obsidian and `![A fox](fox.jpg =300x200)` of many: sizes of images.

Either is in CSS pixels: a width, `300x200`, and behind `=` also `300x` or `x200`. What is left out
follows from the file (`site/image_tags`), so that an image keeps its shape.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from sitegen.content.markdown.syntax import NOWHERE, Syntax
from sitegen.text.patterns import holds

_IN_TEXT = re.compile(r"(?<!\A)\|[ ]*(\d{1,5})(?:x(\d{1,5}))?[ ]*\Z")
_BEHIND = re.compile(
    r"""\([ ]*(<[^<>\n]*>|[^\s<>()]+)([ ]+(?:"[^"\n]*"|'[^'\n]*'))?"""
    r"""[ ]+=(?=x?\d)(\d{1,5})?x(\d{1,5})?[ ]*\)"""
)


def _install(parser: MarkdownIt) -> None:
    parser.inline.ruler.before("image", "sized_image", _read)
    parser.core.ruler.push("image_sizes", _take_from_texts)


def _read(state: StateInline, silent: bool) -> bool:
    """An image with its size behind its address."""
    start = state.pos
    if not state.src.startswith("![", start):
        return False
    end = state.md.helpers.parseLinkLabel(state, start + 1, False)
    found = _BEHIND.match(state.src, end + 1, state.posMax) if end >= 0 else None
    if not found:
        return False
    tokens: list[Token] = []
    image = f"{state.src[start : end + 1]}({found[1]}{found[2] or ''})"
    state.md.inline.parse(image, state.md, state.env, tokens)
    if [token.type for token in tokens] != ["image"]:
        return False
    if not silent:
        token = state.push("image", "img", 0)
        token.attrs, token.children = tokens[0].attrs, tokens[0].children
        token.content, token.meta = tokens[0].content, {"span": (start, found.end())}
        _resize(token, found[3], found[4])
    state.pos = found.end()
    return True


def _take_from_texts(state: StateCore) -> None:
    """Take the sizes out of the alternative texts of images."""
    if "|" not in state.src or not holds(state.src, "!["):
        return
    for block in state.tokens:
        for image in block.children or ():
            parts = image.children if image.type == "image" else None
            found = _IN_TEXT.search(image.content) if parts else None
            if parts and found and parts[-1].content.endswith(found[0]):
                image.content = image.content[: found.start()]
                parts[-1].content = parts[-1].content.removesuffix(found[0])
                _resize(image, found[1], found[2])


def _resize(image: Token, width: str | None, height: str | None) -> None:
    for name, value in (("width", width), ("height", height)):
        if value and name not in image.attrs:
            image.attrs[name] = value


IMAGE_SIZES = Syntax(
    "image sizes", _install, inline={"sized_image": r"!\[", "image_sizes": NOWHERE}
)

"""Images: their captions, and which of them there are, for what only the file of one can tell.

A title, as in `![A fox](fox.jpg "Asleep")`, is the caption of an image that is alone in its
paragraph, linked or not; within a text it stays a title. An image that is alone and not linked is
one that readers can look at more closely.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sitegen.content.markdown.plain_text import CAPTION, RAW_HTML
from sitegen.content.markdown.reading import Reading, reading_of, render_rule
from sitegen.content.markdown.syntax import NOWHERE, Syntax
from sitegen.model.document import IMAGE_TAG, Image
from sitegen.text.patterns import holds

CAN_ZOOM = "can zoom"
"""In the `meta` of the token of an image: whether it is one that a reader can look at closely."""


def _install(parser: MarkdownIt) -> None:
    parser.core.ruler.push("images", _find_images)
    parser.add_render_rule(CAPTION, render_rule(_caption))


def _find_images(state: StateCore) -> None:
    """Give those that are alone in a paragraph their captions, and note those of the site."""
    if "<" not in state.src and not holds(state.src, "!["):
        return
    reading, tokens = reading_of(state.env), state.tokens
    for opening, token, closing in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if opening.type == "paragraph_open" and not opening.hidden:
            _set_apart(opening, token, closing)
    reading.images += (image for token in tokens for image in _images(token))


def _set_apart(opening: Token, content: Token, closing: Token) -> None:
    """Make a figure of a paragraph that is an image with a title."""
    children = content.children or []
    if (image := _alone(children)) is None:
        return
    image.meta[CAN_ZOOM] = image is children[0]
    for side in ("width", "height"):  # as in Hugo, where attributes are below an image
        if side in opening.attrs:
            image.attrs[side] = opening.attrs.pop(side)
    if title := str(image.attrs.pop("title", "")):
        opening.tag = closing.tag = "figure"
        children.append(Token(CAPTION, "", 0, content=title))


def _alone(children: Sequence[Token]) -> Token | None:
    """The image that is all there is, or all there is of the link that is all there is."""
    types = [child.type for child in children]
    if types == ["image"]:
        return children[0]
    return children[1] if types == ["link_open", "image", "link_close"] else None


def _images(token: Token) -> Iterator[Image]:
    """The images of a block whose URLs are placeholders."""
    for part in (token, *(token.children or ())):
        if part.type == "image":
            _put_into_words(part)
            url = str(part.attrs["src"])
            if url.startswith("\0"):
                yield Image(int(url.strip("\0")), part.meta.get(CAN_ZOOM, False))
        elif part.type in RAW_HTML and "<img" in part.content:
            for tag in IMAGE_TAG.finditer(part.content):
                yield Image(int(tag["link"]), can_zoom=False)


def _put_into_words(image: Token) -> None:
    """Make text of all that an alternative text holds, such as emoji and the TeX of formulas."""
    for part in image.children or ():
        if part.content and part.type != "image":
            part.type = "text"


def _caption(token: Token, _: Reading) -> str:
    return f"\n<figcaption>{escape(token.content, quote=False)}</figcaption>"


IMAGES = Syntax("images", _install, inline={"images": NOWHERE})

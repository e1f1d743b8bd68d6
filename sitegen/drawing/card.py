"""Draws a social card: what networks show of a post beside a link to it.

The rail of the theme, with a node where the title starts; the title in the serif of the theme, and
all else in its mono. Pango wraps, joins and orders the letters of every script.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any

from sitegen.drawing.fonts import MONO, SERIF
from sitegen.drawing.library import DrawingError, library
from sitegen.model.dataclass import dataclass

WIDTH, HEIGHT = 1200, 630
"""Pixels: what every network shows whole, or cuts little of."""
RAIL_AT, TEXT_AT, CARD_MARGIN = 96, 152, 88
"""From the side where lines start to the rail and to the text; from the other edges to the text."""
TITLE_SIZES = (88, 76, 66, 58)
"""Pixels. The largest at which a title fits is taken."""
TITLE_TOP, TITLE_HEIGHT = 140, 312
"""Where a title can be: room for four lines of the smallest sizes, and no more."""
LONGEST_TITLE = 240
"""Characters: more fit in no script."""
SMALL_SIZE, LINE_STEP = 28, 44
"""The size of all other texts, and from one of their lines to the next."""
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_POINT = 1024
"""How Pango counts sizes; a point is a pixel at 72 dots per inch."""


@dataclass(frozen=True, slots=True)
class CardColours:
    """Colours as CSS has them."""

    paper: str
    ink: str
    muted: str
    accent: str
    line: str


@dataclass(frozen=True, slots=True)
class CardTexts:
    """What is written on a card."""

    site: str
    title: str
    facts: str
    """The date and the like."""
    tags: str
    lang: str
    """The language of the title, which decides on the forms of Chinese characters."""
    is_rtl: bool
    """Whether it is written from right to left."""


def draw(texts: CardTexts, colours: CardColours) -> bytes:
    """The card as a PNG: the same bytes for the same texts, colours, fonts and libraries.

    Raises DrawingError.
    """
    vips = library()
    title = _title(texts, colours)
    top = TITLE_TOP + (TITLE_HEIGHT - title.height) // 2
    image = vips.Image.svgload_buffer(_frame(texts, colours, top).encode())
    end = HEIGHT - CARD_MARGIN
    lines = (
        (_line(texts.site, colours.ink, texts), CARD_MARGIN - LINE_STEP // 2),
        (_line(texts.tags, colours.accent, texts), end - LINE_STEP),
        (_line(texts.facts, colours.muted, texts), end),
    )
    for text, y in ((title, top - title.yoffset), *lines):
        if text is not None:
            x = WIDTH - TEXT_AT - text.width if texts.is_rtl else TEXT_AT
            image = image.composite2(text, "over", x=x, y=y + text.yoffset)
    data: bytes = image.flatten().pngsave_buffer(palette=True, effort=1, dither=0, keep="none")
    return data


def _frame(texts: CardTexts, colours: CardColours, top: int) -> str:
    """The paper, the rail, and on it a node beside the first line of the title."""
    x = WIDTH - RAIL_AT if texts.is_rtl else RAIL_AT
    paper, node = escape(colours.paper), top + TITLE_SIZES[-1] // 2
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{paper}"/>'
        f'<path d="M{x} 0v{HEIGHT}" stroke="{escape(colours.line)}" stroke-width="4"/>'
        f'<circle cx="{x}" cy="{node}" r="14" fill="{paper}" stroke="{escape(colours.accent)}"'
        ' stroke-width="7"/></svg>'
    )


def _title(texts: CardTexts, colours: CardColours) -> Any:  # noqa: ANN401 (an image)
    """The title as large as it fits; of one that is too long, its start."""
    title = texts.title[:LONGEST_TITLE]

    def written(text: str, size: int) -> Any:  # noqa: ANN401
        style = f'face="{SERIF}" weight="bold" size="{size * _POINT}" line_height="0.88"'
        return _text(text, style, colours.ink, texts)

    for size in TITLE_SIZES:
        image = written(title, size)
        if image.height <= TITLE_HEIGHT and title == texts.title:
            return image
    fits, too_long = 0, len(title)
    while too_long - fits > 1:
        middle = (fits + too_long) // 2
        is_small = written(_cut(title, middle), TITLE_SIZES[-1]).height <= TITLE_HEIGHT
        fits, too_long = (middle, too_long) if is_small else (fits, middle)
    return written(_cut(title, fits), TITLE_SIZES[-1])


def _cut(text: str, length: int) -> str:
    """The start of a text, to the end of a word if one ends near there."""
    start, _, rest = text[:length].rpartition(" ")
    return f"{start if len(rest) < 16 and start else text[:length]}…"


def _line(text: str, colour: str, texts: CardTexts) -> Any:  # noqa: ANN401 (an image)
    """One line of the mono, shortened to the width that there is; None where it is empty."""
    style = f'face="{MONO}" size="{SMALL_SIZE * _POINT}"'
    if not text.strip():
        return None
    image = _text(text, style, colour, texts)
    while image.height > 1.6 * SMALL_SIZE and len(text) > 2:
        text = f"{text[: -max(2, len(text) // 8)].rstrip(' ·…')}…"
        image = _text(text, style, colour, texts)
    return image


def _text(text: str, style: str, colour: str, texts: CardTexts) -> Any:  # noqa: ANN401 (an image)
    vips, shown = library(), escape(_CONTROL.sub(" ", text))
    markup = f'<span {style} foreground="{colour}" lang="{escape(texts.lang)}">{shown}</span>'
    width = WIDTH - TEXT_AT - CARD_MARGIN
    try:
        return vips.Image.text(markup, width=width, dpi=72, rgba=True, wrap="word-char")
    except vips.Error as error:
        if "no text" not in str(error):
            raise DrawingError(str(error)) from error
        return vips.Image.black(1, 1, bands=4).copy(
            interpretation="srgb"
        )  # such as of a character without width

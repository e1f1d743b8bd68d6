"""The first `# heading` as the title of the document, which the page shows above its body."""

from __future__ import annotations

from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from sitegen.content.markdown.plain_text import folded, text_of
from sitegen.content.markdown.reading import reading_of
from sitegen.content.markdown.syntax import NOWHERE, Syntax


def _install(parser: MarkdownIt) -> None:
    parser.core.ruler.push("take_title", _take_title)


def _take_title(state: StateCore) -> None:
    """Take the heading out that is the title, or that repeats the title of the front matter."""
    reading = reading_of(state.env)
    for index, (opening, inline) in enumerate(pairwise(state.tokens)):
        if opening.tag != "h1" or opening.level or not (text := text_of(inline)):
            continue
        if reading.given_title is None:
            reading.title = text
        elif index or text.casefold() != folded(reading.given_title).casefold():
            return
        del state.tokens[index : index + 3]
        return


TITLES = Syntax("titles", _install, inline={"take_title": NOWHERE})

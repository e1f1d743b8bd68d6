"""A body of Markdown as HTML, with the places of its links.

A parser is markdown-it's, built from an ordered tuple of syntaxes: `dialect` lists sitegen's, one
module each. Their rules read the body, each does one thing to the finished stream of tokens, or
renders a token. What they find gathers in one `Reading` per body, which travels in markdown-it's
`env`; the parsers are shared and hold no state.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from sitegen.content.markdown.excerpt import count_characters, count_words, excerpt
from sitegen.content.markdown.fast.blocks import ask_by_first_character
from sitegen.content.markdown.fast.short_cut import read_prose
from sitegen.content.markdown.lint.lint import lint
from sitegen.content.markdown.plain_text import CODE, text_with_breaks
from sitegen.content.markdown.reading import Highlighter, Reading, environment
from sitegen.content.markdown.syntax import Syntax, library_parser
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import Anchors, Rendered

UNCOLOURED = Highlighter()


def render(
    body: str,
    syntaxes: tuple[Syntax, ...],
    *,
    line: int = 1,
    title: str | None = None,
    highlighter: Highlighter = UNCOLOURED,
    language: str = "en",
) -> tuple[Rendered, tuple[Diagnostic, ...]]:
    """The body as HTML, and its problems, which lack the path of the file.

    `line` is the line of the file that the body starts on, `title` the one its front matter gives,
    and `language` a tag of BCP 47. With CommonMark alone, the HTML is what CommonMark 0.31 says,
    URLs included.

    Linear in the length of the body. Words are those outside raw HTML.
    """
    reading = Reading(line, title, highlighter, language)
    return rendered_by(parser_of(syntaxes), body, reading), tuple(reading.diagnostics)


def rendered_by(parser: MarkdownIt, body: str, reading: Reading) -> Rendered:
    """The body as this parser reads it."""
    env = environment(reading)
    tokens = parser.parse(body, env)
    lint(tokens, body, env)
    html = parser.renderer.render(tokens, parser.options, env)
    text = " ".join(
        text_with_breaks(token) for token in tokens if token.children or token.type in CODE
    )
    return Rendered(
        html,
        reading.title,
        tuple(reading.toc),
        tuple(reading.links),
        Anchors(frozenset(reading.anchors), tuple(reading.lines_with_ids)),
        excerpt(tokens, body),
        count_words(text),
        count_characters(text),
        tuple(reading.images),
        frozenset(reading.uses),
        tuple(reading.blocks),
        tuple(reading.files),
        tuple(sorted(reading.names)),
        tuple(reading.embeds),
        calls=tuple(reading.calls),
        fences=tuple(_fences(tokens)) if "```" in body or "~~~" in body else (),
    )


def _fences(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The rows of each block of fenced code, whatever a syntax has made of it."""
    for token in tokens:
        if token.map and token.markup.startswith(("```", "~~~")):
            yield token.map[0], token.map[1]


@cache
def parser_of(syntaxes: tuple[Syntax, ...]) -> MarkdownIt:
    """The parser of these syntaxes, with the short cut where all their rules are declared."""
    parser, declared = library_parser(syntaxes)
    ask_by_first_character(parser, syntaxes)
    if declared:
        read_prose(parser, syntaxes)
    return parser

"""When plain prose is read by `prose`, and not by markdown-it.

`prose` knows five rules of CommonMark by heart. It is asked only if all rules that could change a
text are declared (see `syntax`) and nothing else decides about the HTML that it writes; and then
only about texts in which no pattern of any other rule matches.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sitegen.content.markdown.commonmark import COMMONMARK
from sitegen.content.markdown.fast.prose import runs
from sitegen.content.markdown.syntax import NOWHERE, Syntax

READ = {"backticks", "emphasis", "escape", "link", "newline"}
"""The rules of CommonMark whose work `prose` does."""

WRITTEN = (
    *("text", "text_special", "softbreak", "hardbreak", "code_inline", "run"),
    *("em_open", "em_close", "strong_open", "strong_close", "link_open", "link_close"),
)
"""The types of tokens that get no other HTML than markdown-it's own."""

OPTIONS = {"breaks": False, "xhtmlOut": True, "maxNesting": 20}
"""What its HTML goes by."""


def read_prose(parser: MarkdownIt, syntaxes: Iterable[Syntax]) -> None:
    """Let the parser read plain prose here, if it writes it as markdown-it does."""
    if not _is_as_the_library_has_it(parser):
        return
    read = prose_reader(parser, syntaxes)

    def read_contents(state: StateCore) -> None:
        for token in state.tokens:
            if token.type == "inline":
                text, children = token.content, token.children or []
                prose = None if children else read(text)
                token.children = prose or parser.inline.parse(text, parser, state.env, children)

    parser.core.ruler.at("inline", read_contents)
    parser.add_render_rule("run", _written)
    parser.renderer.renderAttrs = _attributes  # type: ignore[attr-defined]


def _is_as_the_library_has_it(parser: MarkdownIt) -> bool:
    """Whether nothing but its rules decides how a parser reads plain prose and writes it."""
    renderer = parser.renderer
    return (
        type(parser.inline) is ParserInline
        and type(renderer) is RendererHTML
        and all(renderer.rules.get(name) == getattr(renderer, name, None) for name in WRITTEN)
        and all(parser.options[name] == value for name, value in OPTIONS.items())
    )


def _written(_: RendererHTML, tokens: Sequence[Token], index: int, *__: object) -> str:
    return tokens[index].info


def _attributes(token: Token) -> str:
    """The attributes of a tag, of which most have none."""
    return RendererHTML.renderAttrs(token) if token.attrs else ""


def prose_reader(
    parser: MarkdownIt, syntaxes: Iterable[Syntax]
) -> Callable[[str], list[Token] | None]:
    """What reads a text as plain prose, or returns None for one that is not."""
    others = [
        pattern
        for syntax in syntaxes
        for name, pattern in syntax.inline.items()
        if pattern != NOWHERE and not (syntax == COMMONMARK and name in READ)
    ]
    changed_elsewhere = re.compile("|".join(others), re.MULTILINE).search

    def normalized(url: str) -> str | None:
        href = parser.normalizeLink(url)
        return href if parser.validateLink(href) else None

    def read(content: str) -> list[Token] | None:
        return None if changed_elsewhere(content) else runs(content, normalized)

    return read

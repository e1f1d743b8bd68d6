"""`~~deleted~~`, as GitHub has it."""

from __future__ import annotations

from markdown_it import MarkdownIt

from sitegen.content.markdown.syntax import Syntax


def _install(parser: MarkdownIt) -> None:
    parser.enable("strikethrough")


STRIKETHROUGH = Syntax("strikethrough", _install, inline={"strikethrough": "~~"})

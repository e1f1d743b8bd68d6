"""Tables, as GitHub has them."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from sitegen.content.markdown.reading import Reading, render_rule
from sitegen.content.markdown.syntax import LATER_LINE, Syntax

AROUND_TABLE = ('<div class="table" role="group" tabindex="0">\n', "</div>\n")
"""A container that scrolls, by keyboard too, so that a wide table does not widen the page."""


def _install(parser: MarkdownIt) -> None:
    parser.enable("table")
    parser.add_render_rule("table_open", render_rule(_opening))
    parser.add_render_rule("table_close", render_rule(lambda *_: f"</table>\n{AROUND_TABLE[1]}"))


def _opening(token: Token, _: Reading) -> str:
    return f"{AROUND_TABLE[0]}<table{RendererHTML.renderAttrs(token)}>\n"


GITHUB_TABLES = Syntax("tables", _install, block={"table": LATER_LINE})

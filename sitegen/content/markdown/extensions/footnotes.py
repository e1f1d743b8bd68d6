"""`[^1]`, and its text at the end of the document."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from sitegen.content.markdown.reading import Reading, render_rule
from sitegen.content.markdown.syntax import Syntax


def _install(parser: MarkdownIt) -> None:
    parser.use(footnote_plugin, inline=False)
    parser.add_render_rule("footnote_caption", render_rule(_caption))


def _caption(token: Token, _: Reading) -> str:
    """The number of the footnote, the same each time it is named."""
    return f"[{token.meta['id'] + 1}]"


FOOTNOTES = Syntax(
    "footnotes",
    _install,
    block={"footnote_def": "["},
    inline={"footnote_ref": r"\[\^", "footnote_tail": r"\[\^"},
)

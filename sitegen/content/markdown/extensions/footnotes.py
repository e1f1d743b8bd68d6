"""`[^1]`, and its text at the end of the document.

Each reference and its text share a name, `--note`, by which a style sheet can put the text beside
the line that refers to it: `theme/styles/notes.css`.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from sitegen.content.markdown.reading import Reading, render_rule
from sitegen.content.markdown.syntax import Syntax

FOOTNOTES_START = '<hr class="footnotes-sep" />\n'
"""What comes before the footnotes, which are the end of a body."""
BLOCK = f'{FOOTNOTES_START}<div class="footnotes">\n<ol class="footnotes-list">\n'
"""No section, since that would need a heading."""
NOTE_NAME = ' style="--note: --note-{}"'
"""The attribute that names a reference and its text, by the number of the footnote."""


def _install(parser: MarkdownIt) -> None:
    parser.use(footnote_plugin, inline=False)
    parser.add_render_rule("footnote_ref", render_rule(_reference))
    parser.add_render_rule("footnote_open", render_rule(_opening))
    parser.add_render_rule("footnote_block_open", render_rule(lambda *_: BLOCK))
    parser.add_render_rule("footnote_block_close", render_rule(lambda *_: "</ol>\n</div>\n"))


def _reference(token: Token, _: Reading) -> str:
    """The number of the footnote, the same each time it is named."""
    number, again = token.meta["id"] + 1, token.meta["subId"]
    anchor, name = (f"{number}:{again}", "") if again else (number, NOTE_NAME.format(number))
    link = f'<a href="#fn{number}" id="fnref{anchor}">{number}</a>'
    return f'<sup class="footnote-ref"{name}>{link}</sup>'


def _opening(token: Token, _: Reading) -> str:
    number = token.meta["id"] + 1
    return f'<li id="fn{number}" class="footnote-item"{NOTE_NAME.format(number)}>'


FOOTNOTES = Syntax(
    "footnotes",
    _install,
    block={"footnote_def": "["},
    inline={"footnote_ref": r"\[\^", "footnote_tail": r"\[\^"},
)

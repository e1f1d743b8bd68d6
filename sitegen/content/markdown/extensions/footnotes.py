"""`[^1]` with its text at the end of the document, and `^[its text]` with it in place.

Each reference and its text share a name, `--note`, by which a style sheet can put the text beside
the line that refers to it: `theme/styles/notes.css`.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_inline

from sitegen.content.markdown.reading import Reading, render_rule
from sitegen.content.markdown.syntax import NOWHERE, Syntax
from sitegen.text.patterns import compiled, holds

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


_NOTE = (
    r"\^\[(?!\s*+\]"
    r"|(?=[^\s\[\]]++\])[^\s\[\]]*?\w-\w"
    r"|[^\[\]\n]*+\][+*?{$(\[])"
)
"""The start of one: it is not empty, and neither a regular expression nor a link behind `^`."""


def _install_inline(parser: MarkdownIt) -> None:
    parser.inline.ruler.after("image", "inline_note", _read_inline)
    parser.core.ruler.after("footnote_tail", "inline_notes", _place_inline)


def _read_inline(state: StateInline, silent: bool) -> bool:
    """A note with its text in place, as in Pandoc and Obsidian."""
    if state.src[state.pos] != "^" or state.linkLevel:
        return False
    if not compiled(_NOTE).match(state.src, state.pos):
        return False
    if not footnote_inline(state, silent):
        return False
    if not silent:
        state.tokens[-1].meta |= {"subId": 0, "is_inline": True}
    return True


def _place_inline(state: StateCore) -> None:
    """Give the texts of such notes the lines of the blocks that they are written in."""
    if not holds(state.src, "^["):
        return
    rows: dict[int, list[int] | None] = {}
    number = -1
    for token in state.tokens:
        if token.type == "footnote_open":
            number = token.meta["id"]
        elif token.type == "inline":
            token.map = token.map or rows.get(number)
            notes = (part.meta for part in token.children or () if "is_inline" in part.meta)
            rows |= {note["id"]: token.map for note in notes}


def _install_links_back(parser: MarkdownIt) -> None:
    parser.core.ruler.push("links_back", _leave_out_dead)


def _leave_out_dead(state: StateCore) -> None:
    """Leave out links back to what is no part of the text: the title, or the text of an image."""
    if "footnotes" not in state.env:
        return
    parts = (part for token in state.tokens for part in token.children or ())
    shown = {(it.meta["id"], it.meta["subId"]) for it in parts if it.type == "footnote_ref"}
    state.tokens = [
        token
        for token in state.tokens
        if token.type != "footnote_anchor" or (token.meta["id"], token.meta["subId"]) in shown
    ]


FOOTNOTES = Syntax(
    "footnotes",
    _install,
    block={"footnote_def": "["},
    inline={"footnote_ref": r"\[\^", "footnote_tail": r"\[\^"},
)

INLINE_NOTES = Syntax(
    "inline notes", _install_inline, inline={"inline_note": r"\^\[", "inline_notes": NOWHERE}
)
LINKS_BACK = Syntax("links back", _install_links_back, inline={"links_back": NOWHERE})
"""What is behind the text of a footnote, once it is known where it is referred to."""

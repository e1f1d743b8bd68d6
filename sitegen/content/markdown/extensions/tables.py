"""Tables, as GitHub has them, and their captions, as Pandoc and Quarto have them.

    | a | b |
    |---|---|
    | c | d |

    : What is in the table {#numbers}

A caption may also start with `Table:`, and may be directly below the table. Its attributes are
those of the figure that table and caption become.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock, paragraph, table
from markdown_it.token import Token

from sitegen.content.markdown.extensions.attributes import taken_from_end
from sitegen.content.markdown.reading import Reading, render_rule
from sitegen.content.markdown.syntax import LATER_LINE, Syntax
from sitegen.text.patterns import compiled

AROUND_TABLE = ('<div class="table" role="group" tabindex="0">\n', "</div>\n")
"""A container that scrolls, by keyboard too, so that a wide table does not widen the page."""

_CAPTION = r"(?:[Tt]able)?:[ \t]+(?=\S)"


def _install(parser: MarkdownIt) -> None:
    parser.enable("table")
    parser.add_render_rule("table_open", render_rule(_opening))
    parser.add_render_rule("table_close", render_rule(lambda *_: f"</table>\n{AROUND_TABLE[1]}"))


def _opening(token: Token, _: Reading) -> str:
    return f"{AROUND_TABLE[0]}<table{RendererHTML.renderAttrs(token)}>\n"


def _install_captions(parser: MarkdownIt) -> None:
    parser.block.ruler.at("table", _with_caption, {"alt": ["paragraph", "reference"]})


def _with_caption(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table, and the caption below it."""
    at = len(state.tokens)
    if not table(state, start, end, silent):
        return False
    if not silent and (line := _line_of_caption(state, start, end)) is not None:
        if line < state.line:  # it was read as the last row
            while state.tokens.pop(-3).type != "tr_open":
                pass
        _make_figure(state, at, line)
    return True


def _line_of_caption(state: StateBlock, start: int, end: int) -> int | None:
    """The line where the caption of a table starts, which is read up to `state.line`."""
    last, below = state.line - 1, state.skipEmptyLines(state.line)
    if last > start + 1 and _is_caption(state, last) and "|" not in _text(state, last):
        return last
    is_block = below < end and 0 <= state.sCount[below] - state.blkIndent < 4
    return below if is_block and _is_caption(state, below) else None


def _is_caption(state: StateBlock, line: int) -> bool:
    return compiled(_CAPTION).match(_text(state, line)) is not None


def _text(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _make_figure(state: StateBlock, at: int, line: int) -> None:
    """Put the table at this token into a figure, with the paragraph on this line as its caption."""
    made, level = state.tokens[at:], state.level
    paragraph(state, line, state.lineMax, False)
    text = state.tokens[-2]
    rows = [(made[0].map or [line])[0], state.line]
    figure = Token("figure_open", "figure", 1, map=rows, level=level, block=True)
    text.content = taken_from_end(compiled(_CAPTION).sub("", text.content, count=1), figure)
    text.level = level + 2
    for token in made:
        token.level += 1
    state.tokens[at:] = (
        figure,
        Token("figcaption_open", "figcaption", 1, map=text.map, level=level + 1, block=True),
        text,
        Token("figcaption_close", "figcaption", -1, level=level + 1, block=True),
        *made,
        Token("figure_close", "figure", -1, level=level, block=True),
    )


GITHUB_TABLES = Syntax("tables", _install, block={"table": LATER_LINE})
TABLE_CAPTIONS = Syntax("table captions", _install_captions, block={"table": LATER_LINE})

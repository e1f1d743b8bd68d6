"""Tabs as Material for MkDocs has them: lines of `===` with a title, each above an indented text;
and as Quarto has them, where each starts with a heading.

    === "Linux"                      ===! "Starts other tabs"       ::: {.panel-tabset}
        Text.                            Text.                      ## Linux
                                                                    Text.
                                                                    :::

They are calls of the components `tabs` and `tab`. No line of the first kind ends a paragraph, as
none does in Material.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from sitegen.content.markdown.extensions.admonitions import end_of_indented, read_indented
from sitegen.content.markdown.extensions.components import around_body
from sitegen.content.markdown.extensions.containers import LinePart, Opening, add_container
from sitegen.content.markdown.syntax import Syntax
from sitegen.text.patterns import compiled

_LINE = r"""===(?P<sign>[!+]*)[ \t]+(?P<quote>["'])(?P<title>.+)(?P=quote)[ \t]*"""


def _install(parser: MarkdownIt) -> None:
    parser.block.ruler.before("fence", "tabs", _read)
    add_container(parser, "panel-tabset", _around_tabset)


def _read(state: StateBlock, row: int, end: int, silent: bool) -> bool:
    line = _line(state, row, end)
    if not line or silent:
        return line is not None
    with around_body(state, _opening(state, row, line, "tabs")):
        row = _read_tab(state, row, line, end)
        while (after := _line(state, row, end)) and "!" not in after["sign"]:
            row = _read_tab(state, row, after, end)
    return True


def _read_tab(state: StateBlock, row: int, line: re.Match[str], end: int) -> int:
    """Read one, and return the row of what is below it."""
    with around_body(state, _opening(state, row, line, "tab")):
        read_indented(state, row, end_of_indented(state, row, end))
    return state.skipEmptyLines(state.line)


def _line(state: StateBlock, row: int, end: int) -> re.Match[str] | None:
    """The line of a tab that has a text, if this one is."""
    if row >= end or not 0 <= state.sCount[row] - state.blkIndent < 4:
        return None
    begin = state.bMarks[row] + state.tShift[row]
    if not state.src.startswith("===", begin):
        return None
    found = compiled(_LINE).fullmatch(state.src, begin, state.eMarks[row])
    return found if found and end_of_indented(state, row, end) > row + 1 else None


def _opening(state: StateBlock, row: int, line: re.Match[str], name: str) -> Opening:
    """The line as that of a container with this name."""
    start = state.src.rfind("\n", 0, line.start()) + 1
    sign = LinePart("===", line.start() - start)
    title = LinePart(line["title"], line.start("title") - start) if name == "tab" else None
    return Opening(row, sign, LinePart(name, sign.column), title, None, None)


@contextmanager
def _around_tabset(state: StateBlock, opening: Opening) -> Iterator[None]:
    """Tabs of what is below each heading of the highest level. What is above the first stays."""
    at = len(state.tokens)
    yield
    content = state.tokens[at:]
    headings = [it for it in content if it.type == "heading_open" and it.level == state.level]
    highest = min((it.tag for it in headings), default="")
    starts = [content.index(it) for it in headings if it.tag == highest]
    if not starts:
        return
    state.tokens[at:] = content[: starts[0]]
    with around_body(state, _named(opening, opening.row, "tabs", None)):
        for start, end in pairwise((*starts, len(content))):
            title = LinePart(content[start + 1].content, 0)
            row = (content[start].map or [opening.row])[0]
            with around_body(state, _named(opening, row, "tab", title)):
                state.tokens += content[start + 3 : end]


def _named(opening: Opening, row: int, name: str, title: LinePart | None) -> Opening:
    sign = opening.colons
    return Opening(row, sign, LinePart(name, sign.column), title, None, None)


TABS = Syntax("tabs", _install, block={"tabs": "="})

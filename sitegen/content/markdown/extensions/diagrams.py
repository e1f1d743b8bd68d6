"""Diagrams: blocks of code in a language that is drawn, such as Mermaid, with their source below.

What cannot be drawn stays a block of code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sitegen.content.markdown.code.info import read_info
from sitegen.content.markdown.code.languages import DIAGRAMS
from sitegen.content.markdown.extensions.code_blocks import GROUP_CLOSE, GROUP_OPEN, IS_KNOWN
from sitegen.content.markdown.reading import Diagram, Drawing, Reading, reading_of, render_rule
from sitegen.content.markdown.syntax import NOWHERE, Syntax
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import placeholder

DIAGRAM = "diagram"
"""What the token, its class and its part of the theme are called."""
LARGE = 30
"""The width in rem from which on a diagram may not fit a phone."""
_WIDTH = r"--width:([\d.]+)rem"

_NAME = r"(?m)^[ \t]*(?:accTitle[ \t]*:|title[ \t]*:|title(?=[ \t]))(.+)$"
_DESCRIPTION = r"(?m)^[ \t]*accDescr[ \t]*(?::(.+)$|\{([^}]*)\})"


def diagrams(renderers: tuple[str, ...]) -> Syntax:
    """Diagrams of the languages that these draw."""
    return Syntax("diagrams", partial(_install, renderers), inline={"diagrams": NOWHERE})


def _install(renderers: tuple[str, ...], parser: MarkdownIt) -> None:
    parser.core.ruler.push("diagrams", partial(_draw, renderers))
    parser.add_render_rule(DIAGRAM, render_rule(_html))


def _draw(renderers: tuple[str, ...], state: StateCore) -> None:
    """Draw the diagrams of a document."""
    found = list(_fences(state.tokens, renderers))
    if not found:
        return
    reading = reading_of(state.env)
    wanted = [Diagram(DIAGRAMS[_language(token)], token.content) for token in found]
    for token, drawing in zip(found, reading.highlighter.draw(wanted), strict=True):
        if drawing.svg:
            token.type, token.meta["drawing"] = DIAGRAM, drawing
            reading.uses.add(DIAGRAM)
            if name := read_info(token.info).id:
                reading.anchors.add(name)
            continue
        token.meta[IS_KNOWN] = True
        if drawing.mistake or drawing.lacks:
            reading.diagnostics.append(_problem(token, drawing, state.src, reading))


def _fences(tokens: Sequence[Token], renderers: tuple[str, ...]) -> Iterator[Token]:
    """The blocks that are drawn; in tabs of code they are code."""
    in_group = False
    for token in tokens:
        in_group = token.type == GROUP_OPEN or (in_group and token.type != GROUP_CLOSE)
        is_drawn = token.type == "fence" and DIAGRAMS.get(_language(token)) in renderers
        if is_drawn and not in_group and token.content.strip():
            yield token


def _language(token: Token) -> str:
    return read_info(token.info).language.lower()


def _problem(token: Token, drawing: Drawing, source: str, reading: Reading) -> Diagnostic:
    """SG332 for a mistake in the source of a diagram, SG334 for one that cannot be drawn."""
    fence = (token.map or (0,))[0]
    row = fence + min(drawing.line, token.content.count("\n"))
    text = source.split("\n")[row]
    column = len(text) - len(text.lstrip(" \t>"))
    if drawing.mistake:
        hint = "until it is correct, readers see its source"
        problem = Diagnostic("SG332", f"this diagram cannot be drawn: {drawing.mistake}", hint=hint)
    else:
        problem = Diagnostic("SG334", f"this diagram is shown as code: {drawing.lacks}")
    length = max(1, len(text.strip(" \t>")))
    return replace(problem, line=reading.line + row, column=column + 1, length=length)


def _html(token: Token, _: Reading) -> str:
    """A drawing, its caption, and its source, for those to whom the drawing says nothing."""
    info, svg = read_info(token.info), token.meta["drawing"].svg
    width = re.search(_WIDTH, svg)
    scrolls = ' tabindex="0"' if width and float(width[1]) > LARGE else ""
    anchor = f' id="{escape(info.id)}"' if info.id else ""
    caption = f"<figcaption>{escape(info.title)}</figcaption>\n" if info.title else ""
    code = escape(token.content, quote=False)
    label = _label(token.content) or escape(info.title) or placeholder(DIAGRAM)
    return (
        f'<figure class="{DIAGRAM}"{anchor}>\n'
        f'<div class="drawing" role="img" aria-label="{label}"{scrolls}>{svg}</div>\n{caption}'
        f"<details><summary>{placeholder('source')}</summary>"
        f'<div class="highlight"><pre><code class="language-{escape(_language(token))}">{code}'
        "</code></pre></div></details>\n</figure>\n"
    )


def _label(source: str) -> str:
    """What a source says for those who do not see the drawing, as HTML."""
    found = re.search(_NAME, source), re.search(_DESCRIPTION, source)
    said = (next(filter(None, match.groups("")), "").strip() for match in found if match)
    return escape(". ".join(text.strip("\"'").rstrip(".") for text in said if text))

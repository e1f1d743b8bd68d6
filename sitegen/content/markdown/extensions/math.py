r"""Formulas in TeX: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`, a `math` fence, GitHub's dollars around a
code span, and the environments of AMS that are blocks by themselves, as in MathJax and Jupyter.

Dollars are as Pandoc and GitHub have them: no space is at their inner sides, and no digit behind
the second. Prices and variables of a shell are text: a dollar behind a letter opens only what
starts like an index, and one before a letter closes nothing that ends in a sign. A backslash before
a bracket is mostly an escape: what is between two of them and looks like a word is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from sitegen.content.markdown.positions import Lines
from sitegen.content.markdown.reading import reading_of, render_rule
from sitegen.content.markdown.syntax import NOWHERE, Syntax
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import Meta

if TYPE_CHECKING:
    from sitegen.content.markdown.mathml import Converted
    from sitegen.content.markdown.tex import Macros

MATH = "math"
"""What the syntax, the language of its fences and its part of the theme are called."""
_INLINE, _BLOCK = "math_inline", "math_block"
"""The types of tokens that are formulas."""

_TEX = r"(?:\\(?:text[a-z]*|[mhf]box)\{(?:[^{}]|\{[^{}]*\})*\}|[^$\\]|\\.)"
"""A part of a formula; in a text within it there can be formulas again."""
_DOLLARS = rf"""
      \$`(?P<github>[^`]+)`\$
    | \\\((?P<round>(?:[^\\]|\\[^()])++)\\\)
    | \\\[(?P<square>(?:[^\\]|\\[^\[\]])++)\\\]
    | (?<!\$)\$\$(?P<double>{_TEX}++)\$\$(?!\$)
    | (?:(?<![A-Za-z0-9$])|(?=\$[\^_\\])) \$(?![\s$])
      (?P<single>{_TEX}++)(?<!\s) (?:\$(?![A-Za-z0-9${{]) | (?<=[\w}})'])\$(?![0-9${{]))
    """
_WORDS = r"(?s)[A-Za-z]{2,},?\s+[A-Za-z]{2,}|\A\d.*?\s[A-Za-z]{2,}"
_WORD = r"[A-Za-z]{3,}"
_SIGNS = frozenset(r"\^_{}=<>+")
"""Without any of these, what has words is prose between two amounts of money."""
_PART = r"\\[A-Za-z]+|\S"
"""What is underlined of a formula that is wrong."""
_ENVIRONMENT = (
    r"\\begin\{(?P<name>(?:equation|align|alignat|eqnarray|flalign|gather|multline)\*?)\}"
)
"""The start of one that needs no dollars."""
_ALONE = r"[.,;:]?[ \t]*(?:\n|\Z)"
"""What may be behind a formula that has its lines for itself."""


def mathematics(macros: Macros = (), *, everywhere: bool = False) -> Syntax:
    """Formulas, which documents have that ask for them, and, `everywhere`, those that do not."""
    return Syntax(
        MATH,
        partial(_install, macros),
        block={_BLOCK: "$", "math_environment": "\\"},
        inline={_INLINE: r"\$|\\[(\[]", "math": NOWHERE},
        when=partial(_is_asked_for, everywhere),
    )


def _is_asked_for(everywhere: bool, meta: Meta) -> bool:
    return everywhere if meta.math is None else meta.math


def _install(macros: Macros, parser: MarkdownIt) -> None:
    from mdit_py_plugins.dollarmath import dollarmath_plugin  # for those documents alone

    parser.use(dollarmath_plugin, allow_labels=False)
    parser.inline.ruler.at(_INLINE, partial(_read, re.compile(_DOLLARS, re.VERBOSE | re.DOTALL)))
    environment = partial(_read_environment, re.compile(_ENVIRONMENT))
    ends = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.before("fence", "math_environment", environment, {"alt": ends})
    parser.core.ruler.push("math", partial(_convert, macros))
    for name in (_INLINE, _BLOCK):
        parser.add_render_rule(name, render_rule(lambda token, _: str(token.meta["html"])))


def _read(dollars: re.Pattern[str], state: StateInline, silent: bool) -> bool:
    """Read a formula in a text."""
    if state.src[state.pos] not in "$\\" or not (found := dollars.match(state.src, state.pos)):
        return False
    kind, end = str(found.lastgroup), found.end()
    tex, start = found[kind], found.start(kind)
    stands_alone = kind in ("double", "square") and _stands_alone(state.src, state.pos, end)
    if not tex.strip() or _is_text(kind, tex) or (kind == "square" and not stands_alone):
        return False
    if not silent:
        token = state.push(_INLINE, MATH, 0)
        token.content = tex
        token.meta = {"start": start, "is_display": stands_alone}
    state.pos = end
    return True


def _read_environment(
    start: re.Pattern[str], state: StateBlock, row: int, end: int, silent: bool
) -> bool:
    """Read the lines of an environment. None holds an empty line, or starts within another."""
    found = start.match(state.src, state.bMarks[row] + state.tShift[row])
    if not found or state.is_code_block(row):
        return False
    closing = f"\\end{{{found['name']}}}"
    last = row
    while not state.src[state.bMarks[last] : state.eMarks[last]].rstrip().endswith(closing):
        last += 1
        if last == end or state.isEmpty(last) or state.sCount[last] < state.blkIndent:
            return False
        if start.match(state.src, state.bMarks[last] + state.tShift[last]):
            return False
    if not silent:
        token = state.push(_BLOCK, MATH, 0)
        token.content = state.getLines(row, last + 1, state.blkIndent, keepLastLF=False)
        token.map, state.line = [row, last + 1], last + 1
    return True


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a formula has its lines for itself."""
    above = text[text.rfind("\n", 0, start) + 1 : start]
    return not above.strip(" \t") and bool(re.compile(_ALONE).match(text, end))


def _is_text(kind: str, tex: str) -> bool:
    """Whether it only looks like a formula: prose between two prices, or an escaped bracket."""
    if kind not in ("single", "round", "square") or not _SIGNS.isdisjoint(tex):
        return False
    return kind == "square" or bool(re.search(_WORDS if kind == "single" else _WORD, tex))


def _convert(macros: Macros, state: StateCore) -> None:
    """Give every formula of a document its HTML."""
    if not (found := list(_formulas(state.tokens))):
        return
    from sitegen.content.markdown.mathml import Formula, as_mathml

    reading = reading_of(state.env)
    reading.uses.add(MATH)
    formulas = [Formula(token.content, _is_display(token)) for token in found]
    results = tuple(zip(found, as_mathml(formulas, macros), strict=True))
    for token, result in results:
        token.meta["html"] = _html(token, result)
        reading.anchors.update(result.ids)
    if targets := {id(token): result.target for token, result in results if result.target}:
        for block in state.tokens:
            block.children = block.children and list(_linked(block.children, targets))
    wrong = {id(token): result for token, result in results if result.mistake}
    if wrong:
        reading.diagnostics += _mistakes(state, reading.line, wrong)


def _formulas(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens of formulas, fences among them."""
    for token in tokens:
        if token.type == "fence" and token.info.partition(" ")[0] == MATH:
            token.type = _BLOCK
        if token.type == _BLOCK:
            yield token
        yield from (part for part in token.children or () if part.type == _INLINE)


def _linked(parts: Sequence[Token], targets: Mapping[int, str]) -> Iterator[Token]:
    """The parts of a text with links around those that lead somewhere, unless a link is there."""
    depth = 0
    for part in parts:
        if part.type in ("link_open", "link_close"):
            depth += part.nesting
        if depth or id(part) not in targets:
            yield part
            continue
        opening = Token("link_open", "a", 1, attrs={"href": targets[id(part)]})
        opening.meta["span"] = part.meta["start"], part.meta["start"] + len(part.content)
        yield from (opening, part, Token("link_close", "a", -1))


def _is_display(token: Token) -> bool:
    return token.type == _BLOCK or bool(token.meta["is_display"])


def _html(token: Token, result: Converted) -> str:
    """The HTML of a formula; its TeX as code where there is no MathML of it.

    One that may be wider than a phone scrolls in a box, by keyboard too.
    """
    box = "div" if token.type == _BLOCK else "span"
    if result.html is None:
        tex = escape(token.content.strip(), quote=False)
        if token.type == _INLINE:
            return f"<code>{tex}</code>"
        pre = f'<pre><code class="language-tex">{tex}\n</code></pre>'
        return f'<div class="highlight" data-lang="TeX">{pre}</div>\n'
    if not result.html or not (result.is_wide or _is_display(token)):
        return result.html
    kind = "math block" if _is_display(token) else MATH
    scrolls = ' role="group" tabindex="0"' if result.is_wide else ""
    end = "\n" if token.type == _BLOCK else ""
    return f'<{box} class="{kind}"{scrolls}>{result.html}</{box}>{end}'


def _mistakes(state: StateCore, line: int, wrong: Mapping[int, Converted]) -> Iterator[Diagnostic]:
    """SG330 for each formula that cannot be read, by the identity of its token."""
    lines = Lines(state.src)
    for before, token in pairwise((Token("", "", 0), *state.tokens)):
        if result := wrong.get(id(token)):
            yield _mistake(token, result, line, _place_in_block(token, result.at, lines))
        if not token.children:
            continue
        content = lines.content(before, token)
        for part in token.children:
            if result := wrong.get(id(part)):
                at = part.meta["start"] + result.at
                yield _mistake(part, result, line, content.place(at, at + 1)[:2])


def _place_in_block(token: Token, at: int, lines: Lines) -> tuple[int, int]:
    """The line and column, both from 0, of a place in the TeX of a block."""
    first = (token.map or (0,))[0] + token.markup.startswith(("`", "~"))
    above = token.content[:at]
    number = above.count("\n")
    text = token.content.split("\n")[number]
    column = lines.lines[first + number].find(text)
    return first + number, max(0, column) + at - (above.rfind("\n") + 1)


def _mistake(token: Token, result: Converted, line: int, place: tuple[int, int]) -> Diagnostic:
    row, column = place
    part = re.match(_PART, token.content[result.at :])
    is_unknown = result.mistake.startswith("unknown command")
    return Diagnostic(
        "SG330",
        f"this formula cannot be read: {result.mistake}",
        line=line + row,
        column=column + 1,
        length=len(part[0]) if part else 1,
        hint="a macro is defined in sitegen.toml, in [math.macros]"
        if is_unknown
        else "until it is correct, readers see its TeX",
    )

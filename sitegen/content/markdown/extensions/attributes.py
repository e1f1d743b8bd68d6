"""`{#id .class key=value}` behind a heading, a link, an image or code, and below any block.

As in Pandoc; with the colon of kramdown, `{: #id .class}`, too. The braces hold ids, classes and
the attributes in `ATTRIBUTE_NAMES`, and nothing else: any other text between braces stays text.
Authors can write all of HTML, so this list is not about trust: it leaves out what runs a script,
and what changes where a link leads, behind the back of those who check links.

    ## Heading {#id}        [link](url){rel=me}          a paragraph, list, quote, table or code
    ```{.python #id}        ![image](a.png){width=300}   {.wide}

Linear in the length of the text: braces are matched from where they open, and hold no braces.
"""

from __future__ import annotations

import re
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from sitegen.content.markdown.syntax import NOWHERE, Syntax
from sitegen.text.patterns import compiled

ATTRIBUTE_NAMES = (
    "align|aria-[a-z-]+|class|data-[a-z0-9-]+|decoding|dir|download|fetchpriority|height|hreflang|id"
    "|lang|loading|referrerpolicy|rel|role|start|style|target|title|translate|width"
)
"""The attributes that may be given by name."""

WRITTEN_ATTRIBUTE = (
    r"""(?:[#.][^\s{}"'<>#=,]+"""
    rf"""|(?:{ATTRIBUTE_NAMES})=(?:"[^"{{}}\n]*"|'[^'{{}}\n]*'|[^\s"'{{}}<>=`,]+))"""
)

ATTRIBUTES = re.compile(
    rf"\{{:?[ \t]*+({WRITTEN_ATTRIBUTE}(?:[ \t,]+{WRITTEN_ATTRIBUTE})*+)[ \t]*+\}}"
)

LINE = ATTRIBUTES.pattern + r"[ \t]*$"

IN_INFO = rf"(?<![^\s{{,]){WRITTEN_ATTRIBUTE}(?![^\s}},])"
"""An attribute among the options of a code block, which others may stand between."""

ONE = re.compile(r"""([#.]|[a-z0-9-]+=)(?:"([^"]*)"|'([^']*)'|([^\s"',]+))""")

Attributes = dict[str, str]

BEHIND = ("code_inline", "image", "link_close")
"""The types of inline tokens that may have attributes behind them."""


LEAVES = ("code_block", "fence", "hr")
"""The blocks of one token that may have attributes below them."""


def attributes_of(written: str) -> Attributes:
    """The attributes that a text between braces gives; classes are one value."""
    given: Attributes = {}
    for name, *values in ONE.findall(written):
        key = {"#": "id", ".": "class"}.get(name, name.rstrip("="))
        value = next(filter(None, values), "")
        if key == "class":
            value = " ".join((*given.get(key, "").split(), *value.replace(".", " ").split()))
        given[key] = value
    return given


def put_attributes(token: Token, given: Attributes) -> None:
    """Give a token attributes, and classes besides those it has."""
    for key, value in given.items():
        if key == "class":
            token.attrJoin(key, value)
        else:
            token.attrSet(key, value)


def _install(parser: MarkdownIt) -> None:
    ends = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.before("fence", "attributes", _line, {"alt": ends})
    parser.inline.ruler.push("attributes", _behind)
    parser.core.ruler.after("block", "block_attributes", _resolve)


def _line(state: StateBlock, line: int, _: int, silent: bool) -> bool:
    """A line of attributes directly below what is a block already."""
    begin = state.bMarks[line] + state.tShift[line]
    if not state.src.startswith("{", begin) or state.is_code_block(line):
        return False
    found = compiled(LINE, re.MULTILINE).match(state.src, begin, state.eMarks[line])
    if not found or silent:
        return bool(found)
    above = state.tokens[-1] if state.tokens and line and not state.isEmpty(line - 1) else None
    if not above or (above.nesting >= 0 and above.type not in LEAVES):
        return False
    token = state.push("attributes", "", 0)
    token.content, token.info, token.map = found[0], found[1], [line, line + 1]
    state.line = line + 1
    return True


def _resolve(state: StateCore) -> None:
    """Give blocks their attributes, before their contents are read."""
    if "{" not in state.src:
        return
    has_lines = False
    for token, after in pairwise((*state.tokens, Token("", "", 0))):
        if token.type == "heading_open":
            after.content = taken_from_end(after.content, token)
        elif token.type == "fence" and token.info.rstrip().endswith("}"):
            _take_info(token)
        elif token.type == "attributes":
            has_lines = True
    if has_lines:
        state.tokens = _without_lines(state.tokens)


def taken_from_end(content: str, owner: Token) -> str:
    """The content of a heading or a caption without the attributes at its end, which `owner` gets.

    Directly behind a link, an image or code they belong to that.
    """
    start = content.rfind("{")
    found = ATTRIBUTES.fullmatch(content, max(0, start))
    if not found or start < 1 or content[start - 1] in "\\)]`":
        return content
    put_attributes(owner, attributes_of(found[1]))
    return content[:start].rstrip()


def _take_info(fence: Token) -> None:
    """Take id and classes from `{.python #id .class}`, the language and the options apart."""
    info = fence.info.strip()
    given = attributes_of(" ".join(compiled(IN_INFO).findall(info, info.find("{"))))
    names = given.pop("class", "").split()[info.startswith("{.") :]
    for option in ("title", "start"):
        given.pop(option, None)
    put_attributes(fence, given | ({"class": " ".join(names)} if names else {}))


def _without_lines(tokens: list[Token]) -> list[Token]:
    """The tokens without the lines of attributes, which the blocks above them get."""
    left: list[Token] = []
    opened: list[Token] = []
    above: dict[int, Token] = {}  # by its level, the block that has ended last
    for token in tokens:
        if token.type == "attributes":
            left += _put_above(token, above.get(token.level), opened)
            continue
        if token.nesting == 1:
            opened.append(token)
        elif token.nesting == -1:
            above[token.level] = opened.pop()
        elif token.type in LEAVES:
            above[token.level] = token
        left.append(token)
    return left


def _put_above(line: Token, above: Token | None, opened: list[Token]) -> tuple[Token, ...]:
    """What is left of a line of attributes: nothing, or a paragraph if no block ends above it."""
    is_below = above is not None and above.map and line.map and above.map[1] == line.map[0]
    if above is None or not is_below or not above.tag:
        content = Token("inline", "", 0, map=line.map, level=line.level + 1, block=True)
        content.content, content.children = line.content, []
        opening = Token("paragraph_open", "p", 1, map=line.map, level=line.level, block=True)
        return opening, content, Token("paragraph_close", "p", -1, level=line.level, block=True)
    # The paragraph of a list without empty lines has no tag of its own.
    put_attributes(opened[-1] if above.hidden else above, attributes_of(line.info))
    return ()


def _behind(state: StateInline, silent: bool) -> bool:
    """Attributes directly behind a link, an image or code."""
    if silent or state.pending or not state.tokens or state.tokens[-1].type not in BEHIND:
        return False
    found, last = ATTRIBUTES.match(state.src, state.pos, state.posMax), state.tokens[-1]
    if not found or "attributes" in last.meta:
        return False
    last.meta["attributes"] = True
    put_attributes(_opening(state.tokens), attributes_of(found[1]))
    state.pos = found.end()
    return True


def _opening(tokens: list[Token]) -> Token:
    """The last token, or that which opens what it closes."""
    last = tokens[-1]
    if last.nesting == 0:
        return last
    return next(t for t in reversed(tokens) if t.nesting == 1 and t.level == last.level)


ATTRIBUTE_LISTS = Syntax(
    "attributes",
    _install,
    block={"attributes": "{"},
    inline={
        "attributes": r"\{(?<=[)\]>`]\{)",
        # It changes contents before anything reads them as text.
        "block_attributes": NOWHERE,
    },
)

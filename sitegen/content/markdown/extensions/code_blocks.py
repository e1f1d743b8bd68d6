"""Blocks of code: fenced and indented ones, the outputs below them, and groups of them in tabs.

An output is a fence with the language or the option `output`, directly below a block. Tabs are the
fences between `::: code-group` and `:::`, as VitePress has them. A list directly below a block,
whose items are named by comments in the code such as `# (1)!`, explains its lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import dropwhile, islice, takewhile

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sitegen.content.markdown.code.figure import (
    Block,
    block_html,
    code_html,
    output_alone,
    output_html,
)
from sitegen.content.markdown.code.info import Info, read_info
from sitegen.content.markdown.code.languages import DIAGRAMS
from sitegen.content.markdown.code.listing import SAYS, Listing, listing_of
from sitegen.content.markdown.code.steps import difference_html, since_html
from sitegen.content.markdown.extensions.containers import add_container, within
from sitegen.content.markdown.reading import Reading, escaped_code, reading_of, render_rule
from sitegen.content.markdown.syntax import NOWHERE, Syntax
from sitegen.model.diagnostics import Diagnostic, Fix
from sitegen.text.spelling import did_you_mean, slip_of

CODE_GROUP = "code-group"
_LINES, _TABS = "lines", "tabs"
"""The parts of the theme for lines that have addresses, and for groups of blocks."""
GROUP_OPEN, GROUP_CLOSE = f"{CODE_GROUP}_open", f"{CODE_GROUP}_close"

IS_KNOWN = "is known"
"""In the `meta` of a token: whether its language is known, although there are no colours for it."""

BLOCKS = ("fence", "code_block")
"""The types of tokens that are blocks of code."""


def code_blocks(numbers: str = "auto") -> Syntax:
    """Blocks of code; `numbers` says which lines are numbered: `auto`, `always` or `never`."""
    return Syntax(
        "code blocks",
        partial(_install, numbers),
        inline={"code_blocks": NOWHERE},
    )


def _install(numbers: str, parser: MarkdownIt) -> None:
    add_container(parser, CODE_GROUP, within("div", CODE_GROUP, "tabs"))
    parser.core.ruler.push("code_blocks", _relate)
    for name in BLOCKS:
        parser.add_render_rule(name, render_rule(partial(_html, numbers)))


def _relate(state: StateCore) -> None:
    """Find out about each block: its place, its outputs, whether it is a tab, what explains it."""
    reading = reading_of(state.env)
    above: Token | None = None
    count, in_group = 0, False
    for index, token in enumerate(state.tokens):
        if token.type not in BLOCKS:
            if token.type == GROUP_OPEN:
                reading.uses.add(_TABS)
            in_group = token.type == GROUP_OPEN or (in_group and token.type != GROUP_CLOSE)
            above = None
            continue
        info = read_info(token.info)
        if above and above.level == token.level and info.is_output:
            above.meta["outputs"].append(token)
            token.meta["is_part"] = True
            continue
        count, above = count + 1, token
        below = _list_below(state.tokens, index) if "(1)" in token.content else []
        listing = listing_of(token.content, info, max(0, len(below) - 1))
        block = Block(info, listing, count, str(token.attrs.get("id", info.id)), in_group)
        token.meta.update(block=block, outputs=[])
        _name(token, block, below, reading)


def _list_below(tokens: Sequence[Token], index: int) -> list[Token]:
    """The list directly below a block and its outputs, and its items, as their opening tokens."""
    level = tokens[index].level
    after = dropwhile(_is_output, islice(tokens, index + 1, None))
    first = next(after, None)
    if first is None or first.type != "ordered_list_open":
        return []
    until = takewhile(lambda token: token.level > level, after)
    is_item = ("list_item_open", level + 1)
    items = (token for token in until if (token.type, token.level) == is_item)
    return [first, *items]


def _is_output(token: Token) -> bool:
    return token.type in BLOCKS and read_info(token.info).is_output


def _name(token: Token, block: Block, below: Sequence[Token], reading: Reading) -> None:
    """Give ids to a block that has one of its own, and to the items that explain its lines."""
    if block.id:
        token.attrs["id"] = block.id
        reading.blocks.append(block.named)
        reading.anchors.update((block.id, *block.lines.ids()))
    if block.listing.callouts:
        below[0].attrJoin("class", "callouts")
    for number in sorted({item for items in block.listing.callouts.values() for item in items}):
        below[number].attrs["id"] = f"{block.name}-N{number}"
        reading.anchors.add(f"{block.name}-N{number}")


def _html(numbers: str, token: Token, reading: Reading) -> str:
    """The HTML of a block, and of its outputs, which have none of their own."""
    if "block" not in token.meta:
        return ""
    block: Block = token.meta["block"]
    outputs = "".join(_output(output, reading) for output in token.meta["outputs"])
    if block.info.is_output:
        return output_alone(_output(token, reading) + outputs)
    numbered = block.has_numbers(numbers)
    if numbered or block.id:
        reading.uses.add(_LINES)
    if numbered and not block.id:
        reading.lines_with_ids.append(block.lines)
    html = _coloured(token, block.info.language, block.listing.text, reading)
    token.meta["coloured"] = html
    code = code_html(block, html, numbered=numbered)
    reading.highlighter.shown(html, code)
    _report_options(token, block.info, block.listing, reading)
    return block_html(token, block, code, _since(token) + outputs, numbered=numbered)


def _since(token: Token) -> str:
    """What has changed since the step before, where there is one."""
    block: Block = token.meta["block"]
    if block.step is None or (before := block.step.before) is None:
        return ""
    old, new = before.meta, token.meta
    changed = difference_html(old["block"], old["coloured"], block, new["coloured"])
    return since_html(block.step.number, changed)


def _output(token: Token, reading: Reading) -> str:
    info = read_info(token.info)
    _report_options(token, info, Listing(""), reading)
    html = _coloured(token, info.language, token.content, reading)
    reading.highlighter.shown(html, html)
    return output_html(html)


def _coloured(fence: Token, language: str, code: str, reading: Reading) -> str:
    """The HTML of the code; without colours, and with a diagnostic, where there can be none."""
    html = None
    try:
        html = reading.highlighter.highlight(code, language) if language else escaped_code(code)
    except TimeoutError as late:
        hint = "it is shown as plain text, as with the language 'text'"
        _report(reading, Diagnostic("SG402", str(late), hint=hint), language, fence)
        return escaped_code(code)
    if html is not None:
        return html
    if IS_KNOWN in fence.meta:
        return escaped_code(code)
    message = f"Pygments does not know the language '{language}'"
    meant = reading.highlighter.meant(language)
    hint = f"did you mean '{meant}'?" if meant else "write 'text' for code without colours"
    if renderer := DIAGRAMS.get(language.lower()):
        hint = (
            f'to have it drawn, write in sitegen.toml, below [markdown]: diagrams = ["{renderer}"]'
        )
    slip = slip_of(language, (meant,)) if meant else None
    fix = Fix(language, slip) if slip else None
    problem = Diagnostic("SG403" if meant else "SG401", message, hint=hint, fix=fix)
    _report(reading, problem, language, fence)
    return escaped_code(code)


def _report_options(fence: Token, info: Info, listing: Listing, reading: Reading) -> None:
    """Report what has not the effect that it should have, the first of each kind in the body."""
    for doubt in info.doubts:
        if doubt.kind not in reading.doubts:
            reading.doubts.add(doubt.kind)
            problem = Diagnostic(doubt.code, doubt.message, hint=doubt.hint)
            _report(reading, problem, doubt.part, fence)
    for line in listing.beyond[:1]:
        message = f"the code has no line {line}"
        hint = f"its last line is {listing.count}; the first is 1, whatever its number"
        _report(reading, Diagnostic("SG406", message, hint=hint), str(line), fence)
    for row, word in listing.strangers:
        message = f"'[!code {word}]' says nothing of the line"
        hint = did_you_mean(word, SAYS) or f"to show it, write '[\\!code {word}]'"
        _report(reading, Diagnostic("SG406", message, hint=hint), f"[!code {word}", fence, row)


def _report(reading: Reading, problem: Diagnostic, part: str, fence: Token, row: int = 0) -> None:
    """Report a problem at a part of the info string of the fence, or of a line below it."""
    line = (fence.map or (0,))[0] + row
    text = reading.lines.lines[line]
    start = 0 if row else text.find(fence.markup) + len(fence.markup)
    column = max(0, text.find(part, start))
    reading.diagnostics.append(
        replace(problem, line=reading.line + line, column=column + 1, length=len(part))
    )

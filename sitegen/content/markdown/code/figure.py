"""The HTML of a block of code.

Without options it is a box with `<pre><code>`. With a title, or an output below it, it is a figure,
whose caption is the bar with the title and the language. Readers see all of it without a script and
without a style sheet, in feeds too; buttons are added by the script.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from html import escape
from typing import NamedTuple

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from sitegen.content.markdown.code.info import Info
from sitegen.content.markdown.code.languages import PATCHES, UNNUMBERED, language_name
from sitegen.content.markdown.code.lines import as_elements, in_runs, with_callouts, with_mentions
from sitegen.content.markdown.code.listing import Listing
from sitegen.model.code import CodeBlock
from sitegen.model.dataclass import dataclass
from sitegen.model.document import NumberedLines, placeholder

LONG_CODE = 12
"""Lines from which on they have numbers, where the site does not say otherwise."""


class FileStep(NamedTuple):
    """Which step of a file a block shows."""

    number: int
    """From 1."""
    total: int
    before: Token | None
    """The block of the step before."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code, and what is known of it before it is highlighted."""

    info: Info
    listing: Listing
    number: int
    """Which block of the document it is, counted from 1."""
    id: str = ""
    """The one that its author gives it."""
    is_tab: bool = False
    mentions: Mapping[int, Sequence[tuple[str, str]]] = field(default_factory=dict)
    """By line, from 1: the ids of the links to it, each with the heading that it is below."""
    step: FileStep | None = None
    """None where its file has no others."""

    def has_numbers(self, setting: str) -> bool:
        """Whether its lines have numbers, where the site has the setting auto, always or never."""
        if self.info.numbers is not None:
            return self.info.numbers
        if setting != "auto" or not (self.info.language or self.mentions):
            return setting == "always"
        if self.mentions:
            return True
        is_long = self.listing.count >= LONG_CODE or bool(self.id)
        return is_long and not self.info.is_diff and self.info.language.lower() not in UNNUMBERED

    @property
    def named(self) -> CodeBlock:
        """The block as others can point into it, by its id."""
        lines = self.listing.text.removesuffix("\n").split("\n") if self.listing.text else ()
        return CodeBlock(self.id, self.info.title or self.info.label, self.info.start, tuple(lines))

    @property
    def name(self) -> str:
        """What ids in it start with."""
        return self.id or f"code-{self.number}"

    @property
    def line_prefix(self) -> str:
        """What the id of a line has before its number."""
        return f"{self.id}-" if self.id else f"code-{self.number}-L"

    @property
    def lines(self) -> NumberedLines:
        """The ids that its lines have."""
        first = self.info.start
        return NumberedLines(self.line_prefix, first, first + self.listing.count - 1)


def code_html(block: Block, html: str, *, numbered: bool) -> str:
    """The code as it is shown, from its HTML with colours: lines are elements where they must be.

    Lines that are folded are in a `<details>` between the others.
    """
    listing, language = block.listing, block.info.language
    kind = f' class="language-{escape(language)}"' if language else ""
    has_elements = numbered or block.id or listing.roles or listing.focused
    if not (has_elements or listing.callouts or listing.folded):
        return f"<pre><code{kind}>{html}</code></pre>"
    lines = [f"{line}\n" for line in html.removesuffix("\n").split("\n")] if html else []
    if listing.callouts:
        lines = with_callouts(lines, listing, f"{block.name}-N")
    if block.mentions:
        lines = with_mentions(lines, block.mentions)
    if has_elements:
        prefix = escape(block.line_prefix) if numbered or block.id else ""
        lines = as_elements(lines, listing, prefix, block.info.start)
    runs = in_runs(lines, listing) or [(False, 0, "")]
    return "".join(
        _folded(text, kind, count) if is_folded else f"<pre><code{kind}>{text}</code></pre>"
        for is_folded, count, text in runs
    )


def _folded(code: str, kind: str, count: int) -> str:
    pre = f"<pre><code{kind}>{code}</code></pre>"
    lines = placeholder("code_lines", count)
    return f"<details><summary>{lines}</summary>{pre}</details>"


def block_html(token: Token, block: Block, code: str, outputs: str, *, numbered: bool) -> str:
    """The block, from its code as it is shown and the HTML of its outputs."""
    box = _box(token, block, code, numbered=numbered)
    if not (block.info.title or block.info.label or block.is_tab or outputs):
        return box
    tab = f' data-tab="{escape(_tab(block.info))}"' if block.is_tab else ""
    return f'<figure class="code"{tab}>{_caption(block)}\n{box}{outputs}</figure>\n'


def output_html(html: str) -> str:
    """What a program writes, from its HTML."""
    samp = f"<pre><samp>{html}</samp></pre>"
    label = placeholder("code_output")
    return f'<div class="highlight output" role="group" aria-label="{label}">{samp}</div>\n'


def output_alone(outputs: str) -> str:
    """What a program writes, without the program."""
    return f'<figure class="code">{outputs}</figure>\n'


def _tab(info: Info) -> str:
    return info.label or info.title or language_name(info.language) or "text"


def _caption(block: Block) -> str:
    """The bar: the label of a tab, the title, and the language, unless it is one of these."""
    info = block.info
    title = info.title or info.label
    names = [_tab(info), title] if block.is_tab else [title]
    language = language_name(info.language)
    shown = [f"<strong>{escape(name)}</strong>" for name in dict.fromkeys(filter(None, names))]
    if language and language.lower() not in map(str.lower, names):
        shown.append(f"<span>{escape(language)}</span>")
    if step := block.step:
        said = placeholder("code_step", number=step.number, total=step.total)
        shown.append(f'<span class="step">{said}</span>')
    return f"<figcaption>{' '.join(shown)}</figcaption>" if any(names) else ""


def _box(token: Token, block: Block, code: str, *, numbered: bool) -> str:
    """The code alone, in a box that scrolls."""
    info = block.info
    classes = ("highlight", token.attrs.get("class"), *_looks(block, numbered=numbered))
    token.attrs["class"] = " ".join(str(name) for name in classes if name)
    if numbered and info.start != 1:
        token.attrs["style"] = f"--start: {info.start - 1}"
    attributes = RendererHTML.renderAttrs(token)
    if info.language:
        attributes += f' data-lang="{escape(language_name(info.language))}"'
    return f"<div{attributes}>{code}</div>\n"


def _looks(block: Block, *, numbered: bool) -> Iterator[str]:
    """What the style sheet must know of a block."""
    listing, info = block.listing, block.info
    if numbered:
        yield "numbers"
    if info.language.lower() not in PATCHES and set(listing.roles.values()) & {"added", "deleted"}:
        yield "signs"
    if listing.focused:
        yield "focused"
    if info.wraps:
        yield "wrap"

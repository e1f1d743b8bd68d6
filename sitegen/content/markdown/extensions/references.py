"""Links to lines of code: `[the await](#main:9)`, `[the loop](other.md#main:9-12)`.

Readers see where one leads: its text is followed by `app.py:9`. In the same document the line has a
link back to where it is mentioned. The title of such a link is what the lines said when it was
written (`site/references`), and none for readers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sitegen.content.markdown.code.figure import Block
from sitegen.content.markdown.plain_text import text_of
from sitegen.content.markdown.reading import Reading, reading_of
from sitegen.content.markdown.syntax import NOWHERE, Syntax
from sitegen.model.code import LineReference, line_reference
from sitegen.model.document import label_of_link, placeholder
from sitegen.model.source import MARKDOWN

_PART = "references"
"""The part of the theme that lights the lines that a link is about."""

LABEL = ' <code class="at">{}</code>'
"""What is behind the text of a link to lines, in HTML."""

_Mentions = dict[int, list[tuple[str, str]]]
"""By line of a block, from 1: the ids of the links to it, each with the heading above it."""


def _install(parser: MarkdownIt) -> None:
    parser.core.ruler.push("references", _refer)


def _refer(state: StateCore) -> None:
    """Show where links to lines lead, and give the lines links back."""
    reading = reading_of(state.env)
    meant = {
        placeholder(number): (number, lines)
        for number, link in enumerate(reading.links)
        if (lines := line_reference(link.href))
        and (not link.href.startswith("#") or link.href[1:] not in reading.anchors)
    }
    if meant:
        _Referring(state.tokens, reading, meant).refer()


class _Referring:
    """The references of a body, and what they do to its blocks of code."""

    def __init__(
        self, tokens: list[Token], reading: Reading, meant: Mapping[str, tuple[int, LineReference]]
    ) -> None:
        self._tokens, self._reading, self._meant = tokens, reading, meant
        owners = (token for token in tokens if "block" in token.meta and token.meta["block"].id)
        self._owners = {token.meta["block"].id: token for token in reversed(tuple(owners))}
        self._mentions: dict[str, _Mentions] = {}
        self._count = 0

    def refer(self) -> None:
        heading = ""
        for before, token in pairwise((Token("", "", 0), *self._tokens)):
            if before.type == "heading_open":
                heading = text_of(token)
            if token.children and any(map(self._is_one, token.children)):
                token.children = list(self._with_labels(token.children, heading))
        for name, mentions in self._mentions.items():
            meta = self._owners[name].meta
            meta["block"] = replace(meta["block"], mentions=mentions)

    def _is_one(self, part: Token) -> bool:
        return part.type == "link_open" and part.attrs.get("href") in self._meant

    def _with_labels(self, parts: list[Token], heading: str) -> Iterator[Token]:
        label = ""
        for part in parts:
            if self._is_one(part):
                label = self._label(part, heading)
            elif part.type == "link_close" and label:
                yield Token("html_inline", "", 0, content=label)
                label = ""
            yield part

    def _label(self, opening: Token, heading: str) -> str:
        """What is shown behind the text of a link to lines; nothing where there are none."""
        number, lines = self._meant[str(opening.attrs["href"])]
        link = self._reading.links[number]
        self._reading.links[number] = replace(link, recorded=str(opening.attrs.pop("title", "")))
        address = link.href.partition("#")[0]
        if not address:
            return self._label_here(opening, lines, heading)
        if not (address.startswith("id:") or address.lower().endswith(MARKDOWN)):
            return ""
        opening.attrJoin("class", "ref")
        self._reading.uses.add(_PART)
        return LABEL.format(label_of_link(number))

    def _label_here(self, opening: Token, lines: LineReference, heading: str) -> str:
        owner = self._owners.get(lines.block)
        block: Block | None = owner.meta["block"] if owner else None
        if block is None or not (named := block.named).text(lines.first, lines.last):
            return ""
        opening.attrs["href"] = f"#{lines.anchor}"
        opening.attrJoin("class", "ref")
        if lines.last > lines.first:
            opening.attrs["data-last"] = str(lines.last)
        mentions = self._mentions.setdefault(lines.block, {})
        mentioned = mentions.setdefault(lines.first - named.start + 1, [])
        if heading not in (known for _, known in mentioned):
            mentioned.append((self._name(opening), heading))
        self._reading.uses.add(_PART)
        return LABEL.format(escape(named.shown(lines)))

    def _name(self, opening: Token) -> str:
        """The id of a link, which it is given unless its author has."""
        while "id" not in opening.attrs:
            self._count += 1
            if (name := f"ref-{self._count}") not in self._reading.anchors:
                opening.attrs["id"] = name
                self._reading.anchors.add(name)
        return str(opening.attrs["id"])


REFERENCES = Syntax("references", _install, inline={"references": NOWHERE})

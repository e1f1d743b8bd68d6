"""Tokens as HTML, byte for byte what markdown-it's renderer writes.

A tag without attributes, as nearly all are, is written without building them, and a token `run`
brings its HTML along.
"""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.renderer import RendererHTML, RendererProtocol
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict


class Writer(RendererHTML):
    """The renderer of markdown-it, which also knows runs."""

    def take_rules(self, other: RendererProtocol) -> None:
        """Render what plug-ins brought along by the rules that another renderer was given."""
        assert isinstance(other, RendererHTML)
        self.rules = other.rules

    def render(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> str:
        """The HTML of the blocks."""
        rules = self.rules
        parts: list[str] = []
        for index, token in enumerate(tokens):
            if token.type == "inline":
                parts.append(self.renderInline(token.children or (), options, env))
            elif rule := rules.get(token.type):
                parts.append(rule(tokens, index, options, env))
            else:
                parts.append(self.renderToken(tokens, index, options, env))
        return "".join(parts)

    def renderInline(  # noqa: N802 (markdown-it's name)
        self, tokens: Sequence[Token], options: OptionsDict, env: EnvType
    ) -> str:
        """The HTML of the children of an inline token."""
        rules = self.rules
        parts: list[str] = []
        for index, token in enumerate(tokens):
            if token.type == "run":
                parts.append(token.info)
            elif rule := rules.get(token.type):
                parts.append(rule(tokens, index, options, env))
            else:
                parts.append(self.renderToken(tokens, index, options, env))
        return "".join(parts)

    def renderToken(  # noqa: N802
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """The tag of a token; nothing for the paragraphs of a tight list."""
        token = tokens[idx]
        if token.hidden:
            return ""
        closing = token.nesting < 0
        attributes = self.renderAttrs(token) if token.attrs else ""
        slash = " /" if not token.nesting and options["xhtmlOut"] else ""
        tag = f"{'</' if closing else '<'}{token.tag}{attributes}{slash}>"
        if not token.block:
            return tag
        before = "\n" if not closing and idx and tokens[idx - 1].hidden else ""
        return f"{before}{tag}{'' if _holds_text(tokens, idx) else LINE_END}"


LINE_END = "\n"


def _holds_text(tokens: Sequence[Token], index: int) -> bool:
    """Whether a tag is opened that has text or nothing in it, on the same line."""
    if tokens[index].nesting != 1 or index + 1 == len(tokens):
        return False
    inner = tokens[index + 1]
    return (
        inner.type == "inline"
        or inner.hidden
        or (inner.nesting == -1 and inner.tag == tokens[index].tag)
    )

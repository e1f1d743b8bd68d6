"""The tags of Jinja, and which of them a text leaves open."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from jinja2 import Environment

TEMPLATE_TAGS = (
    *("autoescape", "block", "call", "extends", "filter", "for", "from", "if", "import"),
    *("include", "macro", "raw", "set", "with"),
)
CLOSED_TAGS = frozenset(
    {"autoescape", "block", "call", "filter", "for", "if", "macro", "set", "with"}
)
"""Tags that an `end…` closes; a `set` with `=` is none of them."""


def opened_tags(environment: Environment, text: str) -> Iterator[tuple[int, str]]:
    """The tags that a text opens and does not close, with their lines, the outermost first."""
    opened: list[tuple[int, str]] = []
    tokens = [token for token in environment.lex(text) if token[1] != "whitespace"]
    for at, ((line, kind, _), (_, _, tag)) in enumerate(pairwise(tokens)):
        if kind != "block_begin":
            continue
        if tag.startswith("end") and opened:
            opened.pop()
        elif tag in CLOSED_TAGS and not (tag == "set" and _assigns(tokens[at:])):
            opened.append((line, tag))
    yield from opened


def _assigns(tokens: list[tuple[int, str, str]]) -> bool:
    """Whether the first tag of these tokens is a `set` with a value."""
    for _, kind, value in tokens:
        if kind == "block_end":
            return False
        if kind == "operator" and value == "=":
            return True
    return False

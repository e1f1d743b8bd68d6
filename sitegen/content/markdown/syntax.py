"""What a part of Markdown's syntax is: how a parser gets it, and what its rules look for in text.

The short cut in `fast/prose` knows some rules of markdown-it by heart, and goes around them where
no other rule has anything to do. Each syntax declares here where its rules do. A rule that nobody
has declared could change any text, so it turns the short cut off: markdown-it reads everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from typing import TypeVar

from markdown_it import MarkdownIt
from markdown_it.ruler import Ruler

from sitegen.model.dataclass import dataclass
from sitegen.model.document import Meta

Pattern = str
"""A regular expression for `re`, without numbered groups and without flags."""

NOWHERE: Pattern = "(?!)"
"""The pattern of a rule that looks for nothing of its own in a text."""

LATER_LINE = ""
"""The first characters of a block that is known by its indentation, or by a later line that starts
with one of `-:=|~`."""

Function = TypeVar("Function")


@dataclass(frozen=True, slots=True, eq=False)
class Syntax:
    """A part of Markdown's syntax: one entry of a dialect, and equal to no other."""

    name: str
    install: Callable[[MarkdownIt], object]
    """Adds its rules to a parser."""
    block: Mapping[str, str] = field(default_factory=dict)
    """By the name of a block rule, the characters that its blocks start with, behind at most three
    spaces. One that is not declared is asked about every line (`fast/blocks`)."""
    inline: Mapping[str, Pattern] = field(default_factory=dict)
    """By the name of an inline or core rule, what a text must hold for the rule to change it.

    It may match where the rule finds nothing after all, but must match wherever the rule does.
    """
    when: Callable[[Meta], bool] | None = None
    """Which documents have it; None: all have."""


def library_parser(syntaxes: Iterable[Syntax]) -> tuple[MarkdownIt, bool]:
    """A parser with these syntaxes and no short cut, and whether all its text rules are declared.

    The first syntax declares the rules that the library itself brings.
    """
    parser = MarkdownIt("commonmark")
    known: frozenset[_TextRule] = frozenset()
    declared = True
    for syntax in syntaxes:
        syntax.install(parser)
        rules = frozenset(_text_rules(parser))
        declared = declared and _declares(syntax, known, rules)
        known = rules
    return parser, declared


_TextRule = tuple[str, str, object]
"""The ruler that a rule is on, its name, and its function."""


def _text_rules(parser: MarkdownIt) -> Iterator[_TextRule]:
    yield from _active("inline", parser.inline.ruler)
    yield from _active("inline2", parser.inline.ruler2)
    yield from _active("core", parser.core.ruler)


def _active(ruler: str, rules: Ruler[Function]) -> Iterator[_TextRule]:
    for name, rule in zip(rules.get_active_rules(), rules.getRules(""), strict=True):
        yield ruler, name, rule


def _declares(syntax: Syntax, before: frozenset[_TextRule], after: frozenset[_TextRule]) -> bool:
    """Whether the syntax has a pattern for each rule it added or replaced, and took none away."""
    left = {(ruler, name) for ruler, name, _ in after}
    return all((ruler, name) in left and name in syntax.inline for ruler, name, _ in before ^ after)

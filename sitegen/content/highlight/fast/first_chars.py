"""What a regular expression can begin with, read off its parse tree.

A lexer asks many expressions at each place of the code, one after the other, whether they match
there. Most could never, seeing the next character. `firsts` says which are worth asking.

The answer errs on one side only: a character that is left out can begin no match, while one that
is in may still not. So all that is hard to know (back-references, look-behind, anchors, an
operation of a later Python) counts as everything, and exactness is not needed for soundness.

A part of an expression has two sets: `begins`, the characters that a match of it may start with,
and `skips`, those at which it may match without taking any. Sets are bit masks: a bit for each
character of ASCII, `END` for the end of the text, and `BEYOND` for all other characters, which
are not distinguished: any expression is worth asking there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import reduce
from operator import or_
from re import _parser  # type: ignore[attr-defined]
from typing import Any

END_OF_TEXT = 1 << 128
BEYOND = END_OF_TEXT << 1
ASCII = END_OF_TEXT - 1
ANYWHERE = ASCII | END_OF_TEXT | BEYOND

UPPER_CASE = (1 << 91) - (1 << 65)
LOWER_CASE = UPPER_CASE << 32

Firsts = tuple[int, int]
"""`begins` and `skips`."""
ANYTHING: Firsts = (ASCII, ANYWHERE)
NOTHING_TAKEN: Firsts = (0, ANYWHERE)

PatternNode = tuple[object, Any]
"""An operation of `re` and its argument."""


def firsts(pattern: str, flags: int) -> int:
    """The characters at which the pattern may match; the flags are those of `re.compile`."""
    tree = _parser.parse(pattern, flags)
    return BEYOND | _any(_sequence(tree, tree.state.flags))


def bit(character: str) -> int:
    """The bit of a character; an empty text is the end."""
    if not character:
        return END_OF_TEXT
    return 1 << ord(character) if character.isascii() else BEYOND


def _sequence(nodes: Iterable[PatternNode], flags: int) -> Firsts:
    begins, skips = 0, ANYWHERE
    for node in nodes:
        more, beyond = _node(node, flags)
        begins |= skips & more
        skips &= beyond
        if not skips:
            break
    return begins, skips


def _node(node: PatternNode, flags: int) -> Firsts:
    operation, argument = node
    match str(operation):
        case "LITERAL" | "NOT_LITERAL" | "ANY" | "IN":
            return _character(node, flags), 0
        case "AT" | "ASSERT_NOT":
            return NOTHING_TAKEN
        case "ASSERT":
            direction, nodes = argument
            return (0, _any(_sequence(nodes, flags))) if direction > 0 else NOTHING_TAKEN
        case "SUBPATTERN":
            _, added, removed, nodes = argument
            return _sequence(nodes, (flags | added) & ~removed)
        case "BRANCH":
            branches = [_sequence(nodes, flags) for nodes in argument[1]]
            return _any(begins for begins, _ in branches), _any(skips for _, skips in branches)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            least, _, nodes = argument
            begins, skips = _sequence(nodes, flags)
            return begins, skips if least else ANYWHERE
        case "ATOMIC_GROUP":
            return _sequence(argument, flags)
    return ANYTHING


def _character(node: PatternNode, flags: int) -> int:
    """The set of an operation that takes one character."""
    operation, argument = node
    match str(operation):
        case "LITERAL":
            return _range(argument, argument, flags)
        case "RANGE":
            return _range(argument[0], argument[1], flags)
        case "CATEGORY":
            return CATEGORIES.get(str(argument), ASCII)
        case "ANY":
            return ASCII if flags & re.DOTALL else ASCII & ~bit("\n")
        case "NOT_LITERAL":
            return ASCII & ~_surely(("LITERAL", argument), flags)
        case "IN" if str(argument[0][0]) == "NEGATE":
            return ASCII & ~_any(_surely(part, flags) for part in argument[1:])
        case "IN":
            return _any(_character(part, flags) for part in argument)
    return ASCII


def _surely(node: PatternNode, flags: int) -> int:
    """Characters that a part of a set has without doubt, so that its negation has none of them."""
    operation, argument = node
    match str(operation):
        case "LITERAL" | "RANGE":
            return _character(node, flags & ~re.IGNORECASE)
        case "CATEGORY":
            return ASCII & ~CATEGORIES.get(_opposite(str(argument)), ASCII)
    return 0


def _opposite(category: str) -> str:
    name = category.removeprefix("CATEGORY_")
    return f"CATEGORY_{name.removeprefix('NOT_') if name.startswith('NOT_') else f'NOT_{name}'}"


def _range(first: int, last: int, flags: int) -> int:
    """The characters between two. The Kelvin sign, far beyond ASCII, is another case of `k`."""
    if flags & re.IGNORECASE and last > 127:
        return ASCII
    between = ((2 << last) - (1 << first)) & ASCII
    if flags & re.IGNORECASE:
        between |= (between & UPPER_CASE) << 32 | (between & LOWER_CASE) >> 32
    return between


def _any(sets: Iterable[int]) -> int:
    return reduce(or_, sets, 0)


CATEGORIES = {
    f"CATEGORY_{name}": _any(
        bit(c)
        for c in map(chr, range(128))
        if re.match(pattern, c) or re.match(pattern, c, re.ASCII)
    )
    for name, pattern in {
        "DIGIT": r"\d",
        "NOT_DIGIT": r"\D",
        "SPACE": r"\s",
        "NOT_SPACE": r"\S",
        "WORD": r"\w",
        "NOT_WORD": r"\W",
    }.items()
}
"""With and without re.ASCII, which decides whether the separators up to U+001F are spaces."""

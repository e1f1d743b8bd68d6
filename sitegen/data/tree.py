"""Values with their place in the file, as YAML and TOML give them.

A post is written by hand, so every complaint about it must name a line, and a title must stay
what was typed: YAML 1.1 reads `1.10` as a number, `no` as a boolean and `12:30` as 750. Each
scalar therefore keeps its text beside its value, and a caller that wants text takes the text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import field
from functools import lru_cache
from itertools import accumulate
from typing import TypeAlias

from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.source import Span

MAX_LENGTH = 64 * 1024
"""Characters of YAML, TOML or JSON that is written by hand."""
MAX_DEPTH = 50
MAX_SHOWN = 40
"""Characters of a key or value in a message."""


Path: TypeAlias = tuple[str | int, ...]
"""Keys and, for list entries, indexes from 0."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value that holds no others."""

    text: str
    """As the author wrote it, without quotes and without characters that XML forbids."""
    value: object
    """As the language reads it."""
    span: Span
    is_reread: bool = False
    """YAML 1.1 reads the text as a value that is written otherwise, or as an impossible one."""


Node: TypeAlias = "Scalar | tuple[Node, ...] | dict[str, Node]"


@dataclass(frozen=True, slots=True)
class Located:
    """A value as it was read, whatever it is."""

    value: Node
    places: Mapping[Path, Span] = field(default_factory=dict)
    """Where each key is written, and where each list entry starts."""
    mapping: str = "mapping"
    """What the language calls one: TOML says `table`."""


@dataclass(frozen=True, slots=True)
class Tree(Located):
    """A mapping as it was read."""

    value: dict[str, Node] = field(default_factory=dict)


LocatedResult: TypeAlias = tuple[Located | None, tuple[Diagnostic, ...]]
"""None: it cannot be read."""
TreeResult: TypeAlias = tuple[Tree | None, tuple[Diagnostic, ...]]
"""None with diagnostics: it cannot be read. None without: it is not a mapping."""


def as_mapping(result: LocatedResult) -> TreeResult:
    """What was read, if it is a mapping."""
    found, problems = result
    if found and isinstance(found.value, dict):
        return Tree(found.value, found.places, found.mapping), problems
    return None, problems


class UnreadableError(Exception):
    """Reading cannot go on; the diagnostic says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a file, which turns its offsets into places."""

    text: str
    first_line: int = 1
    longest: int = MAX_LENGTH
    """Characters of it, at most."""

    def span(self, start: int, end: int) -> Span:
        """The place of a piece, as far as its first line goes."""
        starts = _line_starts(self.text)
        line = bisect_right(starts, start) - 1
        stop = self.text.find("\n", start, end)
        length = (end if stop < 0 else stop) - start
        return Span(self.first_line + line, start - starts[line] + 1, max(1, length))

    def problem(
        self, code: str, message: str, start: int, hint: str | None = None, end: int = 0
    ) -> Diagnostic:
        """A diagnostic at a piece, or at one character; behind the text it is at the last one."""
        start = min(start, max(0, len(self.text.rstrip()) - 1))
        at = self.span(start, max(start + 1, end))
        return Diagnostic(code, message, None, at.line, at.column, hint, at.length)

    def twice(self, key: str, first: Span, second: Span) -> Diagnostic:
        """SG104 at the second of two keys of one name."""
        message = f"'{shortened(key)}' is written twice: on line {first.line} and here"
        hint = f"remove this line, or line {first.line}"
        place = (second.line, second.column, hint, second.length)
        return Diagnostic("SG104", message, None, *place)

    def too_deep(self, start: int) -> UnreadableError:
        """SG109."""
        return UnreadableError(self.problem("SG109", f"nested more than {MAX_DEPTH} levels", start))

    def check_size(self) -> None:
        """Raise SG109 for a text over the limit."""
        if len(self.text) > self.longest:
            message = f"longer than {self.longest // 1024} KB"
            raise UnreadableError(self.problem("SG109", message, 0))


@lru_cache(1)
def _line_starts(text: str) -> list[int]:
    """Where each line of a text starts."""
    return [0, *accumulate(len(line) + 1 for line in text.split("\n"))]


def in_quotes(text: str) -> str:
    """The text as YAML and TOML read it back, whatever is in it; on one line."""
    if "'" not in text:
        return f"'{text}'" if '"' in text or "\\" in text else f'"{text}"'
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def shortened(text: str) -> str:
    """A text as a message can show it."""
    return text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1]}…"


def plain(node: Node) -> object:
    """The value without texts and places."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, tuple):
        return tuple(plain(entry) for entry in node)
    return {key: plain(value) for key, value in node.items()}


def scalars(node: Node) -> Iterator[Scalar]:
    """Every scalar in a value, in the order they are written."""
    if isinstance(node, Scalar):
        yield node
        return
    for child in node.values() if isinstance(node, dict) else node:
        yield from scalars(child)

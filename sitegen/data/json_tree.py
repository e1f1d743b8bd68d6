"""JSON (RFC 8259) as values with their places, in the words of one who writes it by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from sitegen.data.tree import (
    MAX_DEPTH,
    Located,
    LocatedResult,
    Node,
    Part,
    Path,
    Scalar,
    TreeResult,
    UnreadableError,
    as_mapping,
    shortened,
)
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.source import Span
from sitegen.text.encoding import FORBIDDEN

_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_TOKEN = re.compile(rf'{_STRING.pattern}?|[{{}}\[\],:]|[^\s{{}}\[\],:"]+')
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?", re.ASCII)
_WORDS = {"true": True, "false": False, "null": None}


def end_of_object(text: str) -> int | None:
    """The offset behind the object that a text starts with, or None where it never ends."""
    depth = 0
    for token in _TOKEN.finditer(text):
        depth += (token[0] == "{") - (token[0] == "}")
        if not depth:
            return token.end()
    return None


def read_json(text: str, first_line: int = 1) -> TreeResult:
    """The JSON object in a text that starts on `first_line` of its file.

    SG101 for what is not JSON, SG104 for a second key of the same name (the first one stays),
    SG109 for what is too large or too deep.
    """
    return as_mapping(locate_json(Part(text, first_line)))


def locate_json(part: Part) -> LocatedResult:
    """Whatever JSON has in a part of a file; the diagnostics of `read_json`."""
    reading = _Reading(part)
    try:
        root = reading.document()
    except UnreadableError as error:
        return None, (*reading.problems, error.diagnostic)
    return Located(root, reading.places, "object"), tuple(reading.problems)


class _Reading:
    def __init__(self, part: Part) -> None:
        self.part = part
        self.tokens = [(t[0], t.start(), t.end()) for t in _TOKEN.finditer(part.text)]
        self.next = 0
        self.places: dict[Path, Span] = {}
        self.problems: list[Diagnostic] = []

    def document(self) -> Node:
        self.part.check_size()
        root = self._node((), 0)
        if self._peek():
            raise self._error("text behind its end")
        return root

    def _node(self, path: Path, depth: int) -> Node:
        sign, start, _ = self._token()
        if sign not in ("{", "["):
            return self._scalar()
        if depth == MAX_DEPTH:
            raise self.part.too_deep(start)
        self.next += 1
        return self._object(path, depth) if sign == "{" else tuple(self._array(path, depth))

    def _object(self, path: Path, depth: int) -> Node:
        mapping: dict[str, Node] = {}
        for _ in self._entries("}"):
            key, span = self._key(), self._span()
            here = (*path, key)
            self.next += 1
            if self._peek() != ":":
                raise self._error(f"no ':' after '{shortened(key)}'", f'write "{key}": and a value')
            self.next += 1
            if key in mapping:
                self.problems.append(self.part.twice(key, self.places[here], span))
                self._node((), depth + 1)
                continue
            self.places[here] = span
            mapping[key] = self._node(here, depth + 1)
        return mapping

    def _array(self, path: Path, depth: int) -> Iterator[Node]:
        for index in self._entries("]"):
            here = (*path, index)
            self.places[here] = self._span()
            yield self._node(here, depth + 1)

    def _entries(self, close: str) -> Iterator[int]:
        """The numbers of the entries up to a closing sign, each when it is to be read."""
        index = 0
        while index or self._peek() != close:
            yield index
            index += 1
            if self._peek() == close:
                break
            if self._peek() != ",":
                raise self._missing_comma(close)
            self.next += 1
            if self._peek() == close:
                self.next -= 1
                raise self._error(f"a comma before '{close}'", "remove it")
        self.next += 1

    def _key(self) -> str:
        text, _, _ = self._token()
        if not text.startswith('"'):
            name = text.strip("'")
            hint = f'write "{name}"' if name.isidentifier() else None
            raise self._error("a key is a text in double quotes", hint)
        return str(self._text())

    def _scalar(self) -> Scalar:
        text, _, _ = self._token()
        span = self._span()
        if text.startswith('"'):
            value = self._text()
            self.next += 1
            return Scalar(value, value, span)
        if text not in _WORDS and not (number := _NUMBER.fullmatch(text)):
            raise self._error(f"'{shortened(text)}' is not a value", "put text in double quotes")
        self.next += 1
        if text in _WORDS:
            return Scalar(text, _WORDS[text], span)
        assert number
        try:
            return Scalar(text, float(text) if number[1] or number[2] else int(text), span)
        except ValueError:  # int() refuses more than 4,300 digits
            self.next -= 1
            raise self._error("a number too large") from None

    def _text(self) -> str:
        text, _, _ = self._token()
        if not _STRING.fullmatch(text):
            raise self._error("a quote that is never closed", "close it on the line where it opens")
        try:
            return FORBIDDEN.sub("", json.loads(text, strict=False))
        except ValueError:
            raise self._error(
                "a backslash that starts no escape", "write a backslash twice"
            ) from None

    def _peek(self) -> str:
        return self.tokens[self.next][0] if self.next < len(self.tokens) else ""

    def _token(self) -> tuple[str, int, int]:
        if self.next == len(self.tokens):
            raise self._error("it ends too early")
        return self.tokens[self.next]

    def _span(self) -> Span:
        _, start, end = self._token()
        return self.part.span(start, end)

    def _missing_comma(self, close: str) -> UnreadableError:
        """At the end of the entry that was read: what comes next may be lines below."""
        _, _, end = self.tokens[self.next - 1]
        problem = f"neither a comma nor '{close}' after this"
        return UnreadableError(
            self.part.problem(
                "SG101", f"not valid JSON: {problem}", end - 1, "put a comma after it"
            )
        )

    def _error(self, what: str, hint: str | None = None) -> UnreadableError:
        at = self.tokens[self.next][1] if self.next < len(self.tokens) else len(self.part.text)
        return UnreadableError(self.part.problem("SG101", f"not valid JSON: {what}", at, hint))

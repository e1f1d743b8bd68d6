"""TOML as values with their places.

tomllib gives values without places, so a scanner finds the places in a text that tomllib has
accepted already. The scanner therefore looks for no mistakes: it only needs to know where keys
and values start and end, and not to mistake the inside of a string for either.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from typing import TypeAlias

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
    in_quotes,
    shortened,
)
from sitegen.model.diagnostics import Diagnostic, Fix
from sitegen.text.encoding import FORBIDDEN
from sitegen.text.quoting import CURLY

Piece: TypeAlias = tuple[int, int]
"""Offsets of the start and the end."""

_TOKEN = re.compile(
    r'"""(?:\\.|(?!""")[^\\])*"{3,5}'  # up to two quotes may stand before the closing three
    r"|'''(?:(?!''').)*'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|[\[\]{}=,.\n]"
    r"|#[^\n]*"
    r"|[^\s\[\]{}=,.\"'#]+",
    re.DOTALL,
)
ERROR = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)
BACKSLASH = r"write '/' or '\\' in place of '\', or put the text in single quotes"
TOML_HINTS = {
    "expected '=' after a key": "write every key as `key = value`",
    r"illegal character '\n'": "close the quotes on the line where they open",
    "unterminated string": "close the quotes",
    "expected \"'": "close the quotes",
    "expected newline or end of document": "put texts in quotes, and each key on a line of its own",
    "invalid hex value": BACKSLASH,
    "unescaped '\\' in a string": BACKSLASH,
}
"""By how tomllib's message starts: what usually helps."""
_VALUE = re.compile(r"[^\s#\[{\"\x27\x00-\x1f](?:[^#\x00-\x1f\x7f]*[^\s#\x00-\x1f\x7f])?")
"""Text where a value should be, to the end of its line."""
_ITEM = re.compile(r"[^\s#\[\]{}\"',](?:[^#\[\]{},\n]*[^\s#\[\]{},])?")
"""The same in a list, to the next comma or the end of the list."""
HUGE_NUMBER = re.compile(r"[\d_]{4000}")


def read_toml(text: str, first_line: int = 1) -> TreeResult:
    """The TOML table in a text that starts on `first_line` of its file.

    SG101 for what is not TOML, SG104 for a second key of the same name, SG109 for what is too
    large or too deep.
    """
    return as_mapping(locate_toml(Part(text, first_line)))


def locate_toml(part: Part) -> LocatedResult:
    """The table that TOML has in a part of a file; the diagnostics of `read_toml`."""
    try:
        return _document(part), ()
    except UnreadableError as error:
        return None, (error.diagnostic,)
    except tomllib.TOMLDecodeError as error:
        return None, (_syntax_error(part, str(error)),)
    except ValueError:  # int() refuses more than 4,300 digits
        found = HUGE_NUMBER.search(part.text)
        start = found.start() if found else 0
        return None, (part.problem("SG101", "not valid TOML: a number too large", start),)


def _document(part: Part) -> Located:
    part.check_size()
    _check_depth(part)
    value = tomllib.loads(part.text)
    scan = _Scan(part.text)
    scan.statements()
    places = {path: part.span(*piece) for path, piece in scan.keys.items()}
    return Located(_located(value, (), part, scan), places, "table")


def _check_depth(part: Part) -> None:
    """Raise SG109 for deep brackets, at which tomllib recurses, or long dotted keys, at which it
    takes quadratic time: 35 seconds for 60 KB.
    """
    brackets = dots = 0
    for found in _TOKEN.finditer(part.text):
        sign = found[0]
        brackets += (sign in "[{") - (sign in "]}")
        dots = dots + 1 if sign == "." else 0 if sign in "[]{}=,\n" else dots
        if max(brackets, dots) > MAX_DEPTH:
            raise part.too_deep(found.start())


def _located(value: object, path: Path, part: Part, scan: _Scan) -> Node:
    if isinstance(value, dict):
        return {key: _located(item, (*path, key), part, scan) for key, item in value.items()}
    if isinstance(value, list):
        return tuple(_located(item, (*path, i), part, scan) for i, item in enumerate(value))
    start, end = scan.values[path]
    text = FORBIDDEN.sub("", value if isinstance(value, str) else part.text[start:end])
    return Scalar(text, text if isinstance(value, str) else value, part.span(start, end))


def _syntax_error(part: Part, message: str) -> Diagnostic:
    found = ERROR.fullmatch(message)
    what, line, column = found.groups() if found else (message, None, None)
    lines = part.text.split("\n")[: int(line) if line else None]
    if "overwrite" in what or "twice" in what:
        scan = _Scan("\n".join(lines))
        scan.statements()
        path, again = scan.latest_again
        name = ".".join(map(str, path))
        problem = part.twice(name, part.span(*scan.keys[path]), part.span(*again))
        is_list = path in scan.tables and part.text[again[0] - 1] == "["
        return _as_another(problem, name) if is_list else problem
    end = len("\n".join(lines))
    start = end - len(lines[-1]) + int(column) - 1 if column else end
    what = what[:1].lower() + what[1:]
    hint = next((hint for words, hint in TOML_HINTS.items() if what.startswith(words)), None)
    before = part.text[end - len(lines[-1]) : start]
    pattern = _ITEM if before.count("[") > before.count("]") else _VALUE
    if what == "invalid value" and (value := pattern.match(part.text, start)):
        return _unquoted(part, value)
    return part.problem("SG101", f"not valid TOML: {what}", start, hint)


def _as_another(problem: Diagnostic, name: str) -> Diagnostic:
    """The problem of a table that is a list of them above, and has two brackets there."""
    return replace(problem, hint=f"write '[[{name}]]', as above", fix=Fix(name, f"[{name}]"))


def _unquoted(part: Part, value: re.Match[str]) -> Diagnostic:
    """The problem of a text where a value should be."""
    is_flag = value[0].lower() in ("true", "false")
    meant = value[0].lower() if is_flag else in_quotes(value[0].strip(CURLY))
    hint = f"write '{meant}'" if is_flag else f"put it in quotes: {meant}"
    what = f"not valid TOML: '{shortened(value[0])}' is not a value"
    problem = part.problem("SG101", what, value.start(), hint, value.end())
    return replace(problem, fix=Fix(value[0], meant))


class _Scan:
    """The places of keys and values; see <https://toml.io/en/v1.0.0>."""

    def __init__(self, text: str) -> None:
        found = (token for token in _TOKEN.finditer(text) if token[0][0] != "#")
        self.tokens = [(token[0], token.start(), token.end()) for token in found]
        self.next = 0
        self.keys: dict[Path, Piece] = {}
        self.values: dict[Path, Piece] = {}
        self.tables: dict[Path, int] = {}
        """How many tables each array of tables has so far."""
        self.latest_again: tuple[Path, Piece] = ((), (0, 0))
        """The latest key that names something known, and where."""

    def statements(self) -> None:
        table: Path = ()
        while sign := self._peek():
            if sign == "\n":
                self.next += 1
            elif sign == "[":
                table = self._header()
            else:
                self._pair(table)

    def _peek(self) -> str:
        return self.tokens[self.next][0] if self.next < len(self.tokens) else ""

    def _take(self, token: str) -> bool:
        """Whether this token was next; it is then passed."""
        is_next = self._peek() == token
        self.next += is_next
        return is_next

    def _header(self) -> Path:
        self.next += 1
        is_array = self._take("[")
        path = self._key((), is_array)
        self.next += 2 if is_array else 1
        return path

    def _pair(self, table: Path) -> None:
        path = self._key(table)
        self._take("=")
        self._value(path)

    def _key(self, path: Path, is_array: bool = False) -> Path:
        """The path that a dotted key means, below `path`."""
        while True:
            token, start, end = self.tokens[self.next]
            self.next += 1
            path = (*path, _name(token))
            is_last = not self._take(".")
            if path in self.keys:
                self.latest_again = path, (start, end)
            self.keys.setdefault(path, (start, end))
            if is_last and is_array:
                self.tables[path] = self.tables.get(path, 0) + 1
            if path in self.tables:
                path = (*path, self.tables[path] - 1)
                self.keys.setdefault(path, (start, end))
            if is_last:
                return path

    def _value(self, path: Path) -> None:
        if self._take("["):
            self._array(path)
        elif self._take("{"):
            self._inline_table(path)
        else:
            start = self.tokens[self.next][1]
            while self._peek() not in ("", ",", "]", "}", "\n"):
                self.next += 1
            self.values[path] = start, self.tokens[self.next - 1][2]

    def _array(self, path: Path) -> None:
        index = 0
        while not self._take("]"):
            if self._take(",") or self._take("\n"):
                continue
            _, start, end = self.tokens[self.next]
            self.keys[*path, index] = start, end
            self._value((*path, index))
            index += 1

    def _inline_table(self, path: Path) -> None:
        while not self._take("}"):
            if not (self._take(",") or self._take("\n")):
                self._pair(path)


def _name(token: str) -> str:
    """What a key is called: a quoted one may have escapes."""
    return next(iter(tomllib.loads(f"{token} = 0"))) if token[0] in "\"'" else token

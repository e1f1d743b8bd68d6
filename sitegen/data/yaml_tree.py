"""YAML as values with their places.

Input is hostile until shown otherwise. libyaml composes `[[[[…` recursively and kills the process
at 100,000 levels, and aliases multiply, so YAML is read from its events, in one pass, with the
depth counted and aliases refused. Lines are counted by `Part` and not by libyaml, for which
U+2028 ends a line as well.

libyaml 0.2.6, which came with PyYAML 6.0.4, refuses 1,000 levels itself, and does so before the
event of the first: to see whether a `[` starts a key, it scans up to 1,024 characters ahead. What
lies before the place where it gave up is too deep as well and can be read, so it is read instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeAlias

import yaml

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
from sitegen.model.source import Span
from sitegen.text.encoding import FORBIDDEN
from sitegen.text.quoting import CURLY

_Piece: TypeAlias = tuple[int, int]
"""Offsets of the start and the end."""

YAML = "tag:yaml.org,2002:"
TYPES = frozenset(YAML + name for name in ("null", "bool", "int", "float", "timestamp"))
TEXTS = frozenset(YAML + name for name in ("str", "merge", "value"))
"""What is taken as text: `<<` and `=` mean nothing in front matter."""
COLLECTIONS = frozenset({None, "!", YAML + "map", YAML + "seq"})

NO_COLON = "could not find expected ':'"
STARRED = "put a value that starts with * or & in quotes"
YAML_HINTS = {
    "did not find expected alphabetic": STARRED,
    "mapping values are not allowed": "put a value that contains ': ' in quotes",
    "did not find expected key": "line up the keys, and quote a value that holds quotes",
    NO_COLON: "write every key as `key: value`",
    "did not find expected node content": "quote a value that starts with [ or {",
    "unknown escape character": "write a backslash in double quotes twice",
}
"""By what libyaml says: what usually helps."""
NEEDS_QUOTES = "this value needs quotes"
_VALUE = re.compile(r" *(?:- +)*(?:[\w-]+: +)?(?=\S)(.*?)(?: +#.*)? *")
"""A line with the value of a key or an entry of a list."""
LONGEST_LINE = 1000
SPACELESS_ENTRY = re.compile(r" *(-([^\s-].*))")
INDENTED_KEY = re.compile(r"( +)([\w-]+):(?: |$)")
DEEPER_THAN_LIBYAML = "exceeded maximum nesting depth"


def read_yaml(text: str, first_line: int = 1) -> TreeResult:
    """The YAML mapping in a text that starts on `first_line` of its file; nothing is a mapping too.

    SG101 for what is not YAML or has a tag that makes objects, SG104 for a second key of the same
    name (the first one stays), SG109 for what is too large, too deep or uses aliases.
    """
    return as_mapping(locate_yaml(Part(text, first_line)))


def locate_yaml(part: Part) -> LocatedResult:
    """Whatever YAML has in a part of a file; the diagnostics of `read_yaml`."""
    reading = _Reading(part)
    try:
        root = reading.document()
    except UnreadableError as error:
        return None, (*reading.problems, error.diagnostic)
    except _TooDeepAheadError as ahead:
        return locate_yaml(replace(part, text=part.text[: ahead.start]))
    return Located(root, reading.places), tuple(reading.problems)


class _TooDeepAheadError(Exception):
    """libyaml met its own limit of depth at an offset that may be far ahead of the events."""

    def __init__(self, start: int) -> None:
        super().__init__(start)
        self.start = start


class _Reading:
    def __init__(self, part: Part) -> None:
        self.part = part
        self.places: dict[Path, Span] = {}
        self.problems: list[Diagnostic] = []

    def document(self) -> Node:
        self.part.check_size()
        try:
            self.loader: Any = yaml.CSafeLoader(self.part.text)
            return self._root()
        except yaml.MarkedYAMLError as error:
            if error.problem == DEEPER_THAN_LIBYAML:
                raise _TooDeepAheadError(_index(error.problem_mark)) from None
            raise UnreadableError(self._syntax_error(error)) from None
        except (yaml.reader.ReaderError, UnicodeEncodeError) as error:
            start = error.position if isinstance(error, yaml.reader.ReaderError) else error.start
            message = f"not valid YAML: {error.reason}"
            raise UnreadableError(self.part.problem("SG101", message, start)) from None

    def _root(self) -> Node:
        self.loader.get_event()
        if self.loader.check_event(yaml.StreamEndEvent):
            return {}
        self.loader.get_event()
        root = self._node((), 0)
        self.loader.get_event()
        if not self.loader.check_event(yaml.StreamEndEvent):
            start = _index(self.loader.peek_event().start_mark)
            raise UnreadableError(self.part.problem("SG101", "a second YAML document", start))
        return root

    def _node(self, path: Path, depth: int) -> Node:
        event = self.loader.get_event()
        start = _index(event.start_mark)
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            message = "anchors and aliases of YAML are not allowed"
            raise UnreadableError(self._starred(message, start))
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if depth == MAX_DEPTH:
            raise self.part.too_deep(start)
        if event.tag not in COLLECTIONS:
            self._refuse_tag(event.tag, start)
        if isinstance(event, yaml.SequenceStartEvent):
            return tuple(self._entries(path, depth))
        return self._mapping(path, depth)

    def _entries(self, path: Path, depth: int) -> Iterator[Node]:
        index = 0
        while not self.loader.check_event(yaml.SequenceEndEvent):
            here, event = (*path, index), self.loader.peek_event()
            if not isinstance(event, yaml.ScalarEvent):
                self.places[here] = self._span(event)
            node = self._node(here, depth + 1)
            if isinstance(node, Scalar):
                self.places[here] = node.span
            yield node
            index += 1
        self.loader.get_event()

    def _mapping(self, path: Path, depth: int) -> Node:
        mapping: dict[str, Node] = {}
        while not self.loader.check_event(yaml.MappingEndEvent):
            event = self.loader.peek_event()
            key = self._node((), depth + 1)
            if not isinstance(key, Scalar):
                raise UnreadableError(self._no_key(_index(event.start_mark)))
            here = (*path, key.text)
            if key.text in mapping:
                self.problems.append(self.part.twice(key.text, self.places[here], key.span))
                self._node((), depth + 1)
                continue
            self.places[here] = key.span
            mapping[key.text] = self._node(here, depth + 1)
        self.loader.get_event()
        return mapping

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        text, span = event.value, self._span(event)
        if not text.isprintable():
            text = FORBIDDEN.sub("", text)
        tag = event.tag
        if tag in (None, "!"):
            is_plain = event.implicit[0]
            # Most texts start with a character that nothing else starts with.
            if not is_plain or event.value[:1] not in self.loader.yaml_implicit_resolvers:
                return Scalar(text, text, span)
            tag = self.loader.resolve(yaml.ScalarNode, event.value, event.implicit)
        if tag in TEXTS:
            return Scalar(text, text, span)
        if tag not in TYPES:
            self._refuse_tag(tag, _index(event.start_mark))
            return Scalar(text, text, span)
        try:
            value = self.loader.construct_object(yaml.ScalarNode(tag, event.value))
        # Not only YAMLError: 29 February is a ValueError, 20,000 digits too, `!!bool x` a KeyError.
        except Exception:
            return self._impossible(event, Scalar(text, text, span, is_reread=True))
        return Scalar(text, value, span, value is not None and str(value) != text)

    def _impossible(self, event: yaml.ScalarEvent, scalar: Scalar) -> Scalar:
        """A scalar that YAML cannot read is text, unless its author named the type."""
        if event.tag is not None:
            message = f"'{shortened(scalar.text)}' is not a valid {event.tag.removeprefix(YAML)}"
            self.problems.append(self.part.problem("SG101", message, _index(event.start_mark)))
        return scalar

    def _span(self, event: yaml.NodeEvent) -> Span:
        return self.part.span(_index(event.start_mark), _index(event.end_mark))

    def _refuse_tag(self, tag: str, start: int) -> None:
        message = f"the YAML tag '{shortened(tag.replace(YAML, '!!'))}' is not allowed here"
        end = start + len(re.split(r"\s", self.part.text[start:], maxsplit=1)[0])
        self.problems.append(self.part.problem("SG101", message, start, "remove it", end))

    def _syntax_error(self, error: yaml.MarkedYAMLError) -> Diagnostic:
        problem, start = error.problem or "it cannot be read", _index(error.problem_mark)
        said, end = problem, 0
        hint = next((text for words, text in YAML_HINTS.items() if words in problem), None)
        sign = self.part.text[start : start + 1]
        # Where quotes are never closed, the end of the text says nothing: show where they open.
        if "unexpected end of stream" in problem and error.context_mark is not None:
            problem, start = "a quote that is never closed", _index(error.context_mark)
            opened = self.part.text[start:].partition("\n")[0].rstrip()
            end = start + len(opened)
            hint = f"write `{opened}{opened[0]}`"
        elif sign == "\t":
            problem, hint = "a tab cannot indent YAML", "indent with spaces"
        elif said == "did not find expected ',' or ']'" and error.context_mark is not None:
            problem, start = "a list that is never closed", _index(error.context_mark)
            opened = self.part.text[start:].partition("\n")[0].rstrip()
            hint, end = f"write `{opened}]`", start + len(opened)
            if "#" in opened:
                problem = "a list that is never closed, since '#' starts a comment"
                hint = f"write `{opened.replace('#', '')}`"
        elif slip := self._slip(
            _index(error.context_mark if said == NO_COLON else error.problem_mark)
        ):
            return slip
        elif "escape" not in said and (unquoted := self._unquoted(start)):
            start, end = unquoted
            value = self.part.text[start:end]
            problem = "a value with ': ' in it needs quotes" if ": " in value else NEEDS_QUOTES
            if _is_in_quotes(value):
                is_escape = value[0] == '"' and "\\" in value
                problem = "a backslash in double quotes" if is_escape else "quotes within quotes"
            if "cannot start any token" in said:
                problem = f"a value cannot start with '{sign}'"
            return self._to_quote("SG101", f"not valid YAML: {problem}", unquoted)
        return self.part.problem("SG101", f"not valid YAML: {problem}", start, hint, end)

    def _slip(self, at: int) -> Diagnostic | None:
        """A line that says what is wrong with it: an entry without a space, a key behind one."""
        start = self.part.text.rfind("\n", 0, at) + 1
        line = self.part.text[start:].partition("\n")[0]
        if found := SPACELESS_ENTRY.fullmatch(line):
            message, hint = "a space is missing after '-'", f"write '- {found[2]}'"
        elif (found := INDENTED_KEY.match(line)) and _is_yaml(line):
            message, hint = (
                f"spaces before '{found[2]}', which is not inside another key",
                "remove them",
            )
        else:
            return None
        first, end = start + found.start(1), start + found.end(1)
        problem = self.part.problem("SG101", f"not valid YAML: {message}", first, hint, end)
        is_entry = found.re is SPACELESS_ENTRY
        return replace(problem, fix=Fix("-", "- ")) if is_entry else problem

    def _no_key(self, start: int) -> Diagnostic:
        """A mapping as a key, which nobody means who has `{{ title }}` for a value."""
        value = self._value(start)
        if value is None or not self.part.text.startswith("{{", value[0]):
            return self.part.problem("SG101", "a key that is not a string", start)
        return self._to_quote("SG101", f"not valid YAML: {NEEDS_QUOTES}", value)

    def _starred(self, message: str, start: int) -> Diagnostic:
        """SG109 for an anchor or alias, which is most often a text that starts with its sign."""
        value = self._value(start)
        if value is None or value[0] != start:
            return self.part.problem("SG109", message, start, STARRED)
        problem = self._to_quote("SG109", message, value)
        # A bare name may be of an anchor elsewhere.
        is_alias = " " not in self.part.text[slice(*value)]
        return replace(problem, fix=None) if is_alias else problem

    def _to_quote(self, code: str, message: str, value: _Piece) -> Diagnostic:
        """A problem of a value that is meant as text."""
        text = self.part.text[slice(*value)]
        meant = text[1:-1] if _is_in_quotes(text) else text
        is_curly = text[0] in CURLY and text[-1] in CURLY
        if is_curly:  # which may be text, or a program has made them of straight ones
            meant = text.strip(CURLY)
        hint = f"put it in quotes: {in_quotes(meant)}"
        problem = self.part.problem(code, message, value[0], hint, value[1])
        return problem if is_curly else replace(problem, fix=Fix(text, in_quotes(meant)))

    def _value(self, at: int) -> _Piece | None:
        """The value that is on the line of an offset."""
        start = self.part.text.rfind("\n", 0, at) + 1
        line = self.part.text[start:].partition("\n")[0]
        found = _VALUE.fullmatch(line) if len(line) <= LONGEST_LINE else None
        return (start + found.start(1), start + found.end(1)) if found else None

    def _unquoted(self, at: int) -> _Piece | None:
        """The value on the line of an offset, if the line alone is no YAML, and with quotes is."""
        value = self._value(at)
        if value is None:
            return None
        text, (start, end) = self.part.text, value
        key = text[text.rfind("\n", 0, start) + 1 : start]
        indent = len(key) - len(key.lstrip(" -"))
        if re.compile(rf"[^\n]*\n {{{indent + 1},}}\S").match(text, end):  # it goes on below
            return None
        needs_quotes = _is_yaml(key + in_quotes(text[start:end])) and not _is_yaml(
            key + text[start:end]
        )
        return value if needs_quotes else None


def _is_in_quotes(text: str) -> bool:
    """Whether a text has quotes around it already, with something in them."""
    return len(text) > 2 and text[0] == text[-1] and text[0] in "'\""


def _is_yaml(line: str) -> bool:
    """Whether a line alone can be read; its events are read, since nesting costs them no stack."""
    try:
        return bool(list(yaml.parse(line.strip(), yaml.CSafeLoader)))
    except yaml.YAMLError:
        return False


def _index(mark: object) -> int:
    """The offset of a mark of libyaml, which may be missing."""
    return int(getattr(mark, "index", 0))

"""Files whose text takes the place of a line in a document: `::include{file=setup.md}`.

They are in `includes/`, and can include each other. What comes out is one text, which is read as if
it had been written so: notes, links and headings are those of the document. A quote around the line
is around all of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from sitegen.content.markdown.directives import ARGUMENTS, arguments_in
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.digest import digest
from sitegen.model.document import Document, Stretch
from sitegen.text.fenced import Fenced
from sitegen.text.patterns import compiled
from sitegen.text.spelling import did_you_mean

INCLUDES_FOLDER = "includes/"

_LINE = re.compile(r"(?P<margin> {0,3}(?:>[ \t]?)*)(?P<call>::include(?P<braces>\{.*\}))[ \t]*")


class Included(NamedTuple):
    """A text with all that it includes."""

    body: str
    passages: tuple[Stretch, ...]
    """Where its lines are from."""
    names: tuple[str, ...]
    """Of the files that it asks for, there or not."""
    problems: tuple[Diagnostic, ...]
    """Located in the text, as those that are found in it later are."""
    texts: Mapping[str, str]
    """All that there are to include."""

    def key(self, key: bytes) -> bytes:
        """The key of the document, where this one is that of its own file."""
        return key_with_includes(key, self.names, self.texts)


def with_includes(body: str, line: int, texts: Mapping[str, str]) -> Included:
    """The text of a document, which starts on this line of its file, with those of other files.

    `texts` are those that can be included, by name.
    """
    made = _Text(texts, line)
    made.add(body, _Place("", line, "", ()))
    names = tuple(sorted(made.names))
    body, problems = "\n".join(made.lines), tuple(made.problems)
    return Included(body, tuple(made.passages), names, problems, texts)


def key_with_includes(key: bytes, names: tuple[str, ...], texts: Mapping[str, str]) -> bytes:
    """The key of a document that asks for these files, where `key` is that of its own file."""
    return digest((key, [(name, texts.get(name)) for name in names])) if names else key


class _Place(NamedTuple):
    """Where a text starts."""

    name: str
    """Of its file; empty for the document itself."""
    line: int
    margin: str
    """What is in front of each of its lines."""
    above: tuple[str, ...]
    """The names of the files that include it, its own at the end."""


class _Text:
    """A text while it is put together."""

    def __init__(self, texts: Mapping[str, str], line: int) -> None:
        self._texts, self._first = texts, line
        self.lines: list[str] = []
        self.passages: list[Stretch] = []
        self.names: set[str] = set()
        self.problems: list[Diagnostic] = []

    def add(self, text: str, place: _Place) -> None:
        """Add a text, and what it includes."""
        fenced = Fenced()
        for number, line in enumerate(text.split("\n"), place.line):
            here = place._replace(line=number)
            found = None if fenced.takes(line) else _LINE.fullmatch(line)
            if found:
                self._include(found, here)
            else:
                self._add_line(line, here)

    def _add_line(self, line: str, place: _Place) -> None:
        now, path = self._first + len(self.lines), f"{INCLUDES_FOLDER}{place.name}"
        last = self.passages[-1] if self.passages else None
        path = path if place.name else ""
        if last is None or last.path != path or now - last.first != place.line - last.line:
            self.passages.append(Stretch(now, path, place.line, len(place.margin)))
        self.lines.append(f"{place.margin}{line}")

    def _include(self, found: re.Match[str], place: _Place) -> None:
        braces = compiled(ARGUMENTS).fullmatch(found["braces"])
        written = arguments_in(braces[0], 0, len(braces[0])) if braces else ()
        given = {argument.name: argument.value for argument in written}
        name = given.get("file")
        if problem := self._problem(given, place):
            self._add_line(found["margin"], place)
            line, length = self._first + len(self.lines) - 1, len(found["call"])
            column = len(place.margin) + found.start("call") + 1
            self.problems.append(replace(problem, line=line, column=column, length=length))
        elif name is not None:
            margin = f"{place.margin}{found['margin']}"
            inner = _Place(name, 1, margin, (*place.above, name))
            self.add(self._texts[name].removesuffix("\n"), inner)

    def _problem(self, given: Mapping[str, str | None], place: _Place) -> Diagnostic | None:
        name = given.get("file")
        if not name or given.keys() != {"file"}:
            hint = "write ::include{file=NAME.md}"
            return Diagnostic("SG321", "'include' takes 'file', and nothing else", hint=hint)
        self.names.add(name)
        if name in place.above:
            message = f"'{name}' includes itself"
            if place.name != name:
                message = f"'{name}' includes itself, by way of '{place.name}'"
            return Diagnostic("SG325", message, hint="remove this line")
        if name not in self._texts:
            message = f"there is no file '{name}' in {INCLUDES_FOLDER}"
            return Diagnostic("SG324", message, hint=self._meant(name))
        return None

    def _meant(self, name: str) -> str:
        if f"{name}.md" in self._texts:
            return f"did you mean '{name}.md'?"
        if ".." in name:
            return f"only files in {INCLUDES_FOLDER} can be included; ![[name]] quotes a post"
        return did_you_mean(name, self._texts) or f"write it: {INCLUDES_FOLDER}{name}"


def in_their_files(
    problems: Iterable[Diagnostic], documents: Iterable[Document]
) -> Iterator[Diagnostic]:
    """The problems of documents at the places in the files that these are put together from.

    What is wrong with a file that many include is wrong once.
    """
    seen: set[Diagnostic] = set()
    passages = {it.source.path: it.rendered.passages for it in documents if it.rendered.passages}
    for problem in problems:
        own = passages.get(problem.path or "", ())
        line = problem.line or 0
        passage = next((it for it in reversed(own) if it.first <= line), None)
        if passage is None or problem.column is None:
            yield problem
            continue
        located = replace(
            problem,
            path=passage.path or problem.path,
            line=passage.line + line - passage.first,
            column=max(1, problem.column - passage.margin),
        )
        if located not in seen:
            seen.add(located)
            yield located

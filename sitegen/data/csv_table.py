"""A table of comma-separated values (RFC 4180): a list of rows, each by the names in the header."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from sitegen.data.tree import Located, LocatedResult, Node, Part, Path, Scalar, UnreadableError
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.source import Span


def locate_csv(part: Part) -> LocatedResult:
    """A mapping of texts for each row. A place is that of the row.

    SG101 for what is no such table, SG109 for what is too large.
    """
    places: dict[Path, Span] = {}
    try:
        part.check_size()
        rows = tuple(_rows(part, places))
    except UnreadableError as error:
        return None, (error.diagnostic,)
    return Located(rows, places, "row"), ()


def _rows(part: Part, places: dict[Path, Span]) -> Iterator[Node]:
    records = _records(part.text.split("\n"))
    names, at = next(records, ([], Span(1, 1)))
    if len(names) == 1 and (sign := next((s for s in ";\t" if s in names[0]), None)):
        raise _unreadable(f"columns are separated by {sign!r}", at, "separate them by commas")
    if again := next((name for i, name in enumerate(names) if name in names[:i]), None):
        raise _unreadable(f"two columns have the name '{again}'", at, "rename one of them")
    for index, (record, row) in enumerate(records):
        if len(record) != len(names):
            what = f"a row has {len(record)} values, and the header {len(names)} names"
            raise _unreadable(what, row, "put a value that has a comma in double quotes")
        places |= {(index,): row} | {(index, name): row for name in names}
        yield {name: Scalar(text, text, row) for name, text in zip(names, record, strict=True)}


def _records(lines: list[str]) -> Iterator[tuple[list[str], Span]]:
    """The values of each row that is not empty, with its place: where its first line is."""
    reader = csv.reader((f"{line}\n" for line in lines), strict=True)
    at = Span(1, 1, max(1, len(lines[0])))
    try:
        for record in reader:
            if any(record):
                yield [value.strip() for value in record], at
            if reader.line_num < len(lines):
                at = Span(reader.line_num + 1, 1, max(1, len(lines[reader.line_num])))
    except csv.Error as error:
        hint = 'write a quote in a text twice, and close the text: "a ""word"""'
        raise _unreadable(str(error), at, hint) from None


def _unreadable(what: str, at: Span, hint: str) -> UnreadableError:
    message = f"not valid CSV: {what}"
    return UnreadableError(Diagnostic("SG101", message, None, at.line, at.column, hint, at.length))

"""A Jupyter notebook as the Markdown of a document, which is then read as any other.

A cell of Markdown is what it is, one of code is a block in the language of the kernel, and below it
are its outputs. Front matter is the `sitegen` of the notebook's metadata, or at the start of the
first cell. What is wrong is reported with its cell, and where it is in the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from importlib.util import find_spec
from typing import Any, NamedTuple, TypeVar

from sitegen.content.notebook_html import CONTROL
from sitegen.content.notebook_outputs import (
    CellOutputs,
    Figures,
    fenced,
    joined_lines,
    with_attachments,
)
from sitegen.content.notebook_places import CellPlaces, FilePlace
from sitegen.model.components import Argument, Call
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import Link
from sitegen.model.source import Source

_OPTION = re.compile(r"#\|[ \t]*([\w-]+)[ \t]*:[ \t]*(.*?)[ \t]*(?:\n|\Z)")
"""A line at the top of a cell of code that says how it is shown, as Quarto has it."""
_OMISSIONS = {
    "cell": ("remove-cell", "hide-cell", "include: false"),
    "input": ("remove-input", "hide-input", "remove_input", "echo: false"),
    "output": ("remove-output", "hide-output", "remove_output", "output: false"),
}
"""What is left out of a cell, by the tags of Jupyter Book and the options of Quarto."""
_METADATA = -1
"""Stands for the metadata in place of a cell."""

_Part = TypeVar("_Part", Link, Call, Argument)


class Origin(NamedTuple):
    """Where a line of the Markdown is from."""

    cell: int
    """From 0."""
    line: int = 0
    """Of the cell, from 0."""
    at: int | None = None
    """The character of the cell that starts it; None for what is written nowhere."""


def can_read_notebooks() -> bool:
    """Whether nbformat is installed."""
    return find_spec("nbformat") is not None


@dataclass(slots=True)
class Notebook:
    """A notebook as Markdown."""

    places: CellPlaces
    given: FilePlace | None = None
    """Where the front matter of its metadata is."""
    lines: list[str] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)
    """By line."""
    figures: Figures = field(default_factory=dict)
    unshown: list[tuple[int, str]] = field(default_factory=list)
    """The cells, from 0, with outputs that cannot be shown, and a form of each."""

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def place(self, line: int, column: int) -> tuple[FilePlace, str]:
        """Where a place in the Markdown is in the file, all from 1; and its cell, in words."""
        origin = self.origins[min(line, len(self.origins)) - 1] if self.origins else Origin(0)
        if origin.cell == _METADATA and self.given:
            first = self.given.column - 1 if origin.line == 0 else 0
            return FilePlace(
                self.given.line + origin.line, column + first
            ), "metadata of the notebook"
        if origin.at is None:
            return self.places.place(origin.cell, 0), f"cell {origin.cell + 1}"
        place = self.places.place(origin.cell, origin.at + column - 1)
        return place, f"cell {origin.cell + 1}, line {origin.line + 1}"

    def moved(self, part: _Part) -> _Part:
        """A part of the Markdown with its place in the file."""
        place, _ = self.place(part.line, part.column)
        return replace(part, line=place.line, column=place.column)

    def located(self, problem: Diagnostic) -> Diagnostic:
        """A problem of the Markdown at its place in the file; none is mended there by a program."""
        if problem.line is None:
            return problem
        place, cell = self.place(problem.line, problem.column or 1)
        message = f"{problem.message} ({cell})"
        return replace(problem, message=message, line=place.line, column=place.column, fix=None)

    def write(self, text: str, cell: int, at: int | None = None) -> None:
        """Add lines; `at` is the character of the cell that starts them, if they are from there."""
        for number, line in enumerate(text.split("\n")):
            self.lines.append(line)
            self.origins.append(Origin(cell) if at is None else Origin(cell, number, at))
            at = None if at is None else at + len(line) + 1

    def end_block(self, cell: int) -> None:
        """An empty line."""
        self.write("", cell)


def read_notebook(text: str, path: str) -> tuple[Notebook | None, tuple[Diagnostic, ...]]:
    """The Markdown of a notebook; None where it is none: SG314, or cannot be read here: SG313."""
    if not can_read_notebooks():
        hint = "pip install 'sitegen-blog[notebooks]'"
        message = "nbformat is not installed, which reads this notebook"
        return None, (Diagnostic("SG313", message, path, 1, 1, hint),)
    content = _content(text)
    if isinstance(content, Diagnostic):
        return None, (replace(content, path=path),)
    notebook = Notebook(CellPlaces(text))
    own = notebook.places.metadata("sitegen")
    if own and own[0].startswith("{"):
        notebook.given = own[1]
        notebook.write(own[0], _METADATA, 0)
    language = _language(content.get("metadata", {}))
    for number, cell in enumerate(content.get("cells", ())):
        _add_cell(notebook, number, cell, language)
    return notebook, tuple(replace(it, path=path) for it in _unshown(notebook))


def markdown_of_source(source: Source, text: str) -> str | None:
    """The text of a document as Markdown; None for a notebook that cannot be read."""
    if not source.is_notebook:
        return text
    notebook, _ = read_notebook(text, source.path)
    return notebook.text if notebook else None


def _content(text: str) -> Mapping[str, Any] | Diagnostic:
    """The notebook in the current format; or what is wrong with it."""
    import warnings

    hint = "open it in Jupyter and save it, or leave it out: [content] exclude"
    try:
        json.loads(text)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of ids that old cells do not have
            import nbformat

            content: Mapping[str, Any] = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    except json.JSONDecodeError as error:
        message = f"not valid JSON: {error.msg}"
        return Diagnostic("SG314", message, None, error.lineno, error.colno, hint)
    except Exception as error:  # each version has errors of its own
        message = f"not a notebook: {str(error).partition(chr(10))[0]}"
        return Diagnostic("SG314", message, None, 1, 1, hint)
    return content


def _language(metadata: Mapping[str, Any]) -> str:
    """The language of the kernel, as fences name it."""
    kernel = metadata.get("kernelspec", {}).get("language")
    return str(metadata.get("language_info", {}).get("name") or kernel or "python").lower()


def _add_cell(notebook: Notebook, number: int, cell: Mapping[str, Any], language: str) -> None:
    source = CONTROL.sub("", joined_lines(cell.get("source", ""))).rstrip("\n")
    metadata = cell.get("metadata", {})
    kind = cell.get("cell_type")
    outputs = CellOutputs(number + 1)
    if kind == "markdown" or (kind == "raw" and _is_shown(metadata)):
        text = with_attachments(cell.get("attachments", {}), outputs)(source)
        notebook.write(text, number, 0)
        notebook.end_block(number)
    elif kind == "code":
        _add_code(notebook, number, cell, source, language)
    notebook.figures |= outputs.figures


def _is_shown(metadata: Mapping[str, Any]) -> bool:
    """Whether a raw cell is for HTML or Markdown, or does not say."""
    form = metadata.get("raw_mimetype") or metadata.get("format") or "text/markdown"
    return form in ("text/markdown", "text/html", "text/x-markdown")


def _add_code(
    notebook: Notebook, number: int, cell: Mapping[str, Any], source: str, language: str
) -> None:
    options: dict[str, str] = {}
    start = 0
    while option := _OPTION.match(source, start):
        options[option[1]] = option[2].strip("\"'")
        start = option.end()
    said = {*cell.get("metadata", {}).get("tags", ()), *(f"{k}: {v}" for k, v in options.items())}
    omitted = {part for part, words in _OMISSIONS.items() if not said.isdisjoint(words)}
    if "cell" in omitted:
        return
    code = source[start:]
    if code.strip() and "input" not in omitted:
        opening, *_, closing = fenced(code, language).split("\n")
        notebook.write(opening, number)
        notebook.write(code.rstrip(), number, start)
        notebook.write(closing, number)
        notebook.end_block(number)
    if "output" not in omitted:
        outputs = CellOutputs(number + 1, options.get("fig-alt", ""), options.get("fig-cap", ""))
        for block in outputs.markdown(cell.get("outputs", ())):
            notebook.write(block, number)
            notebook.end_block(number)
        notebook.figures |= outputs.figures
        notebook.unshown += ((number, form) for form in outputs.unshown)


def _unshown(notebook: Notebook) -> Iterator[Diagnostic]:
    """SG315 for outputs that only Jupyter, or a script, could show."""
    for cell, form in notebook.unshown:
        message = f"an output in the form '{form}' is not shown (cell {cell + 1})"
        hint = "let the code show a picture or a table too, or tag the cell 'remove-output'"
        yield Diagnostic("SG315", message, None, *notebook.places.place(cell, 0), hint)

"""Outputs to bytes: each by its kind, with the record of what it read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from sitegen.engine.trace import Facets, View
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import Document
from sitegen.model.output import DocumentSubject, Output
from sitegen.outputs.errors import RenderError, UnreadableDataError
from sitegen.outputs.feeds.entries import Entries
from sitegen.outputs.kind import OutputKind, RenderContext, Stored
from sitegen.outputs.templates.environment import Templates

Explain = Callable[[BaseException, str], Diagnostic | None]
"""The diagnostic for an exception that an output met, if it came out of a plug-in."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """The bytes of an output, or what went wrong, and the facets it was rendered from."""

    data: bytes | None
    """None where it cannot be rendered."""
    reads: tuple[str, ...]
    problem: Diagnostic | None = None
    """None with no data either: it is made of a file that cannot be read."""


class Renderer:
    """Makes the bytes of any output but copies, and records what each has read."""

    def __init__(
        self,
        kinds: Mapping[str, OutputKind],
        facets: Facets,
        templates: Templates,
        stored: Stored,
        explain: Explain = lambda _, __: None,
    ) -> None:
        self._kinds, self._facets, self._templates = kinds, facets, templates
        self._stored, self._explain = stored, explain
        self._entries = Entries(facets, stored.body, templates)

    def render(self, path: str) -> Rendering:
        """What is to be published at a path."""
        view = View(self._facets)
        output: Output = view.read(f"output:{path}")
        context = RenderContext(view, self._templates, self._stored, self._entries)
        try:
            return Rendering(_bytes(self._kinds[output.kind], output, context), view.reads)
        except RenderError as error:
            if isinstance(error.__cause__, UnreadableDataError):
                return Rendering(None, view.reads)
            explained = self._explain(error.__cause__ or error, output.path)
            return Rendering(None, view.reads, explained or self._placed(error.problem, output))
        except Exception as error:  # of a plug-in, or a bug in sitegen
            if explained := self._explain(error, output.path):
                return Rendering(None, view.reads, explained)
            raise

    def _placed(self, problem: Diagnostic, output: Output) -> Diagnostic:
        """The problem at the front matter that names the template, where none is to blame."""
        if problem.path is not None or not output.is_document:
            return problem
        assert isinstance(output.subject, DocumentSubject)
        document: Document = self._facets[f"body:{output.subject.path}"]
        at, path = document.meta.place("template"), document.source.path
        hint = problem.hint or f"remove this line, or write templates/{output.template}"
        placed = replace(problem, path=path, line=at.line, column=at.column, length=at.length)
        return replace(placed, hint=hint)


def _bytes(kind: OutputKind, output: Output, context: RenderContext) -> bytes:
    if kind.page:
        page = kind.page(output, context)
        return context.templates.render(output.template, context.view, page).encode()
    assert kind.render, f"{output.path} is a copy"
    return kind.render(output, context)


def summed_up(failures: Iterable[tuple[Diagnostic, str]]) -> tuple[Diagnostic, ...]:
    """Each fault once, however many outputs it spoils; they are named by their owners.

    A template that many documents name and that is not there is one fault, at the first of them.
    """
    faults: dict[object, tuple[Diagnostic, list[str]]] = {}
    for failure, owner in failures:
        is_named_by_owner = failure.code == "SG503" and failure.path == owner
        key = failure.message if is_named_by_owner else failure
        faults.setdefault(key, (failure, []))[1].append(owner)
    return tuple(_with_owners(failure, spoiled) for failure, spoiled in faults.values())


def _with_owners(failure: Diagnostic, owners: list[str]) -> Diagnostic:
    more = f" and {len(owners) - 1} more" if len(owners) > 1 else ""
    return replace(failure, message=f"{failure.message} (while rendering {owners[0]}{more})")

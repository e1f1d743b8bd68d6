"""The components that documents call, and whether they can be called so."""

from __future__ import annotations

from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import Document
from sitegen.outputs.templates.environment import Templates
from sitegen.outputs.templates.signatures import template_of
from sitegen.site.components import INCLUDE_LINE, bound


def bound_documents(
    documents: tuple[Document, ...], templates: Templates
) -> tuple[tuple[Document, ...], tuple[str, ...], tuple[Diagnostic, ...]]:
    """The documents with checked calls, the templates that these use, and what is wrong."""
    names = {call.name for document in documents for call in document.rendered.calls}
    components, faults = templates.components(names)
    known = (*templates.component_names, INCLUDE_LINE)
    done = [bound(document, components, known) for document in documents]
    problems = (problem for each in done for problem in each.problems)
    used = tuple(map(template_of, sorted(components)))
    return tuple(each.document for each in done), used, (*faults, *problems)

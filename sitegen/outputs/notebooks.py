"""The pictures that notebooks hold, each as a file in the folder of its page."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.model.output import FigureSubject, Output
from sitegen.outputs.code import folder_of_page
from sitegen.outputs.kind import OutputKind, RenderContext, SitePlan

_NAME = "picture of a notebook"


def _plan(site: SitePlan) -> Iterator[Output]:
    for entry in site.placement.documents:
        for name, _ in entry.document.rendered.figures:
            source = entry.document.source.path
            path = f"{folder_of_page(entry.route.path)}{name}"
            yield site.file(path, _NAME, source, FigureSubject(source, name), source)


def _render(output: Output, context: RenderContext) -> bytes:
    assert isinstance(output.subject, FigureSubject)
    path, name = output.subject.path, output.subject.name
    context.view.read(f"figure:{path}/{name}")  # its digest
    return context.stored.figure(path, name)


NOTEBOOK_PICTURES = OutputKind(_NAME, _plan, render=_render)

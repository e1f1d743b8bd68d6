"""Diagrams as SVG for pages, each by what draws its language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from sitegen.content.diagrams.d2 import can_draw_d2, draw_d2
from sitegen.content.diagrams.graphviz import can_draw_graphviz, draw_graphviz
from sitegen.content.diagrams.mermaid import can_draw_mermaid, draw_mermaid
from sitegen.content.diagrams.svg import for_page
from sitegen.content.markdown.reading import Diagram, Drawing
from sitegen.model.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class DiagramRenderer:
    """What draws the diagrams of a language."""

    is_there: Callable[[], bool]
    draw: Callable[[Sequence[str]], Sequence[Drawing]]
    hint: str
    """How it is installed."""


RENDERERS: Mapping[str, DiagramRenderer] = {
    "mermaid": DiagramRenderer(
        can_draw_mermaid, draw_mermaid, "pip install 'sitegen-blog[diagrams]'"
    ),
    "graphviz": DiagramRenderer(
        can_draw_graphviz, draw_graphviz, "install Graphviz, whose program 'dot' draws them"
    ),
    "d2": DiagramRenderer(can_draw_d2, draw_d2, "install D2, whose program 'd2' draws them"),
}
"""By the names in `diagrams` of `[markdown]`."""


def draw_diagrams(diagrams: Sequence[Diagram]) -> list[Drawing]:
    """What becomes of the diagrams of a document; those that nothing here draws are empty."""
    by_renderer = defaultdict[str, list[str]](list)
    for diagram in diagrams:
        by_renderer[diagram.renderer].append(diagram.source)
    drawn = {
        Diagram(name, source): _for_page(drawing)
        for name, sources in by_renderer.items()
        if (renderer := RENDERERS[name]).is_there()
        for source, drawing in zip(sources, renderer.draw(sources), strict=True)
    }
    return [drawn.get(diagram, Drawing()) for diagram in diagrams]


def _for_page(drawing: Drawing) -> Drawing:
    if not drawing.svg:
        return drawing
    svg = for_page(drawing.svg)
    return Drawing(svg) if svg else Drawing(lacks="what was drawn is too large")

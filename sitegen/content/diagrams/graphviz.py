"""Graphviz diagrams as SVG, by its program `dot`, where that is installed."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from shutil import which

import sitegen
from sitegen.content.markdown.reading import Drawing
from sitegen.execution.program import answer_of

_SECONDS = 10
"""Seconds of the clock after which the program is ended."""
_FONT = "Sitegen Mono"
_FONTS = Path(sitegen.__file__).parent / "drawing/fonts/diagrams.conf"
_MISTAKE = re.compile(r"Error: (?:<stdin>: )?(?P<what>.*?line (?P<line>\d+).*|.*)")
_STYLE = (
    *(f"-{of}fontname={_FONT}" for of in "GNE"),
    *("-Gbgcolor=transparent", "-Nfontsize=11", "-Efontsize=11", "-Gfontsize=11"),
)


def can_draw_graphviz() -> bool:
    """Whether `dot` is installed."""
    return which("dot") is not None


def draw_graphviz(sources: Sequence[str]) -> list[Drawing]:
    """What becomes of diagrams of one document."""
    return [_drawn(source) for source in sources]


def _drawn(source: str) -> Drawing:
    # With a SERVER_NAME, Graphviz reads no files that a diagram names.
    environment = {**os.environ, "FONTCONFIG_FILE": str(_FONTS), "SERVER_NAME": "sitegen"}
    answer = answer_of(("dot", "-Tsvg", *_STYLE), source.encode(), environment, _SECONDS)
    if not answer.has_failed:
        return Drawing(answer.output.decode(errors="replace"))
    if found := _MISTAKE.search(answer.errors):
        return Drawing(mistake=found["what"].strip(), line=int(found["line"] or 0))
    return Drawing(lacks="it takes too long to draw")

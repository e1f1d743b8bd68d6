"""D2 diagrams as SVG, by the program `d2`, where that is installed."""

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
_FONT = Path(sitegen.__file__).parent / "drawing/fonts/mono-latin.ttf"
_MISTAKE = re.compile(r"err: (?:failed to compile -: )?-:(?P<line>\d+):\d+: (?P<what>.*)")
_WORDS = (
    *("d2", "--layout=dagre", "--theme=0", "--pad=8", "--no-xml-tag", "--omit-version"),
    "--bundle=false",  # which would load what is named from other hosts
    *(f"--font-{style}={_FONT}" for style in ("regular", "italic", "bold", "semibold")),
    *("-", "-"),
)


def can_draw_d2() -> bool:
    """Whether `d2` is installed."""
    return which("d2") is not None


def draw_d2(sources: Sequence[str]) -> list[Drawing]:
    """What becomes of diagrams of one document."""
    return [_drawn(source) for source in sources]


def _drawn(source: str) -> Drawing:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("D2_")}
    answer = answer_of(_WORDS, source.encode(), environment, _SECONDS)
    if not answer.has_failed:
        return Drawing(answer.output.decode(errors="replace"))
    if found := _MISTAKE.search(answer.errors):
        return Drawing(mistake=found["what"].strip(), line=int(found["line"]))
    said = answer.errors.strip().rpartition("err: ")[2]
    return Drawing(lacks=said or "it takes too long to draw")

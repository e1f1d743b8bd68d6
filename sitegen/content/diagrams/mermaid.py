"""Mermaid diagrams as SVG, by mmdr (the extra `diagrams`), in a process that can be ended.

Its layout takes practically for ever on some forty nodes, and no signal of Python interrupts it.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

import sitegen
from sitegen.content.diagrams.mermaid_spelling import kind_of, spelled
from sitegen.content.diagrams.svg import SLICES
from sitegen.content.markdown.reading import Drawing
from sitegen.execution.program import answer_of

_KINDS = (
    *("flowchart", "graph", "sequenceDiagram", "classDiagram", "stateDiagram", "erDiagram"),
    *("gantt", "pie", "gitGraph", "xychart", "quadrantChart", "timeline", "journey"),
)
"""The types of diagrams that are drawn as a reader expects."""
_LONGEST = 20_000
"""Characters of a source."""
_SECONDS = 60
"""Seconds of the clock after which the process is ended, whatever it does."""
_PROCESS = Path(__file__).with_name("mermaid_process.py")
_FONTS = Path(sitegen.__file__).parent / "drawing/fonts/diagrams.conf"
_SHAPE = re.compile(r"(?m)^[^\"\n]*\w@\{")
_SLICE = re.compile(r'fill="(hsl\([^")]*\)|#F8FAFC|#E2E8F0)"')
_PLACE = re.compile(r"\bat (?:line )?(?P<line>\d+):\d+|\bline (?P<row>\d+)|\bat (?P<offset>\d+)$")
_TOO_SLOW = "it takes too long to draw"


def can_draw_mermaid() -> bool:
    """Whether mmdr is installed."""
    return find_spec("mmdr") is not None


def draw_mermaid(sources: Sequence[str]) -> list[Drawing]:
    """What becomes of diagrams of one document."""
    found: dict[str, Drawing] = {}
    asked = []
    for source in dict.fromkeys(sources):
        if reason := _unfit(source):
            found[source] = Drawing(lacks=reason)
        else:
            asked.append(source)
    while asked:
        answers = _answers(asked)
        found |= zip(asked, answers, strict=False)
        if len(answers) < len(asked):  # the next one has ended the process
            found[asked[len(answers)]] = Drawing(lacks=_TOO_SLOW)
        asked = asked[len(answers) + 1 :]
    return [found[source] for source in sources]


def _unfit(source: str) -> str:
    """Why a source is not even tried."""
    if len(source) > _LONGEST:
        return f"it has more than {_LONGEST:,} characters"
    kind = kind_of(source)
    if kind and kind[:1].isalpha() and not kind.startswith(_KINDS):
        return f"diagrams of the type '{kind}' are not drawn"
    if kind in ("flowchart", "graph") and _SHAPE.search(source):
        return "shapes and edges with '@{…}' are not drawn"
    return ""


def _answers(sources: Sequence[str]) -> list[Drawing]:
    """What the process says of the first sources, as far as it came."""
    words = [sys.executable, "-I", str(_PROCESS)]
    asked = [(source, spelled(source)) for source in sources]
    with TemporaryDirectory() as folder:  # for its cache of fonts
        environment = {**os.environ, "FONTCONFIG_FILE": str(_FONTS), "XDG_CACHE_HOME": folder}
        answer = answer_of(words, json.dumps(asked).encode(), environment, _SECONDS)
    lines = answer.output.decode(errors="replace").split("\n")[:-1]
    return [
        _drawing(json.loads(line), source) for line, source in zip(lines, sources, strict=False)
    ]


def _drawing(said: dict[str, str], source: str) -> Drawing:
    if "svg" in said:
        return Drawing(_coloured(said["svg"]) if kind_of(source) == "pie" else said["svg"])
    if "lacks" in said:
        return Drawing(lacks=_sentence(said["lacks"]))
    mistake = said["mistake"]
    if "resource limit" in mistake:
        return Drawing(lacks="it is too large")
    return Drawing(mistake=_sentence(mistake), line=_line(mistake, source))


def _coloured(pie: str) -> str:
    """A pie with slices that can be told apart; the renderer's are shades of grey."""
    greys = dict.fromkeys(_SLICE.findall(pie))
    colours = dict(zip(greys, cycle(SLICES), strict=False))
    return _SLICE.sub(lambda fill: f'fill="{colours[fill[1]]}"', pie)


def _line(message: str, source: str) -> int:
    """The line of the source that a message names, from 1; 0 for none."""
    if not (place := _PLACE.search(message)):
        return 0
    if place["offset"]:
        return source.count("\n", 0, int(place["offset"])) + 1
    return int(place["line"] or place["row"])


def _sentence(message: str) -> str:
    text = re.sub(r"^Diagram parse error \([\w-]+\): ", "", message).strip().removesuffix(".")
    return f"{text[:1].lower()}{text[1:]}"

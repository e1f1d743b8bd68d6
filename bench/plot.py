"""A picture of bars, as SVG, that follows the light or dark mode of who looks at it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

LABELS = 150
COLUMN = 270
BARS = 170
"""The length of the longest bar of a panel; the number that follows has the rest."""
BAR = 18
TITLE = 26
GAP = 14

STYLE = """
text { font: 12px system-ui, sans-serif; fill: #22272e; }
.title { font-weight: 600; }
.value { fill: #57606a; }
.peer { fill: #aab4bf; }
.own { fill: #1b7f68; }
.floor { fill: #d9a441; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; }
  .value { fill: #9aa5b1; }
  .peer { fill: #59636e; }
  .own { fill: #3fb89a; }
}
"""


@dataclass(frozen=True, slots=True)
class Bar:
    name: str
    value: float
    label: str
    kind: str
    """Its class: `own`, `peer` or `floor`."""


Panel = tuple[Bar, ...]


def draw(columns: tuple[str, ...], rows: Mapping[str, tuple[Panel, ...]]) -> str:
    """Panels in rows and columns; each has a scale of its own, from zero to its longest bar."""
    parts = [_text(_left(index), TITLE, column, "title") for index, column in enumerate(columns)]
    top: float = TITLE
    for title, panels in rows.items():
        parts += (_text(0, top, title, "title"), *_row(panels, top + GAP / 2))
        top += TITLE + GAP + BAR * max(map(len, panels))
    view = f'viewBox="0 0 {_left(len(columns))} {top:g}" width="{_left(len(columns))}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {view} role="img">'
    name = "<title>The benchmark: the shorter a bar, the better</title>"
    return "\n".join((head, name, f"<style>{STYLE}</style>", *parts, "</svg>", ""))


def _left(column: int) -> int:
    return LABELS + column * COLUMN


def _row(panels: tuple[Panel, ...], top: float) -> Iterator[str]:
    yield from _names(panels[0], top)
    for index, panel in enumerate(panels):
        yield from _bars(panel, _left(index), top)


def _names(panel: Panel, top: float) -> Iterator[str]:
    for index, bar in enumerate(panel):
        yield _text(0, top + (index + 0.75) * BAR, bar.name)


def _bars(panel: Panel, left: float, top: float) -> Iterator[str]:
    longest = max((bar.value for bar in panel), default=0) or 1
    for index, bar in enumerate(panel):
        y, length = top + index * BAR, max(1, BARS * bar.value / longest)
        box = f'x="{left}" y="{y + 3:g}" width="{length:.1f}" height="{BAR - 5}"'
        yield f'<rect class="{bar.kind}" {box} rx="2"/>'
        yield _text(left + length + 6, y + 0.75 * BAR, bar.label, "value")


def _text(x: float, y: float, text: str, kind: str = "name") -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}">{escape(text)}</text>'

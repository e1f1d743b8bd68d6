"""SVG that a program has drawn, as a page can have it: safe, small, and in the theme's colours.

Only elements and attributes that draw are kept, so that nothing of it runs, or is loaded. A colour
is a token of the theme where it is one of the renderer's own. One that the author chose is kept
where the page is light; where it is dark, it is mixed with the theme's, so that text on it can be
read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from xml.etree.ElementTree import Element, ParseError, XMLParser

from sitegen.model.digest import digest_of_bytes

_LARGEST = 1 << 20
"""Characters of the SVG of a diagram."""


_SPACE = "{http://www.w3.org/2000/svg}"
_ELEMENTS = frozenset(
    (
        *("g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text"),
        *("tspan", "defs", "marker", "linearGradient", "stop", "clipPath", "mask", "svg"),
    )
)
_UNWRAPPED = frozenset(("a", "switch"))
_ATTRIBUTES = frozenset(
    (
        *("d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "width", "height"),
        *("points", "transform", "fill", "stroke", "stroke-width", "stroke-dasharray"),
        *("stroke-linecap", "stroke-linejoin", "fill-opacity", "stroke-opacity", "opacity", "dx"),
        *("dy", "text-anchor", "dominant-baseline", "font-size", "font-weight", "font-style"),
        *("viewBox", "marker-start", "marker-end", "marker-mid", "refX", "refY", "markerWidth"),
        *("markerHeight", "markerUnits", "orient", "offset", "stop-color", "gradientUnits"),
        *("textLength", "lengthAdjust", "text-decoration", "id", "clip-path", "mask"),
        *("maskUnits",),
    )
)
_SAFE = re.compile(r"""[\w\s.,%#()+*/:;-]*""")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{3,8}|[A-Za-z]+|(?:rgb|hsl)a?\([\d\s.,%/-]*\)")
_OWN = re.compile(r"url\(#([\w:.-]+)\)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_LONG_NUMBER = re.compile(r"(-?\d+\.\d{2})\d+")

SLICES = (
    *("#8fc7b8", "#efc08f", "#a9b9ea", "#e6a5b5"),
    *("#cfd58a", "#c6aee0", "#9fd0e8", "#d9c3ac"),
)
"""Colours for the slices of a pie, which text can be on in light and in dark."""
_TOKENS: Mapping[str, str] = {
    "#fff": "var(--paper)",
    "#ffffff": "var(--paper)",
    "white": "var(--paper)",
    "#f8fafc": "var(--raised)",
    "#f1f5f9": "var(--sunk)",
    "#e2e8f0": "var(--line)",
    "#cbd5e1": "color-mix(in oklab, var(--edge) 50%, var(--paper))",
    "#94a3b8": "var(--edge)",
    "#64748b": "var(--muted)",
    "#0f172a": "var(--ink)",
    "black": "var(--ink)",
    "#000": "var(--ink)",
    "#000000": "var(--ink)",
    "#ccc": "var(--line)",
    "#fff7ed": "var(--marked)",
    "#fdba74": "var(--marked-edge)",
    "#0a0f25": "var(--ink)",
    "#676c7e": "var(--muted)",
    "#9499ab": "var(--edge)",
    "#cfd2dd": "var(--line)",
    "#dee1eb": "var(--line)",
    "#eef1f8": "var(--sunk)",
    "#0d32b2": "var(--muted)",
    "#e3e9fd": "var(--sunk)",
    "#edf0fd": "var(--sunk)",
    "#f7f8fe": "var(--raised)",
    **{it: f"light-dark({it}, color-mix(in oklab, {it} 45%, var(--paper)))" for it in SLICES},
}
"""What colours are in the theme that a renderer chose, and no author."""
_KEPT = frozenset(("none", "transparent", "currentcolor", "inherit"))


def for_page(svg: str) -> str | None:
    """The SVG as a page has it; None for what is no drawing."""
    start = svg.find("<svg")
    if start < 0 or len(svg) > _LARGEST or "<!DOCTYPE" in svg[start:]:
        return None
    try:
        parser = XMLParser()
        parser.feed(svg[start:])
        root = parser.close()
    except ParseError:
        return None
    if len(root) == 1 and root[0].tag == f"{_SPACE}svg":  # D2 puts a drawing into another
        root = root[0]
    size = _size(root)
    if size is None:
        return None
    prefix = f"d{digest_of_bytes(svg.encode())[:3].hex()}-"
    referred = {name for it in root.iter() for v in it.attrib.values() for name in _OWN.findall(v)}
    writer = _Writer(prefix, referred, size)
    inner = "".join(map(writer.written, root))
    width, height, box = size[0], size[1], root.get("viewBox", f"0 0 {size[0]:g} {size[1]:g}")
    if not re.fullmatch(r"[\d\s.,-]+", box) or not inner:
        return None
    style = f"--width:{width / 16:.4g}rem;aspect-ratio:{width:.5g}/{height:.5g}"
    return f'<svg viewBox="{box}" style="{style}">{inner}</svg>'


def _size(root: Element) -> tuple[float, float] | None:
    """Width and height of a drawing, in pixels."""
    if root.tag != f"{_SPACE}svg":
        return None
    points = 96 / 72 if root.get("width", "").endswith("pt") else 1.0
    box = [float(number) for number in _NUMBER.findall(root.get("viewBox", ""))]
    sides = [_NUMBER.match(root.get(name, "")) for name in ("width", "height")]
    has_sides = all(sides) and not root.get("width", "").endswith("%")
    width, height = (
        [float(side[0]) * points for side in sides if side] if has_sides else box[2:4] or [0, 0]
    )
    return (width, height) if 0 < width <= 20_000 and 0 < height <= 20_000 else None


class _Writer:
    """Writes what is kept of the elements of one drawing."""

    def __init__(self, prefix: str, referred: set[str], size: tuple[float, float]) -> None:
        self._prefix, self._referred, self._size = prefix, referred, size
        self._depth = self._masks = 0

    def written(self, element: Element) -> str:
        """An element as HTML has it, and what is in it."""
        name = str(element.tag).removeprefix(_SPACE)
        if self._depth > 100 or not (name in _ELEMENTS or name in _UNWRAPPED):
            return ""
        if name == "rect" and self._is_ground(element):
            return ""
        self._depth += 1
        self._masks += name == "mask"
        inner = "".join(f"{self.written(child)}{self._tail(name, child)}" for child in element)
        attributes = self._attributes(name, element)
        self._masks -= name == "mask"
        self._depth -= 1
        if name in ("text", "tspan") and element.text:
            inner = escape(element.text, quote=False) + inner
        if name in _UNWRAPPED or (name in ("g", "defs", "text", "tspan") and not inner):
            return inner
        if name == "marker" and element.get("id") not in self._referred:
            return ""
        return f"<{name}{attributes}>{inner}</{name}>" if inner else f"<{name}{attributes}/>"

    def _attributes(self, name: str, element: Element) -> str:
        """Those that are kept, and what a style says as if it were written in them."""
        declared = (part.partition(":") for part in element.get("style", "").split(";"))
        style = {key.strip(): value.strip() for key, _, value in declared if key.strip() != "style"}
        values = (
            (key, self._value(name, key, given)) for key, given in (element.attrib | style).items()
        )
        return "".join(f' {key}="{value}"' for key, value in values if value is not None)

    def _is_ground(self, element: Element) -> bool:
        """Whether it is the ground of the whole drawing, which has that of the page."""
        width, height = (_NUMBER.match(element.get(key, "")) for key in ("width", "height"))
        return bool(
            width
            and height
            and float(width[0]) >= self._size[0] - 1
            and float(height[0]) >= self._size[1] - 1
            and not self._masks
            and element.get("fill", "").lower() in ("#ffffff", "#fff", "white")
        )

    @staticmethod
    def _tail(name: str, child: Element) -> str:
        return escape(child.tail, quote=False) if child.tail and name in ("text", "tspan") else ""

    def _value(self, name: str, key: str, given: str) -> str | None:
        """The value of an attribute; None where it is not kept."""
        if key not in _ATTRIBUTES:
            return None
        if key == "id":
            return f"{self._prefix}{escape(given)}" if given in self._referred else None
        if own := _OWN.fullmatch(given):
            return f"url(#{self._prefix}{own[1]})"
        if key in ("fill", "stroke", "stop-color"):
            if self._masks:
                return given if _COLOUR.fullmatch(given) else None
            if name == "rect" and key == "fill" and _TOKENS.get(given.lower()) == "var(--ink)":
                return "light-dark(var(--ink), var(--line))"  # the text on it is white
            of = "text" if name in ("text", "tspan") else key
            return _colour(given.strip(), of) or _TOKENS["#f8fafc" if key == "fill" else "#94a3b8"]
        if not _SAFE.fullmatch(given) or "url(" in given:
            return None
        return _LONG_NUMBER.sub(r"\1", given) if "." in given else given


def _colour(given: str, of: str) -> str | None:
    """A colour for light and dark; None for what is none."""
    if not _COLOUR.fullmatch(given):
        return None
    colour = given.lower()
    if colour in _KEPT:
        return colour
    if of == "text" and colour in ("#fff", "#ffffff", "white"):
        return "#fff"  # on a colour that the renderer chose
    if colour in _TOKENS:
        return _TOKENS[colour]
    if of == "text":
        return f"light-dark({colour}, var(--ink))"
    share = "60%, var(--ink)" if of == "stroke" else "25%, var(--paper)"
    return f"light-dark({colour}, color-mix(in oklab, {colour} {share}))"

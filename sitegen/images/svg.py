"""SVG (SVG 2, §8.2 and §8.6; lengths by CSS Values 4, §6.2)."""

from __future__ import annotations

import re

_SKIPPED = re.compile(r"\s+|<!--.*?-->|<\?.*?\?>|<!DOCTYPE(?:[^>\[]|\[[^\]]*\])*>", re.DOTALL)
_ROOT = re.compile(r"""<(?:[\w-]+:)?([\w-]+)((?:\s[^<>"']*(?:"[^"]*"|'[^']*'))*)[^<>"']*>""")
_ATTRIBUTE = re.compile(r"""\s(width|height|viewBox)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?)(px|in|cm|mm|pt|pc|)\s*")
_PIXELS = {"": 1, "px": 1, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4, "pt": 96 / 72, "pc": 16}

LARGEST_LENGTH = 1_000_000
"""CSS pixels: what is larger is none of any page."""


def is_svg(data: bytes) -> bool:
    """Whether its first element is that of an image."""
    return _root(data) is not None


def svg_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in CSS pixels; None where the image fits any."""
    attributes = _root(data) or ""
    given = {name: one or other for name, one, other in _ATTRIBUTE.findall(attributes)}
    width, height = _pixels(given.get("width", "")), _pixels(given.get("height", ""))
    ratio = _ratio(given.get("viewBox", ""))
    if width and height:
        return _whole(width), _whole(height)
    if ratio is None:
        return None
    if width or height:
        return _whole(width or height * ratio[0]), _whole(height or width / ratio[0])
    return _whole(ratio[1]), _whole(ratio[1] / ratio[0])


def _root(data: bytes) -> str | None:
    """What is written in the tag of the first element, if that is `svg`."""
    text, at = _text(data), 0
    while skipped := _SKIPPED.match(text, at):
        at = skipped.end()
    root = _ROOT.match(text, at)
    return root[2] if root and root[1] == "svg" else None


def _text(data: bytes) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return data.decode(encoding, "replace")


def _pixels(written: str) -> float:
    """A length in CSS pixels; 0 for one that depends on the page, or makes no sense."""
    found = _LENGTH.fullmatch(written)
    length = float(found[1]) * _PIXELS[found[2]] if found else 0
    return length if length < LARGEST_LENGTH else 0


def _ratio(view_box: str) -> tuple[float, float] | None:
    """What the width is of the height, and the width, of what is shown."""
    numbers = re.split(r"[\s,]+", view_box.strip())
    lengths = [_pixels(number) for number in numbers[2:4]]
    return (lengths[0] / lengths[1], lengths[0]) if len(numbers) == 4 and all(lengths) else None


def _whole(length: float) -> int:
    return max(1, round(length))

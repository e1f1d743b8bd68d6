"""Colours as CSS writes them: read, compared for contrast, and moved until they have enough.

What is read: `#rgb`, `#rrggbb`, names, `rgb()`, `hsl()` and `oklch()`, without transparency (CSS
Color 4 §5, §6, §7 and §9). What it has more, such as `lab()` or `color-mix()`, is not: a contrast
that cannot be computed cannot be promised.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from math import atan2, cos, degrees, hypot, radians, sin
from typing import NamedTuple

from sitegen.text.colour_names import NAMED

STEPS = 256
"""Of lightness, from black to white, in which a colour is moved: about as fine as hex digits."""
HALVINGS = 8
"""How often the range of a chroma is halved until it is as exact as that."""
_CALL = re.compile(r"(rgb|hsl|oklch)a?\((.*)\)", re.DOTALL)
_NUMBER = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(%|deg|rad|grad|turn)?")
_TURNS = {"deg": 1.0, "rad": degrees(1), "grad": 0.9, "turn": 360.0}


class Colour(NamedTuple):
    """Red, green and blue of sRGB, each from 0 to 255."""

    red: int
    green: int
    blue: int

    def __str__(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"


class Oklch(NamedTuple):
    """Lightness from 0 to 1, chroma, and hue in degrees (CSS Color 4 §9.3)."""

    lightness: float
    chroma: float
    hue: float


def colour(text: str) -> Colour | None:
    """The colour that a value of CSS means; None for what is none, is see-through, or not read."""
    written = text.strip().lower()
    if written.startswith("#"):
        return _hex(written[1:])
    if call := _CALL.fullmatch(written):
        return _called(call[1], call[2])
    found = NAMED.get(written)
    return _hex(found) if found else None


def contrast(one: Colour, other: Colour) -> float:
    """From 1 (none) to 21 (black on white), whichever is first: WCAG 2.2, contrast ratio."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(of: Colour) -> float:
    """From 0 (black) to 1 (white): WCAG 2.2, relative luminance."""
    red, green, blue = map(_linear, of)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def nearest(of: Colour, passes: Callable[[Colour], bool]) -> Colour | None:
    """The colour of the same hue and chroma whose lightness differs least, among those that pass.

    Where sRGB has no such chroma at a lightness, it has the most that there is. None: no lightness
    passes. Of a lighter and a darker one equally near, the darker.
    """
    return next(filter(passes, _by_distance(of)), None)


def _by_distance(of: Colour) -> Iterator[Colour]:
    """The colour in each lightness, the nearest first."""
    lightness, chroma, hue = oklch(of)
    here = round(lightness * STEPS)
    yield of
    for distance in range(1, STEPS + 1):
        for step in (here - distance, here + distance):
            if 0 <= step <= STEPS:
                yield _within_srgb(Oklch(step / STEPS, chroma, hue))


def _within_srgb(of: Oklch) -> Colour:
    """The colour, with so much less chroma that sRGB has it."""
    if (whole := _of_channels(_channels(of))) is not None:
        return whole
    low, high = 0.0, of.chroma
    best = _clipped(_channels(of._replace(chroma=0.0)))
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        found = _of_channels(_channels(of._replace(chroma=middle)))
        low, high = (middle, high) if found else (low, middle)
        best = found or best
    return best


def oklch(of: Colour) -> Oklch:
    """The colour in OKLCH (CSS Color 4 §9.3; the matrices are those of its sample code)."""
    red, green, blue = map(_linear, of)
    l_, m_, s_ = (
        (row[0] * red + row[1] * green + row[2] * blue) ** (1 / 3) for row in _LMS_OF_LINEAR
    )
    lightness, a, b = (row[0] * l_ + row[1] * m_ + row[2] * s_ for row in _OKLAB_OF_LMS)
    return Oklch(lightness, hypot(a, b), degrees(atan2(b, a)) % 360)


def _channels(of: Oklch) -> tuple[float, float, float]:
    """Red, green and blue from 0 to 1; less or more where sRGB does not have the colour."""
    a, b = of.chroma * cos(radians(of.hue)), of.chroma * sin(radians(of.hue))
    lms = [(of.lightness + row[0] * a + row[1] * b) ** 3 for row in _LMS_OF_OKLAB]
    red, green, blue = (
        _gamma(sum(part * cone for part, cone in zip(row, lms, strict=True)))
        for row in _LINEAR_OF_LMS
    )
    return red, green, blue


def _of_channels(channels: Iterable[float]) -> Colour | None:
    """None where sRGB does not have the colour, to half a step of 255."""
    found = tuple(channels)
    is_within = all(-0.5 <= channel * 255 <= 255.5 for channel in found)
    return _clipped(found) if is_within else None


def _clipped(channels: Iterable[float]) -> Colour:
    return Colour(*(round(255 * min(1.0, max(0.0, channel))) for channel in channels))


def _linear(channel: int) -> float:
    """A channel without its gamma: IEC 61966-2-1, with the threshold that WCAG 2.2 has too."""
    part = channel / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _gamma(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def _hex(digits: str) -> Colour | None:
    """Of `rgb`, `rrggbb`, or these with an `f` or `ff` behind, which is fully opaque."""
    if not re.fullmatch(r"(?:[0-9a-f]{3}f?|[0-9a-f]{6}(?:ff)?)", digits):
        return None
    pairs = [digits[at : at + 2] for at in (0, 2, 4)]
    parts = pairs if len(digits) >= 6 else [digit * 2 for digit in digits[:3]]
    return Colour(*(int(part, 16) for part in parts))


def _called(function: str, arguments: str) -> Colour | None:
    parts = [_NUMBER.fullmatch(part) for part in re.split(r"[\s,/]+", arguments.strip())]
    found = [(float(part[1]), part[2] or "") for part in parts if part]
    if len(found) != len(parts) or len(found) not in (3, 4):
        return None
    opaque = {"": 1.0, "%": 100.0}
    if len(found) == 4 and found[3][0] < opaque.get(found[3][1], 1.0):
        return None
    return _FUNCTIONS[function](found[0], found[1], found[2])


_Number = tuple[float, str]
"""A number, and its unit."""


def _rgb(red: _Number, green: _Number, blue: _Number) -> Colour | None:
    return _clipped(_of(number, 255) for number in (red, green, blue))


def _hsl(hue: _Number, saturation: _Number, lightness: _Number) -> Colour | None:
    """CSS Color 4 §7.1."""
    turn, light = _angle(hue) % 360, lightness[0] / 100
    reach = saturation[0] / 100 * min(light, 1 - light)

    def channel(shift: int) -> float:
        at = (shift + turn / 30) % 12
        return light - reach * max(-1.0, min(at - 3, 9 - at, 1.0))

    return _clipped(map(channel, (0, 8, 4)))


def _oklch(lightness: _Number, chroma: _Number, hue: _Number) -> Colour | None:
    # 100 % of chroma is 0.4: CSS Color 4 §9.3.
    amount = chroma[0] * 0.004 if chroma[1] == "%" else chroma[0]
    light = min(1.0, max(0.0, _of(lightness, 1)))
    return _clipped(_channels(Oklch(light, max(0.0, amount), _angle(hue))))


def _of(number: _Number, whole: float) -> float:
    """The number as a part of a whole, which 100 % is too."""
    value, unit = number
    return value / 100 if unit == "%" else value / whole


def _angle(number: _Number) -> float:
    value, unit = number
    return value * _TURNS.get(unit, 1.0)


_FUNCTIONS: Mapping[str, Callable[[_Number, _Number, _Number], Colour | None]] = {
    "rgb": _rgb,
    "hsl": _hsl,
    "oklch": _oklch,
}
_LMS_OF_LINEAR = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_OKLAB_OF_LMS = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
_LMS_OF_OKLAB = (
    (0.3963377774, 0.2158037573),
    (-0.1055613458, -0.0638541728),
    (-0.0894841775, -1.2914855480),
)
_LINEAR_OF_LMS = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)

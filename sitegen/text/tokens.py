"""The tokens of a style sheet: the colours, fonts and widths that a site may change.

Each is a line of `theme/styles/tokens.css`, which is where they are declared and explained:

    --accent: light-dark(#0a6350, #74d3b0); /* links */
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

TOKENS = "tokens.css"
"""The part of the theme's style sheet that declares them."""

_DECLARATION = re.compile(r"^\s*--([\w-]+): (.+); /\* (.+) \*/$", re.MULTILINE)
_BOTH = re.compile(r"light-dark\((.+), (.+)\)")


class ThemeToken(NamedTuple):
    name: str
    """Without the dashes."""
    light: str
    dark: str
    """Its values as CSS, on light pages and on dark ones; the same for fonts and widths."""
    meaning: str


def tokens_in(sheet: str) -> Mapping[str, ThemeToken]:
    """The tokens that a style sheet declares and explains, by name, in their order."""
    found = (_token(*declaration.groups()) for declaration in _DECLARATION.finditer(sheet))
    return {token.name: token for token in found}


def _token(name: str, value: str, meaning: str) -> ThemeToken:
    both = _BOTH.fullmatch(value)
    light, dark = both.groups() if both else (value, value)
    return ThemeToken(name, light, dark, meaning)

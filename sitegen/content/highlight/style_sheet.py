"""The style sheet that colours code, for light and dark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pygments.style import _StyleDict


Rules = dict[str, dict[str, str]]
"""CSS declarations by token class."""


INKLESS = "w"
"""The class of white space. A colour does not show on it, and would be the only one of Pygments'
`default` and `github-dark` below the contrast of WCAG 2.2 §1.4.3."""


def style_names() -> tuple[str, ...]:
    """The names of Pygments' styles, sorted: all distributions are asked for theirs, in 17 ms."""
    from pygments.styles import get_all_styles

    return tuple(sorted(get_all_styles()))


def style_sheet(light: str, dark: str) -> str:
    """The CSS of `.highlight` in both styles; the reader's system chooses, but paper is light.

    Raises ValueError for a style that Pygments does not find: one that is not in `style_names()`.
    """
    day, night = _rules(light), _rules(dark)
    both = {name: _over(day.get(name, {}), night.get(name, {})) for name in day | night}
    scheme = "".join(f"  {rule}\n" for rule in _css(both))
    sheet = "".join(f"{rule}\n" for rule in _css(day))
    return f"{sheet}@media screen and (prefers-color-scheme: dark) {{\n{scheme}}}\n"


def _over(below: dict[str, str], above: dict[str, str]) -> dict[str, str]:
    """The declarations `above`, with nothing of those `below` showing through."""
    return dict.fromkeys(below, "unset") | above


def _rules(style: str) -> Rules:
    """The declarations of a style by token class; those of the whole block have an empty class."""
    from pygments.styles import get_style_by_name
    from pygments.token import STANDARD_TYPES, Token

    looks = get_style_by_name(style)
    background = looks.background_color
    ink = looks.style_for_token(Token)["color"]
    block = {"background-color": background, "color": f"#{ink}" if ink else _ink(background)}
    rules = {
        name: _declarations(look, block)
        for token, look in looks
        if (name := STANDARD_TYPES.get(token)) and name != INKLESS
    }
    return {"": block} | {name: rule for name, rule in rules.items() if rule}


def _declarations(look: _StyleDict, block: dict[str, str]) -> dict[str, str]:
    """What a token's look adds to the look of the block around it."""
    declarations = {
        "background-color": look["bgcolor"] and f"#{look['bgcolor']}",
        "border": look["border"] and f"1px solid #{look['border']}",
        "color": look["color"] and f"#{look['color']}",
        "font-style": look["italic"] and "italic",
        "font-weight": look["bold"] and "bold",
        "text-decoration": look["underline"] and "underline",
    }
    return {key: value for key, value in declarations.items() if value and block.get(key) != value}


def _ink(background: str) -> str:
    """Black or white, whichever has more contrast, for a style without a text colour."""
    digits = re.sub(r"^#(.)(.)(.)$", r"#\1\1\2\2\3\3", background)
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", digits):
        return "inherit"
    red, green, blue = bytes.fromhex(digits[1:])
    return "#000000" if 299 * red + 587 * green + 114 * blue > 127_500 else "#ffffff"


def _css(rules: Rules) -> Iterator[str]:
    """One line for all classes that look alike, in the order of their names."""
    alike: dict[str, list[str]] = {}
    for name in sorted(rules):
        looks = "; ".join(f"{key}: {value}" for key, value in sorted(rules[name].items()))
        alike.setdefault(looks, []).append(f".{name}" if name else "")
    for looks, names in alike.items():
        classes = names[0] if len(names) == 1 else f":is({', '.join(names)})"
        yield f".highlight {classes}".rstrip() + f" {{ {looks} }}"

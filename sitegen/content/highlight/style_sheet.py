"""The style sheet that colours code, for light and dark."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitegen.content.highlight.rail import RAIL, rail_rules

if TYPE_CHECKING:
    from pygments.style import _StyleDict


Rules = dict[str, dict[str, str]]
"""CSS declarations by token class."""


LINES = {"--hit": "#d3a93a", "--plus": "#2e9e4f", "--minus": "#d9483b"}
"""The backgrounds of marked, added and deleted lines: what is mixed into that of the block."""
PAINT = ("background-color", "border-color", "color", "--faint", *LINES)
"""The declarations whose values are colours. `--faint` is that of line numbers."""
INKLESS = "w"
"""The class of white space. A colour does not show on it, and would be the only one of Pygments'
`default` and `github-dark` below the contrast of WCAG 2.2 §1.4.3."""


def style_names() -> tuple[str, ...]:
    """The theme's own style, and those of Pygments, sorted.

    All distributions are asked for theirs, in 17 ms.
    """
    from pygments.styles import get_all_styles

    return (RAIL, *sorted(get_all_styles()))


def style_sheet(light: str, dark: str) -> str:
    """The CSS of `.highlight` in both styles: which is seen, `color-scheme` decides.

    Bold and italics have no `light-dark()`. Where the styles differ in them, the same is asked of
    the reader's system, and of `data-scheme`, by which a reader overrides it. Paper is light.
    Raises ValueError for a style that is not in `style_names()`.
    """
    day, night = rules_of(light), rules_of(dark)
    names = dict.fromkeys((*day, *night))
    painted = {name: _painted(name, day, night) for name in names}
    letters = {name: _letters(day.get(name, {})) for name in names}
    others = {name: _over(letters[name], _letters(night.get(name, {}))) for name in names}
    sheet = _lines({name: letters[name] | painted[name] for name in names})
    if not any(others.values()):
        return sheet
    return (
        f"{sheet}@media screen and (prefers-color-scheme: dark) {{\n"
        f"{_lines(others, ':root:not([data-scheme=light]) ')}}}\n"
        f"@media screen {{\n{_lines(others, ':root[data-scheme=dark] ')}}}\n"
    )


def _painted(name: str, day: Rules, night: Rules) -> dict[str, str]:
    """The colours of a class, each for light and for dark; those of its block where it has none."""
    both = {}
    for key in (key for key in PAINT if key in day.get(name, {}) or key in night.get(name, {})):
        one, other = (
            rules.get(name, {}).get(key) or (rules[""][key] if key == "color" else "transparent")
            for rules in (day, night)
        )
        both[key] = one if one == other else f"light-dark({one}, {other})"
    return both


def _letters(look: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in look.items() if key not in PAINT}


def _over(below: dict[str, str], above: dict[str, str]) -> dict[str, str]:
    """What makes the declarations `below` those `above`."""
    both = dict.fromkeys(below, "unset") | above
    return {key: value for key, value in both.items() if below.get(key) != value}


def rules_of(style: str) -> Rules:
    """The declarations of a style by token class; those of the whole block have an empty class."""
    if style == RAIL:
        return rail_rules()
    from pygments.styles import get_style_by_name
    from pygments.token import STANDARD_TYPES, Token

    looks = get_style_by_name(style)
    background = looks.background_color
    ink = looks.style_for_token(Token)["color"]
    block = {"background-color": background, "color": f"#{ink}" if ink else _ink(background)}
    block["--faint"] = block["color"]
    block |= {key: f"color-mix(in srgb, {tint} 20%, {background})" for key, tint in LINES.items()}
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
        "border-color": look["border"] and f"#{look['border']}",
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


def _lines(rules: Rules, before: str = "") -> str:
    """One line for all classes that look alike, in the order of their names."""
    alike: dict[str, list[str]] = {}
    for name in sorted(name for name in rules if rules[name]):
        looks = "; ".join(_declared(*pair) for pair in sorted(rules[name].items()))
        alike.setdefault(looks, []).append(f".{name}" if name else "")
    return "".join(
        f"{before}.highlight {_any_of(names)}".rstrip() + f" {{ {looks} }}\n"
        for looks, names in alike.items()
    )


def _any_of(classes: list[str]) -> str:
    return classes[0] if len(classes) == 1 else f":is({', '.join(classes)})"


def _declared(key: str, value: str) -> str:
    return f"border: 1px solid {value}" if key == "border-color" else f"{key}: {value}"

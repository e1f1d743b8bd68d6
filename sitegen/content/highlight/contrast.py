"""How readable a style of Pygments is, by the contrast of its colours (WCAG 2.2 §1.4.3)."""

from __future__ import annotations

from typing import NamedTuple

from sitegen.content.highlight.rail import RAIL
from sitegen.content.highlight.style_sheet import rules_of, style_names
from sitegen.text.colours import colour, contrast, luminance

LEAST = 4.5
_MIDDLE = 0.18
"""The luminance of a ground that is as far from black as from white."""


class FaintToken(NamedTuple):
    """A kind of token whose colour is hard to read."""

    contrast: float
    name: str
    """As Pygments writes it: `Comment`, `Literal.Number`."""


def faint_tokens(style: str) -> tuple[FaintToken, ...]:
    """The kinds of tokens with a contrast below `LEAST`, the lowest first.

    Of kinds that look alike, the one whose name is shortest. What is seen on marked lines is not
    looked at: hardly any style of Pygments would pass. The theme's own style has the colours of
    `[theme]`, which are checked there.
    """
    if style == RAIL:
        return ()
    from pygments.token import STANDARD_TYPES

    names = {short: str(token).removeprefix("Token.") for token, short in STANDARD_TYPES.items()}
    rules = rules_of(style)
    alike: dict[tuple[float, str], str] = {}
    for short, rule in rules.items():
        ink, ground = (rule.get(key) or rules[""][key] for key in ("color", "background-color"))
        one, other = colour(ink), colour(ground)
        if one and other and (found := contrast(one, other)) < LEAST:
            look, name = (found, f"{one} {other}"), names.get(short, "")
            alike[look] = min(alike.get(look, name), name, key=lambda each: (len(each), each))
    return tuple(sorted(FaintToken(found, name) for (found, _), name in alike.items()))


def readable_styles(like: str) -> tuple[str, ...]:
    """The names of the styles without faint tokens that are light, or dark, like this one."""
    is_dark = _is_dark(like)
    return tuple(
        name
        for name in style_names()
        if name == RAIL or (_is_dark(name) == is_dark and not faint_tokens(name))
    )


def _is_dark(style: str) -> bool:
    ground = colour(rules_of(style)[""]["background-color"])
    return bool(ground and luminance(ground) < _MIDDLE)

"""The style of the theme for code: token classes of Pygments in the colours of `tokens.css`.

One hue means the same in both schemes, and what a reader looks for has one: names that are defined,
texts, numbers. All else is ink. A site changes a colour as it does any token.
"""

from __future__ import annotations

from collections.abc import Mapping

RAIL = "rail"
"""Its name, in `[highlight]`."""

_COLOURS: Mapping[str, str] = {
    "code-keyword": "k kc kd kn kp kr ow",
    "code-function": "nf fm nt gu",
    "code-class": "nc nd nn ne na cp",
    "code-string": "s sa sb sc dl sd s2 sh s1 ss sx sr cpf",
    "code-number": "m mb mf mh mi il mo l ld no nl py se si",
    "code-builtin": "nb bp kt nv vc vg vi vm",
    "code-comment": "c ch cm c1 cs",
    "code-operator": "o p",
    "code-error": "err gr gt",
    "muted": "gp go",
}
"""By the token of the style sheet: the short names of Pygments' tokens."""
_BLOCK = {
    "background-color": "sunk",
    "color": "ink",
    "--faint": "muted",
    "--hit": "marked",
    "--plus": "added",
    "--minus": "deleted",
}
"""Of the whole block, its line numbers, and its marked, added and deleted lines."""
_LETTERS: Mapping[tuple[str, str], str] = {
    ("font-weight", "600"): "k kc kd kn kp kr ow gh gs ges",
    ("font-style", "italic"): "c ch cm c1 cs ge ges",
}


def rail_rules() -> dict[str, dict[str, str]]:
    """CSS declarations by token class; those of the whole block have an empty class."""
    rules = {"": {key: f"var(--{token})" for key, token in _BLOCK.items()}}
    given = (
        *(("color", f"var(--{token})", names) for token, names in _COLOURS.items()),
        *((key, value, names) for (key, value), names in _LETTERS.items()),
    )
    for key, value, names in given:
        for name in names.split():
            rules.setdefault(name, {})[key] = value
    return rules

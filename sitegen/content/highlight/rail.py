"""The style of code that the theme has: each kind of token in a colour of the style sheet.

Its colours are tokens of `theme/styles/tokens.css`, each for light and dark at once, so that a site
can change them, and a keyword is of the same hue in both.
"""

from __future__ import annotations

RAIL_STYLE = "rail"

_LOOKS = {
    "keyword": ("k kc kd kn kp kr ow", {"font-weight": "600"}),
    "function": ("fm nf nt", {}),
    "class": ("cp gh gu na nc nd ne nl nn ni", {}),
    "string": ("dl s s1 s2 sa sb sc sd sh sr ss sx", {}),
    "number": ("il l ld m mb mf mh mi mo no se si", {}),
    "builtin": ("bp kt nb vm", {}),
    "comment": ("c c1 ch cm cpf cs", {"font-style": "italic"}),
    "operator": ("gp o p", {}),
    "error": ("err gr gt", {}),
}
"""By the last part of a colour's name: Pygments' classes, and what else they look like."""

RAIL = {
    "": {
        "background-color": "var(--sunk)",
        "color": "var(--ink)",
        "--faint": "var(--muted)",
        "--hit": "var(--marked)",
        "--plus": "var(--added)",
        "--minus": "var(--deleted)",
    },
    "ge": {"font-style": "italic"},
    "go": {"color": "var(--soft)"},
    "gs": {"font-weight": "600"},
} | {
    name: {"color": f"var(--code-{colour})"} | looks
    for colour, (names, looks) in _LOOKS.items()
    for name in names.split()
}
"""CSS declarations by token class, as of Pygments' styles."""

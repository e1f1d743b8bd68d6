"""Code as HTML, token for token what Pygments gives, and the style sheets that colour it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from sitegen.diagnostics import did_you_mean

if TYPE_CHECKING:
    from pygments.lexer import Lexer
    from pygments.style import _StyleDict

Rules = dict[str, dict[str, str]]
"""CSS declarations by token class."""

SPELLINGS = {
    "cts": "typescript",
    "gql": "graphql",
    "jinja2": "jinja",
    "jsonc": "json",
    "mts": "typescript",
    "no-highlight": "text",
    "nohighlight": "text",
    "none": "text",
    "plain": "text",
    "plaintext": "text",
    "terminal": "console",
    "txt": "text",
    "vimscript": "vim",
}
"""Names that blogs give to languages, where Pygments has another one."""

INKLESS = "w"
"""The class of white space. A colour does not show on it, and would be the only one of Pygments'
`default` and `github-dark` below the contrast of WCAG 2.2 §1.4.3."""


def highlight(code: str, language: str) -> str | None:
    """The code as spans with Pygments' short classes, or None for a language it does not know.

    The text is the author's, leading and trailing blank lines included; a last line that lacks its
    newline gets one.
    """
    lexer = _lexer_class(language)
    if lexer is None:
        return None
    from sitegen.spans import spans

    return spans(lexer(stripnl=False).get_tokens(code))


def suggestion(language: str) -> str | None:
    """The hint that names the known language nearest to an unknown one, or None."""
    return did_you_mean(language.lower(), _languages())


@cache
def _lexer_class(language: str) -> type[Lexer] | None:
    """The lexer of that alias, else of files with that extension."""
    from pygments.lexers import find_lexer_class_by_name, find_lexer_class_for_filename
    from pygments.util import ClassNotFound

    from sitegen.lexing import quick

    name = SPELLINGS.get(language.lower(), language)
    try:
        return quick(find_lexer_class_by_name(name))
    except ClassNotFound:
        lexer = find_lexer_class_for_filename(f"code.{name}")
        return quick(lexer) if lexer else None


@cache
def _languages() -> tuple[str, ...]:
    from pygments.lexers import get_all_lexers

    return tuple(sorted({alias for lexer in get_all_lexers() for alias in lexer[1]}))


def style_names() -> tuple[str, ...]:
    """The names of Pygments' styles, sorted."""
    from pygments.styles import get_all_styles

    return tuple(sorted(get_all_styles()))


def style_sheet(light: str, dark: str) -> str:
    """The CSS of `.highlight` in both styles; the reader's system chooses, but paper is light.

    Raises ValueError with the style's name for one that is not in `style_names()`.
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
    if style not in style_names():
        raise ValueError(style)
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
    """Black or white, what stands out more, for a style that names no colour of its own."""
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

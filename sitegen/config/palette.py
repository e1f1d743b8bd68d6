"""The values of tokens that a site's `[theme]` gives, and those that they have then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

from sitegen.config.schema import SCHEMES
from sitegen.text.colours import Colour, colour, contrast, nearest
from sitegen.text.tokens import ThemeToken

Tokens: TypeAlias = Mapping[str, ThemeToken]
"""By name."""
Scheme: TypeAlias = Mapping[str, Colour]
"""The colours of all tokens that are colours, by name, on light pages or on dark ones."""

TEXT_CONTRAST, EDGE_CONTRAST = 4.5, 3.0
"""The least contrast of text, and of what shows where a control is: WCAG 2.2 §1.4.3, §1.4.11."""
GROUNDS = ("paper", "raised", "sunk", "marked", "added", "deleted")
"""The tokens that text is on."""
EDGES = ("edge", "marked-edge")
GROUNDS_OF_EDGES = ("paper", "raised", "sunk")
DECORATION = ("line",)
"""The tokens whose colours nothing depends on. Every colour that is in none of these is text."""


def is_colour(token: ThemeToken) -> bool:
    """Whether a token is a colour of its own, or that of another; else it is a font or a width."""
    return token.light.startswith("var(") or colour(token.light) is not None


class Given(NamedTuple):
    """A value that `[theme]` gives to a token on light pages, or on dark ones."""

    scheme: str
    token: str
    value: str
    keys: tuple[str | int, ...]
    """Where it is written, in `[theme]`."""


def given_in(
    accent: tuple[str, ...], light: Mapping[str, str], dark: Mapping[str, str]
) -> Iterator[Given]:
    """What these keys of `[theme]` give: all but colours that follow from others."""
    for at, (scheme, value) in enumerate(zip(SCHEMES, accent, strict=False)):
        yield Given(scheme, "accent", value, ("accent", at))
    for scheme, table in (("light", light), ("dark", dark)):
        for token, value in table.items():
            yield Given(scheme, token, value, (scheme, token))


def colours_of(scheme: str, tokens: Tokens, given: Mapping[str, str]) -> Scheme:
    """The colours of the tokens on light or on dark pages, where some are given values.

    A token that has the value of another, and is given none, is left out: it is checked there.
    """
    found = {}
    for token in tokens.values():
        default = token.light if scheme == "light" else token.dark
        if (read := colour(given.get(token.name, default))) is not None:
            found[token.name] = read
    return found


class Pair(NamedTuple):
    """Two colours that are seen on each other."""

    other: str
    """The token of the other colour."""
    least: float
    """The contrast that they need."""


def pairs_of(token: str, colours: Scheme) -> Iterator[Pair]:
    """What the colour of a token is seen on, or what is seen on it."""
    if token in EDGES:
        yield from (Pair(ground, EDGE_CONTRAST) for ground in GROUNDS_OF_EDGES)
    elif token not in GROUNDS:
        if token not in DECORATION:
            yield from (Pair(ground, TEXT_CONTRAST) for ground in GROUNDS)
    else:
        for other in colours:
            if other not in (*GROUNDS, *DECORATION, *EDGES):
                yield Pair(other, TEXT_CONTRAST)
            elif other in EDGES and token in GROUNDS_OF_EDGES:
                yield Pair(other, EDGE_CONTRAST)


def reaches(one: Colour, token: str, colours: Scheme) -> bool:
    """Whether a colour has the contrast that the colour of a token needs, with all others."""
    return all(
        contrast(one, colours[pair.other]) >= pair.least for pair in pairs_of(token, colours)
    )


def nearest_for(token: str, colours: Scheme) -> Colour | None:
    """The colour for a token that is nearest to the one it has, with all the contrast it needs."""
    return nearest(colours[token], lambda one: reaches(one, token, colours))


def values_by_scheme(
    tokens: Tokens, accent: tuple[str, ...], light: Mapping[str, str], dark: Mapping[str, str]
) -> Mapping[str, Mapping[str, str]]:
    """What these keys of `[theme]` give to tokens on light pages and on dark ones, by name."""
    given: dict[str, dict[str, str]] = {scheme: {} for scheme in SCHEMES}
    for each in given_in(accent, light, dark):
        given[each.scheme][each.token] = each.value
    if len(accent) == 1 and "accent" not in dark:
        given["dark"]["accent"] = _accent_in_dark(tokens, accent[0], dark)
    return given


def css_values(
    tokens: Tokens, accent: tuple[str, ...], light: Mapping[str, str], dark: Mapping[str, str]
) -> Mapping[str, str]:
    """The values of the tokens that these keys of `[theme]` give values to, as CSS, by name."""
    given = values_by_scheme(tokens, accent, light, dark)
    return {
        name: _value(tokens[name], given["light"].get(name), given["dark"].get(name))
        for name in dict.fromkeys((*given["light"], *given["dark"]))
    }


def _accent_in_dark(tokens: Tokens, accent: str, dark: Mapping[str, str]) -> str:
    """The accent of dark pages where only that of light ones is given: the nearest to it."""
    colours = colours_of("dark", tokens, {**dark, "accent": accent})
    return str(nearest_for("accent", colours) or accent)


def _value(token: ThemeToken, light: str | None, dark: str | None) -> str:
    """The value of a token; a font or a width has only one."""
    if light is not None and not is_colour(token):
        return light
    return f"light-dark({light or token.light}, {dark or token.dark})"

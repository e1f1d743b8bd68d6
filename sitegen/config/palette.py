"""The values of tokens that a site's `[theme]` gives, and those that they have then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

from sitegen.text.colours import Colour, colour, contrast, nearest
from sitegen.text.tokens import Token

Tokens: TypeAlias = Mapping[str, Token]
"""By name."""
Scheme: TypeAlias = Mapping[str, Colour]
"""The colours of all tokens that are colours, by name, on light pages or on dark ones."""

SCHEMES = ("light", "dark")
TEXT, EDGE = 4.5, 3.0
"""The least contrast of text, and of what shows where a control is: WCAG 2.2 §1.4.3, §1.4.11."""
GROUNDS = ("paper", "raised", "sunk", "marked", "added", "deleted")
"""The tokens that text is on."""
EDGES = ("edge", "marked-edge")
GROUNDS_OF_EDGES = ("paper", "raised", "sunk")
DECORATION = ("line",)
"""The tokens whose colours nothing depends on. Every colour that is in none of these is text."""


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
    """The colours of the tokens on light or on dark pages, where some are given values."""
    found = {}
    for token in tokens.values():
        at = token
        while at.name not in given and at.other:
            at = tokens[at.other]
        value = given.get(at.name) or (at.light if scheme == "light" else at.dark)
        if (read := colour(value)) is not None:
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
        yield from (Pair(ground, EDGE) for ground in GROUNDS_OF_EDGES)
    elif token not in GROUNDS:
        if token not in DECORATION:
            yield from (Pair(ground, TEXT) for ground in GROUNDS)
    else:
        for other in colours:
            if other not in (*GROUNDS, *DECORATION, *EDGES):
                yield Pair(other, TEXT)
            elif other in EDGES and token in GROUNDS_OF_EDGES:
                yield Pair(other, EDGE)


def reaches(one: Colour, token: str, colours: Scheme) -> bool:
    """Whether a colour has the contrast that the colour of a token needs, with all others."""
    return all(
        contrast(one, colours[pair.other]) >= pair.least for pair in pairs_of(token, colours)
    )


def nearest_for(token: str, colours: Scheme) -> Colour | None:
    """The colour for a token that is nearest to the one it has, with all the contrast it needs."""
    return nearest(colours[token], lambda one: reaches(one, token, colours))

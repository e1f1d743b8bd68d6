"""What is wrong with the values that `[theme]` gives to tokens: unknown names, no colours, and
colours on which, or in which, nobody could read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from math import floor

from sitegen.config.palette import (
    GROUNDS,
    Given,
    Pair,
    Scheme,
    Tokens,
    colours_of,
    given_in,
    is_colour,
    nearest_for,
    pairs_of,
)
from sitegen.config.schema import SCHEMES
from sitegen.data.diagnostics import at_key, at_value, unfit
from sitegen.data.tree import Tree, shortened
from sitegen.model.diagnostics import Diagnostic
from sitegen.text.colours import colour, contrast
from sitegen.text.spelling import did_you_mean

COLOUR_FORMS = "write it as '#rrggbb', a name, rgb(), hsl() or oklch(), without transparency"
IN_ONE_DECLARATION = re.compile(
    r"(?:[^;{}<>\\\"'()]|\"[^\"\n\\]*\"|'[^'\n\\]*'|\([^;{}<>\\()]*\))+"
)
"""A value of CSS that cannot end the declaration it is in."""


def misfits_of_theme(
    tree: Tree, theme: Mapping[str, object], tokens: Tokens
) -> Iterator[Diagnostic]:
    """The problems of the tokens in the table `[theme]`: SG002, SG003, and SG014 for contrast."""
    given = tuple(_given(theme))
    unusable = tuple(_unusable(tree, given, tokens))
    yield from unusable
    if not unusable:
        for scheme in SCHEMES:
            values = {each.token: each for each in given if each.scheme == scheme}
            yield from _too_faint(tree, scheme, values, tokens)


def _given(theme: Mapping[str, object]) -> Iterator[Given]:
    """What the table gives, as far as its values are texts: what is none is reported elsewhere."""
    accent, light, dark = (theme.get(key) for key in ("accent", *SCHEMES))
    texts = accent if isinstance(accent, tuple) else ()
    for each in given_in(texts, *(t if isinstance(t, Mapping) else {} for t in (light, dark))):
        if isinstance(each.value, str):
            yield each


def _unusable(tree: Tree, given: tuple[Given, ...], tokens: Tokens) -> Iterator[Diagnostic]:
    seen = set()
    for each in given:
        path = ("theme", *each.keys)
        token = tokens.get(each.token)
        if token is None:
            message = f"unknown token '{shortened(each.token)}' in '[theme.{each.scheme}]'"
            yield at_key(tree, path, message, "SG002", did_you_mean(each.token, tokens))
        elif (each.scheme, each.token) in seen:
            message = f"'{each.token}' has its {each.scheme} value from 'accent' already"
            yield at_key(tree, path, message, "SG003", "remove this line, or that of 'accent'")
        elif is_colour(token):
            if colour(each.value) is None:
                yield unfit(tree, path, "a colour", "SG003", COLOUR_FORMS)
        elif each.scheme == "dark":
            message = f"'{each.token}' is no colour, and the same on light pages and on dark ones"
            yield at_key(tree, path, message, "SG003", "write it below [theme.light]")
        elif not IN_ONE_DECLARATION.fullmatch(each.value):
            yield unfit(tree, path, "a value of CSS, without ';'", "SG003")
        seen.add((each.scheme, each.token))


def _too_faint(
    tree: Tree, scheme: str, given: Mapping[str, Given], tokens: Tokens
) -> Iterator[Diagnostic]:
    """SG014 for each given colour that has too little contrast with another.

    Of a pair that is given both, the text is to blame: what it is on was chosen before it.
    """
    colours = colours_of(scheme, tokens, {name: each.value for name, each in given.items()})
    of_theme = {name: found for name, found in colours.items() if name not in given}
    for name in filter(colours.__contains__, given):
        others = of_theme | {name: colours[name]} if name in GROUNDS else colours
        reached = {
            pair: contrast(colours[name], others[pair.other]) for pair in pairs_of(name, others)
        }
        worst = min(reached, key=lambda pair: reached[pair] / pair.least, default=None)
        if worst and reached[worst] < worst.least:
            message = _message(given[name], worst, reached[worst], colours)
            better = nearest_for(name, others)
            hint = (
                f"write '{better}', the nearest that has enough"
                if better
                else "no lightness of it has enough with all of these; make them more alike"
            )
            yield at_value(tree, ("theme", *given[name].keys), message, "SG014", hint)


def _message(given: Given, pair: Pair, reached: float, colours: Scheme) -> str:
    # Rounded down, so that it is never what would be enough.
    ratio, other = floor(reached * 100) / 100, f"{pair.other} ({colours[pair.other]})"
    if given.token in GROUNDS:
        return (
            f"on '{given.value}', {other} has a contrast of {ratio:.2f}, and needs {pair.least:g}"
        )
    return f"'{given.value}' has a contrast of {ratio:.2f} on {other}, and needs {pair.least:g}"

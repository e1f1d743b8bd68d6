"""The colours of `[theme]`: none is accepted that somebody could not read."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.config.load import load
from sitegen.config.palette import (
    DECORATION,
    EDGES,
    GROUNDS,
    GROUNDS_OF_EDGES,
    colours_of,
    css_values,
    is_colour,
    pairs_of,
)
from sitegen.config.schema import SCHEMES
from sitegen.model.diagnostics import Diagnostic
from sitegen.sources.discover import tokens_of_theme
from sitegen.text.colours import Colour, colour, contrast

TOKENS = tokens_of_theme()
TEXTS = [
    name
    for name, token in TOKENS.items()
    if is_colour(token) and name not in (*GROUNDS, *EDGES, *DECORATION)
]
COLOURS = st.builds(Colour, *[st.integers(0, 255)] * 3).map(str)


def problems(text: str) -> tuple[Diagnostic, ...]:
    return load(text, tokens=lambda: TOKENS)[1]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_colour_of_the_theme_has_its_contrast(scheme: str) -> None:
    colours = colours_of(scheme, TOKENS, {})
    faint = {
        f"{token} on {pair.other}": round(reached, 2)
        for token in colours
        for pair in pairs_of(token, colours)
        if (reached := contrast(colours[token], colours[pair.other])) < pair.least
    }
    assert faint == {}


def test_the_tokens_that_are_no_text_are_those_of_the_style_sheet() -> None:
    assert {*GROUNDS, *EDGES, *DECORATION} <= TOKENS.keys()
    assert {*GROUNDS_OF_EDGES} <= {*GROUNDS}
    assert len(TEXTS) > 12


def test_a_token_has_the_colour_of_another_only() -> None:
    """`is_colour` relies on it."""
    others = {token.light[6:-1] for token in TOKENS.values() if token.light.startswith("var(")}
    assert all(colour(TOKENS[other].light) for other in others)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_that_is_like_the_page_is_an_error(scheme: str, text: str) -> None:
    value = TOKENS["raised"].light if scheme == "light" else TOKENS["raised"].dark
    (problem,) = problems(f"[theme.{scheme}]\n{text} = '{value}'")
    assert (problem.code, problem.line, problem.column) == ("SG014", 2, len(text) + 4)
    assert problem.length == len(value) + 2


def test_the_message_names_the_contrast_the_other_colour_and_the_nearest_that_passes() -> None:
    (problem,) = problems("[theme]\naccent = ['#0a6350', '#3a7a60']")
    assert problem.message == "'#3a7a60' has a contrast of 2.61 on marked (#33301a), and needs 4.5"
    assert problem.hint == "write '#63a387', the nearest that has enough"
    assert (problem.line, problem.column) == (2, 22)


def test_what_text_is_on_is_to_blame_where_the_text_is_that_of_the_theme() -> None:
    (problem,) = problems("[theme.light]\npaper = '#999999'")
    assert problem.message.startswith("on '#999999', edge (#8a857a) has a contrast of 1.")
    assert problem.message.endswith(", and needs 3")


def test_text_is_to_blame_where_both_are_given() -> None:
    (problem,) = problems("[theme.light]\nink = '#777777'\npaper = '#fdfdfd'")
    assert problem.line == 2


def test_what_decorates_needs_no_contrast() -> None:
    assert problems("[theme.light]\nline = 'white'") == ()


def test_no_lightness_may_be_enough() -> None:
    """Between ground that is light and ground that is dark, there is no text for both."""
    text = "[theme.light]\npaper = '#ffffff'\nsunk = '#000000'\nink = '#808080'"
    ink = next(problem for problem in problems(text) if problem.line == 4)
    assert ink.hint == "no lightness of it has enough with all of these; make them more alike"


@pytest.mark.parametrize("scheme", SCHEMES)
@given(token=st.sampled_from([*TEXTS, *GROUNDS, *EDGES]), value=COLOURS)
def test_a_hint_that_is_obeyed_leaves_nothing_to_report(
    scheme: str, token: str, value: str
) -> None:
    found = problems(f"[theme.{scheme}]\n{token} = '{value}'")
    for problem in found:
        suggested = re.fullmatch(r"write '(.+)', the nearest that has enough", problem.hint or "")
        assert suggested
        assert problems(f"[theme.{scheme}]\n{token} = '{suggested[1]}'") == ()


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [
        ("[theme.light]\npapr = '#fff'", "SG002", "did you mean 'paper'?"),
        ("[theme.light]\n'--paper' = '#fff'", "SG002", "did you mean 'paper'?"),
        ("[theme.dark]\nzzz = '#fff'", "SG002", None),
        (
            "[theme.light]\npaper = 'lab(100 0 0)'",
            "SG003",
            "write it as '#rrggbb', a name, rgb(), hsl() or oklch(), without transparency",
        ),
        ("[theme.dark]\nmeasure = '30rem'", "SG003", "write it below [theme.light]"),
        ("[theme.light]\nserif = 'x; } body { display: none'", "SG003", None),
        (
            "[theme]\naccent = ['#0a6350']\n[theme.light]\naccent = '#0a6350'",
            "SG003",
            "remove this line, or that of 'accent'",
        ),
        ("[theme]\naccent = ['#000', '#fff', '#000']", "SG003", None),
    ],
)
def test_what_is_no_value_of_a_token_is_one_error(text: str, code: str, hint: str | None) -> None:
    (problem,) = problems(text)
    assert (problem.code, problem.hint) == (code, hint)
    assert (problem.line, problem.path) == (text.count("\n") + 1, "sitegen.toml")


@pytest.mark.parametrize(
    "value",
    [
        "30rem",
        "Georgia, serif",
        "'Source Serif 4', \"Noto Serif\", serif",
        "clamp(1rem, 2vw, 3rem)",
    ],
)
def test_fonts_and_widths_are_given_once(value: str) -> None:
    assert problems(f'[theme.light]\nserif = """{value}"""') == ()
    assert css_values(TOKENS, (), {"serif": value}, {}) == {"serif": value}


def test_a_colour_of_one_scheme_leaves_that_of_the_other() -> None:
    assert css_values(TOKENS, (), {"paper": "white"}, {"ink": "#eee"}) == {
        "paper": "light-dark(white, #131618)",
        "ink": "light-dark(#1a1d21, #eee)",
    }


def test_accent_may_be_one_for_both_schemes() -> None:
    """That of dark pages is the nearest of its hue that can be read there."""
    assert css_values(TOKENS, ("#0a6350", "#74d3b0"), {}, {}) == {
        "accent": "light-dark(#0a6350, #74d3b0)"
    }
    own = css_values(TOKENS, ("#8a3b12",), {}, {})["accent"]
    assert (dark := re.fullmatch(r"light-dark\(#8a3b12, (#\w{6})\)", own))
    assert problems(f"[theme]\naccent = ['#8a3b12', '{dark[1]}']") == ()


def test_a_wrong_type_is_reported_once() -> None:
    found = problems("[theme]\naccent = [5]\nlight = { paper = 1 }")
    assert [(each.code, each.line) for each in found] == [("SG003", 2), ("SG003", 3)]

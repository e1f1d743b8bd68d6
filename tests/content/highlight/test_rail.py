"""The theme's own style for code."""

from __future__ import annotations

import re

from pygments.token import STANDARD_TYPES

from sitegen.config.schema import HighlightConfig
from sitegen.content.highlight.rail import _COLOURS, RAIL, rail_rules
from sitegen.content.highlight.style_sheet import style_names, style_sheet
from sitegen.sources.discover import tokens_of_theme


def test_it_is_the_style_of_a_site_that_chooses_none() -> None:
    assert HighlightConfig() == HighlightConfig(RAIL, RAIL)
    assert RAIL in style_names()


def test_its_classes_are_those_of_pygments_each_with_one_colour() -> None:
    names = " ".join(_COLOURS.values()).split()
    assert len(names) == len(set(names))
    assert rail_rules().keys() - {""} <= {*STANDARD_TYPES.values()}


def test_its_colours_are_tokens_whose_contrast_is_checked() -> None:
    """`tests/config/test_contrast.py` has each of them on all that code is on."""
    sheet = style_sheet(RAIL, RAIL)
    used = re.findall(r"var\(--([\w-]+)\)", sheet)
    assert {*used} <= tokens_of_theme().keys()
    assert "#" not in sheet
    assert "@media" not in sheet


def test_it_goes_with_a_style_of_pygments() -> None:
    sheet = style_sheet(RAIL, "monokai")
    assert "; background-color: light-dark(var(--sunk), #272822)" in sheet
    assert "--plus: light-dark(var(--added), color-mix(in srgb, #2e9e4f 20%, #272822))" in sheet
    assert "light-dark(var(--code-string), #e6db74)" in sheet

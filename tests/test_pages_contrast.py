"""The colours of the theme have enough contrast, light and dark: WCAG 2.2, 1.4.3 and 1.4.11."""

from __future__ import annotations

import re

import pytest

from sitegen.text.colours import Colour, colour, contrast
from tests.conftest import ROOT

TOKENS = (ROOT / "sitegen/theme/styles/tokens.css").read_text("utf-8")
PAIRS = dict(re.findall(r"--([\w-]+): light-dark\((.+?)\);", TOKENS))
BACKGROUNDS = ("paper", "raised", "sunk")
LINES_OF_CODE = ("marked", "added", "deleted")
TEXTS = ("ink", "soft", "muted", "accent", *(name for name in PAIRS if name.startswith("code-")))
CODE = ("ink", *(name for name in PAIRS if name.startswith("code-")))
EDGES = ("edge", "marked-edge")
CASES = [
    *((text, background, 4.5) for text in TEXTS for background in BACKGROUNDS),
    *((text, background, 4.5) for text in CODE for background in LINES_OF_CODE),
    *((edge, background, 3.0) for edge in EDGES for background in BACKGROUNDS),
]


def colours(token: str) -> list[Colour]:
    """That of a light page and that of a dark one."""
    found = [colour(value) for value in PAIRS[token].split(", ")]
    assert None not in found
    return [value for value in found if value]


@pytest.mark.parametrize(("front", "back", "least"), CASES)
def test_text_and_edges_have_enough_contrast(front: str, back: str, least: float) -> None:
    for one, other in zip(colours(front), colours(back), strict=True):
        assert contrast(one, other) >= least


def test_every_colour_of_text_is_judged() -> None:
    decoration = {"line", *LINES_OF_CODE, *BACKGROUNDS}
    assert set(PAIRS) == {*TEXTS, *EDGES, *decoration}

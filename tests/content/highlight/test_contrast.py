"""Which styles of code are readable: those of Pygments, judged one by one."""

from __future__ import annotations

import pytest

from sitegen.content.highlight.contrast import LEAST, faint_tokens, readable_styles
from sitegen.content.highlight.rail import RAIL
from sitegen.content.highlight.style_sheet import rules_of, style_names
from sitegen.text.colours import colour

STYLES = tuple(name for name in style_names() if name != RAIL)


@pytest.mark.parametrize("style", STYLES)
def test_every_style_is_judged(style: str) -> None:
    """No colour of any is one that cannot be read, or its contrast would not be known."""
    rules = rules_of(style)
    painted = [rule.get(key) for rule in rules.values() for key in ("color", "background-color")]
    assert all(colour(each) for each in painted if each)
    faint = faint_tokens(style)
    assert [*faint] == sorted(faint)
    assert all(1 <= token.contrast < LEAST and token.name for token in faint)
    assert (style in readable_styles(style)) == (faint == ())


def test_the_faintest_tokens_are_named_once_for_all_that_look_alike() -> None:
    faint = faint_tokens("dracula")
    assert [token.name for token in faint] == ["Generic.Deleted", "Generic.Output", "Comment"]
    assert round(faint[0].contrast, 2) == 1.45


def test_readable_styles_are_light_or_dark_like_the_one_that_is_not() -> None:
    assert {"rail", "default"} <= {*readable_styles("manni")}
    assert {"rail", "monokai"} <= {*readable_styles("dracula")}
    assert not {*readable_styles("manni")} & {"monokai", "friendly"}

"""Tokens, as a style sheet declares them."""

from __future__ import annotations

from sitegen.text.tokens import ThemeToken, tokens_in

SHEET = """
:root {
  --paper: light-dark(#ffffff, #000000); /* the background */
  --tip: var(--accent); /* a tip */
  --serif: Charter, serif; /* the font of prose */
  --inner: 1px;
}
.card { --own: 1px; /* not on a line of its own */ color: red; }
"""


def test_what_is_declared_and_explained_is_a_token() -> None:
    assert list(tokens_in(SHEET).values()) == [
        ThemeToken("paper", "#ffffff", "#000000", "the background"),
        ThemeToken("tip", "var(--accent)", "var(--accent)", "a tip"),
        ThemeToken("serif", "Charter, serif", "Charter, serif", "the font of prose"),
    ]

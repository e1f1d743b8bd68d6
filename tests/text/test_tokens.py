"""Tokens, as a style sheet declares them."""

from __future__ import annotations

from sitegen.text.tokens import Token, tokens_in

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
        Token("paper", "#ffffff", "#000000", "the background"),
        Token("tip", "var(--accent)", "var(--accent)", "a tip"),
        Token("serif", "Charter, serif", "Charter, serif", "the font of prose"),
    ]

"""How readable the styles of code are that `[highlight]` names."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor

from sitegen.config.load import at_key_of
from sitegen.config.schema import SCHEMES, HighlightConfig
from sitegen.model.diagnostics import Diagnostic

SHOWN = 3
"""Kinds of tokens that a message names."""


def faint_styles(text: str, given: HighlightConfig) -> Iterator[Diagnostic]:
    """SG019 for each style in the text of the configuration in which some code is hard to read."""
    if given == HighlightConfig():
        return
    from sitegen.content.highlight.contrast import LEAST, faint_tokens, readable_styles

    for scheme, style in zip(SCHEMES, (given.light, given.dark), strict=True):
        if not (faint := faint_tokens(style)):
            continue
        named = [f"{token.name} {floor(token.contrast * 100) / 100:.2f}" for token in faint[:SHOWN]]
        if len(faint) > SHOWN:
            named.append(f"and {len(faint) - SHOWN} more")
        message = f"code is hard to read in '{style}': {', '.join(named)} (text needs {LEAST})"
        hint = f"styles like it with enough contrast: {', '.join(readable_styles(style))}"
        problem = Diagnostic("SG019", message, hint=hint)
        yield at_key_of(text, ("highlight", scheme), problem)

"""Whether formulas can use the macros in `[math.macros]`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sitegen.config.load import at_key_of
from sitegen.content.markdown.mathml import wrong_macro
from sitegen.model.diagnostics import Diagnostic

_NAME = re.compile(r"[A-Za-z]+|[^A-Za-z\s\\]")


def wrong_macros(text: str, macros: Mapping[str, str]) -> Iterator[Diagnostic]:
    """SG003 for the macros in the text of the configuration that cannot be used."""
    unnamed = [name for name in macros if not _NAME.fullmatch(name)]
    for name in unnamed:
        hint = r"write its letters without a backslash, such as RR for \RR"
        yield _at(name, text, f"'{name}' is no name of a macro", hint)
    if macros and not unnamed and (wrong := wrong_macro(tuple(macros.items()))):
        yield _at(wrong[0], text, f"the macro '{wrong[0]}' cannot be read: {wrong[1]}", None)


def _at(name: str, text: str, message: str, hint: str | None) -> Diagnostic:
    return at_key_of(text, ("math", "macros", name), Diagnostic("SG003", message, hint=hint))

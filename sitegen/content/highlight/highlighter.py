"""Code as HTML, token for token what Pygments gives, and the style sheets that colour it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sitegen.text.spelling import did_you_mean

if TYPE_CHECKING:
    from pygments.lexer import Lexer


SPELLINGS = {
    "cts": "typescript",
    "gql": "graphql",
    "jinja2": "jinja",
    "jsonc": "json",
    "mts": "typescript",
    "no-highlight": "text",
    "nohighlight": "text",
    "none": "text",
    "plain": "text",
    "plaintext": "text",
    "terminal": "console",
    "txt": "text",
    "vimscript": "vim",
}
"""Names that blogs give to languages, where Pygments has another one."""


def highlight(code: str, language: str) -> str | None:
    """The code as spans with Pygments' short classes, or None for a language it does not know.

    The text is the author's, leading and trailing blank lines included; a last line that lacks its
    newline gets one.
    """
    lexer = _lexer_class(language)
    if lexer is None:
        return None
    from sitegen.content.highlight.fast.formatter import spans

    return spans(lexer(stripnl=False).get_tokens(code))


def suggestion(language: str) -> str | None:
    """The hint that names the known language nearest to an unknown one, or None."""
    return did_you_mean(language.lower(), _languages())


@cache
def _lexer_class(language: str) -> type[Lexer] | None:
    """The lexer of that alias, else of files with that extension."""
    from pygments.lexers import find_lexer_class_by_name, find_lexer_class_for_filename
    from pygments.util import ClassNotFound

    from sitegen.content.highlight.fast.lexer import quick

    name = SPELLINGS.get(language.lower(), language)
    try:
        return quick(find_lexer_class_by_name(name))
    except ClassNotFound:
        lexer = find_lexer_class_for_filename(f"code.{name}")
        return quick(lexer) if lexer else None


@cache
def _languages() -> tuple[str, ...]:
    from pygments.lexers import get_all_lexers

    return tuple(sorted({alias for lexer in get_all_lexers() for alias in lexer[1]}))

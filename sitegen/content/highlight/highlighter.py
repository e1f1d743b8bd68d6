"""Code as HTML, token for token what Pygments gives, and the style sheets that colour it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sitegen.text.spelling import Names

if TYPE_CHECKING:
    from pygments.lexer import Lexer


SPELLINGS = {
    "cts": "typescript",
    "gql": "graphql",
    "jinja2": "jinja",
    "jsonc": "json",
    "math": "tex",
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

WELL_KNOWN_LANGUAGES = (
    "applescript autohotkey batch clojure cmake coffeescript console cython django docker "
    "dockerfile elixir erlang fortran fsharp gherkin graphql groovy handlebars haskell html java "
    "javascript jinja json julia kotlin latex makefile markdown matlab nginx objective-c ocaml "
    "pascal perl plaintext postgresql powershell prolog protobuf puppet python python3 racket "
    "restructuredtext ruby rust scala scheme scss shell smalltalk solidity sparql swift terraform "
    "text toml typescript verilog vhdl xml yaml"
)
"""What people write in posts, separated by spaces."""


def highlight(code: str, language: str) -> str | None:
    """The code as spans with Pygments' short classes, or None for a language it does not know.

    The text is the author's, leading and trailing blank lines included; a last line that lacks its
    newline gets one.
    """
    kind = _lexer_class(language)
    if kind is None:
        return None
    from sitegen.content.highlight.fast.formatter import spans

    lexer = kind(stripnl=False)
    # Not `get_tokens`, which takes the places off the tokens one by one.
    return spans(lexer.get_tokens_unprocessed(lexer._preprocess_lexer_input(code)))  # type: ignore[attr-defined]


def meant(language: str) -> str | None:
    """The well-known language whose name is a slip away from an unknown one, or None.

    Of all that Pygments knows, nearly every short word is a slip away from some.
    """
    return _well_known().nearest(language.lower())


@cache
def _well_known() -> Names:
    return Names(WELL_KNOWN_LANGUAGES.split())


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

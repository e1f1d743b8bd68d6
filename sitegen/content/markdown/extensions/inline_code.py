"""Code in a text with its language: `` `#!python print()` `` or `` `print()`{.python} ``.

As in Material for MkDocs, and as in Pandoc. It has the colours of a block of that language. What is
behind `#!` has to be a language and a space: `#!/bin/sh` and `#!python` are code as they are.
A class in braces is a language only if it is the name of a well-known one, since any other may be
the author's own; it stays a class in any case.
"""

from __future__ import annotations

import re
from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sitegen.content.markdown.code.languages import NAMES_OF_LANGUAGES
from sitegen.content.markdown.reading import Reading, reading_of, render_rule
from sitegen.content.markdown.syntax import Syntax
from sitegen.text.patterns import holds

_SHEBANG = re.compile(r"#!(?P<language>[A-Za-z][\w+#.-]*) +(?P<code>\S.*)")
_TYPE = "coloured_code"


def _install(parser: MarkdownIt) -> None:
    parser.core.ruler.push("inline_code", _find)
    parser.add_render_rule(_TYPE, render_rule(_html))


def _find(state: StateCore) -> None:
    """Colour each code whose language is known; all other stays what it is."""
    if not (holds(state.src, "#!") or holds(state.src, "`{")):
        return
    reading = reading_of(state.env)
    for block in state.tokens:
        for token in block.children or ():
            if token.type == "code_inline" and (found := _language_and_code(token)):
                _colour(token, *found, reading)


def _language_and_code(token: Token) -> tuple[str, str] | None:
    if found := _SHEBANG.fullmatch(token.content):
        return found["language"], found["code"]
    first = _classes(token).partition(" ")[0]
    return (first, token.content) if first.lower() in NAMES_OF_LANGUAGES else None


def _classes(token: Token) -> str:
    return str(token.attrs.get("class", ""))


def _colour(token: Token, language: str, code: str, reading: Reading) -> None:
    try:
        html = reading.highlighter.highlight(code, language)
    except TimeoutError:
        return
    if html is None:
        return
    classes = f"highlight language-{language.lower()} {_classes(token)}".rstrip()
    token.type, token.content = _TYPE, code
    # The class comes first, by which feeds know that there are colours to leave out.
    token.attrs = {"class": classes, **{k: it for k, it in token.attrs.items() if k != "class"}}
    token.meta["html"] = shown = html.removesuffix("\n")
    reading.highlighter.shown(html, shown)


def _html(token: Token, _: Reading) -> str:
    given = "".join(f' {name}="{escape(str(it))}"' for name, it in token.attrs.items())
    return f"<code{given}>{token.meta['html']}</code>"


# What has attributes is found by the pattern of those.
INLINE_CODE = Syntax("inline code", _install, inline={"inline_code": "#!"})

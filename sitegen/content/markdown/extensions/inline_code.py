"""Code in a text with its language: `` `#!python print()` `` or `` `print()`{.python} ``.

As in Material for MkDocs, and as in Pandoc. It has the colours of a block of that language. What is
behind `#!` has to be a language and a space: `#!/bin/sh` and `#!python` are code as they are.
Colours are not kept from build to build, as those of blocks are, so a document that has such code
takes a tenth of a second more to read.
"""

from __future__ import annotations

import re
from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sitegen.content.markdown.reading import Reading, reading_of, render_rule
from sitegen.content.markdown.syntax import Syntax

_SHEBANG = re.compile(r"#!(?P<language>[A-Za-z][\w+#.-]*) +(?P<code>\S.*)")
_TYPE = "coloured_code"


def _install(parser: MarkdownIt) -> None:
    parser.core.ruler.push("inline_code", _find)
    parser.add_render_rule(_TYPE, render_rule(_html))


def _find(state: StateCore) -> None:
    """Colour each code whose language is known; all other stays what it is."""
    if "`#!" not in state.src and "` #!" not in state.src and "`{" not in state.src:
        return
    reading = reading_of(state.env)
    for block in state.tokens:
        for token in block.children or ():
            if token.type == "code_inline" and (found := _language_and_code(token)):
                _colour(token, *found, reading)


def _language_and_code(token: Token) -> tuple[str, str] | None:
    if found := _SHEBANG.fullmatch(token.content):
        return found["language"], found["code"]
    first, *_ = str(token.attrs.get("class", "")).split() or [""]
    return (first, token.content) if first else None


def _colour(token: Token, language: str, code: str, reading: Reading) -> None:
    try:
        html = reading.highlighter.highlight(code, language)
    except TimeoutError:
        return
    if html is None:
        return
    classes = (it for it in str(token.attrs.get("class", "")).split() if it != language)
    token.type, token.content = _TYPE, code
    token.attrs["class"] = " ".join(("highlight", f"language-{language.lower()}", *classes))
    token.meta["html"] = html.removesuffix("\n")


def _html(token: Token, _: Reading) -> str:
    given = "".join(f' {name}="{escape(str(it))}"' for name, it in sorted(token.attrs.items()))
    return f"<code{given}>{token.meta['html']}</code>"


INLINE_CODE = Syntax("inline code", _install, inline={"inline_code": r"` ?#!|`\{"})

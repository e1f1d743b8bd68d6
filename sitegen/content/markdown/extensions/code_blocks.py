"""Blocks of code: what their info strings say, their colours, and their HTML."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape

from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

from sitegen.content.markdown.reading import Reading, escaped_code, render_rule
from sitegen.content.markdown.syntax import Syntax
from sitegen.model.diagnostics import Diagnostic

LANGUAGE = re.compile(r"\{\s*\.?([A-Za-z][^\s{},:=]*)(?=[\s,}])|([^\s{},:=]+)")
"""The first word of `py`, `py title=…`, `py{1,3}`, `rust,ignore`, `{.py}` and `{.py #id}`."""

CAPTION = re.compile(r"""\b(?:title|filename)=(?:"([^"]*)"|'([^']*)'|([^\s"'{},]+))""")


def _language(info: str) -> str:
    """The language that an info string names, or an empty string."""
    match = LANGUAGE.match(info.strip())
    return (match[1] or match[2]) if match else ""


def _caption(info: str) -> str:
    """The `title="…"` or `filename="…"` of an info string, or an empty string."""
    match = CAPTION.search(info)
    return next(filter(None, match.groups()), "").strip() if match else ""


def _code_block(html: str, language: str = "", caption: str = "") -> str:
    """The HTML of a block of code, which the keyboard can scroll. Its text comes as HTML."""
    name = escape(language)
    label, kind = (f' data-lang="{name}"', f' class="language-{name}"') if name else ("", "")
    block = (
        f'<div class="highlight"{label}><pre tabindex="0"><code{kind}>{html}</code></pre></div>\n'
    )
    if not caption:
        return block
    return f'<figure class="code"><figcaption>{escape(caption)}</figcaption>\n{block}</figure>\n'


def _install(parser: MarkdownIt) -> None:
    parser.add_render_rule("fence", render_rule(_fence))
    parser.add_render_rule("code_block", render_rule(_indented_code))


def _fence(token: Token, reading: Reading) -> str:
    info = unescapeAll(token.info)
    language = _language(info)
    html = _highlighted(reading, language, token) if language else None
    return _code_block(html or escaped_code(token.content), language, _caption(info))


def _indented_code(token: Token, _: Reading) -> str:
    return _code_block(escaped_code(token.content))


def _highlighted(reading: Reading, language: str, fence: Token) -> str | None:
    """The HTML of the code; None, and a diagnostic, where it stays plain text."""
    try:
        html = reading.highlighter.highlight(fence.content, language)
    except TimeoutError as late:
        hint = "it is shown as plain text, as with the language 'text'"
        _report(reading, Diagnostic("SG402", str(late), hint=hint), language, fence)
        return None
    if html is None:
        message = f"Pygments does not know the language '{language}'"
        near = reading.highlighter.suggest(language)
        _report(reading, Diagnostic("SG401", message, hint=near), language, fence)
    return html


def _report(reading: Reading, problem: Diagnostic, language: str, fence: Token) -> None:
    """Report a problem at the language of the fence."""
    line = (fence.map or (0,))[0]
    text = reading.lines.lines[line]
    column = max(0, text.find(language, text.find(fence.markup) + len(fence.markup)))
    reading.diagnostics.append(
        replace(problem, line=reading.line + line, column=column + 1, length=len(language))
    )


CODE_BLOCKS = Syntax("code blocks", _install)

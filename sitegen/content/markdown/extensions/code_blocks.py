"""Blocks of code: what their info strings say, their colours, and their HTML."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape

from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from sitegen.content.markdown.reading import Reading, escaped_code, render_rule
from sitegen.content.markdown.syntax import Syntax
from sitegen.model.diagnostics import Diagnostic

LANGUAGE = re.compile(r"\{\s*\.?([A-Za-z][^\s{},:=]*)(?=[\s,}])|([^\s{},:=]+)")
"""The first word of `py`, `py title=…`, `py{1,3}`, `rust,ignore`, `{.py}` and `{.py #id}`."""

CAPTION = re.compile(r"""\b(?:title|filename)=(?:"([^"]*)"|'([^']*)'|([^\s"'{},]+))""")

UNSUPPORTED = {
    "lines": "no line is marked",
    "numbers": "lines have no numbers",
    "file": "no code is read from a file",
}
"""What does not happen, by the kind of option."""

OPTION = re.compile(
    r"""
    \b(?:title|filename)=(?:"[^"]*"|'[^']*')
  | (?<![\w.#-])
    (?: (?P<lines> (?:hl_lines|highlight|mark|emphasize-lines|highlightLines)(?==) )
      | (?P<numbers> linenos|linenums|linenostart|lineno-start|showLineNumbers|number-lines
        | startFrom|start-line|startLine | \.?(?:numberLines|number-lines) )
      | (?P<file> (?:file|include|src|literalinclude)(?==) )
    )
    (?![\w-])
    (?: = (?: "[^"]*" | '[^']*' | \[[^\]]*\] | \{[^}]*\} | [^\s,}]+ ) )?
  | (?P<range> \{[0-9][0-9\s,-]*\} )
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Options of Hugo, Zola, MkDocs, Pandoc, Gatsby, Docusaurus and others, and titles, in which text
may look like one."""

NARROW = 40
"""Bytes of a line, so that wide characters count as more, which fit on any phone."""


def _language(info: str) -> str:
    """The language that an info string names, or an empty string."""
    match = LANGUAGE.match(info.strip())
    return (match[1] or match[2]) if match else ""


def _caption(info: str) -> str:
    """The `title="…"` or `filename="…"` of an info string, or an empty string."""
    match = CAPTION.search(info)
    return next(filter(None, match.groups()), "").strip() if match else ""


def _code_block(block: Token, html: str, language: str = "", caption: str = "") -> str:
    """The HTML of a block of code, whose text comes as HTML."""
    name = escape(language)
    label, kind = (f' data-lang="{name}"', f' class="language-{name}"') if name else ("", "")
    block.attrs["class"] = f"highlight {block.attrs.get('class', '')}".rstrip()
    scrolls = ' tabindex="0"' if _is_wide(block.content) else ""
    attributes = RendererHTML.renderAttrs(block) + label
    box = f"<div{attributes}><pre{scrolls}><code{kind}>{html}</code></pre></div>\n"
    if not caption:
        return box
    return f'<figure class="code"><figcaption>{escape(caption)}</figcaption>\n{box}</figure>\n'


def _is_wide(code: str) -> bool:
    """Whether a line may be wider than a phone, so that the keyboard must be able to scroll it."""
    lines = code.expandtabs(4).encode().split(b"\n")
    return max(map(len, lines)) > NARROW


def _install(parser: MarkdownIt) -> None:
    parser.add_render_rule("fence", render_rule(_fence))
    parser.add_render_rule("code_block", render_rule(_indented_code))


def _fence(token: Token, reading: Reading) -> str:
    info = unescapeAll(token.info)
    language = _language(info)
    html = _highlighted(reading, language, token) if language else None
    _report_unsupported(reading, token)
    return _code_block(token, html or escaped_code(token.content), language, _caption(info))


def _indented_code(token: Token, _: Reading) -> str:
    return _code_block(token, escaped_code(token.content))


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
        meant = reading.highlighter.meant(language)
        code = "SG403" if meant else "SG401"
        hint = f"did you mean '{meant}'?" if meant else "write 'text' for code without colours"
        _report(reading, Diagnostic(code, message, hint=hint), language, fence)
    return html


def _report_unsupported(reading: Reading, fence: Token) -> None:
    """Report options of other generators, the first of each kind in the body."""
    for option in OPTION.finditer(fence.info):
        kind = {"range": "lines"}.get(option.lastgroup or "", option.lastgroup or "")
        if kind in UNSUPPORTED and kind not in reading.unsupported:
            reading.unsupported.add(kind)
            message = f"code block option '{option[0]}' is not supported: {UNSUPPORTED[kind]}"
            hint = "remove it here, and where else this file has such an option"
            _report(reading, Diagnostic("SG404", message, hint=hint), option[0], fence)


def _report(reading: Reading, problem: Diagnostic, part: str, fence: Token) -> None:
    """Report a problem at a part of the info string of the fence."""
    line = (fence.map or (0,))[0]
    text = reading.lines.lines[line]
    column = max(0, text.find(part, text.find(fence.markup) + len(fence.markup)))
    reading.diagnostics.append(
        replace(problem, line=reading.line + line, column=column + 1, length=len(part))
    )


CODE_BLOCKS = Syntax("code blocks", _install)

"""Blocks of code: what their info strings say, their colours, and their HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
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

KIND_OF_OPTION = {"lines": "lines", "range": "lines", "numbers": "numbers", "file": "file"}
"""By the groups of `OPTION`."""

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


@dataclass(frozen=True, slots=True)
class Info:
    """What an info string says."""

    language: str
    """The language that it names, or an empty string."""
    caption: str
    """Its `title="…"` or `filename="…"`, or an empty string."""
    unsupported: tuple[tuple[str, str], ...]
    """The kinds of its options that have no effect, and what is written."""


@lru_cache(maxsize=256)  # the code blocks of a blog have the same few
def _info(written: str) -> Info:
    info = unescapeAll(written)
    language, caption = LANGUAGE.match(info.strip()), CAPTION.search(info)
    options = ((option.lastgroup or "", option[0]) for option in OPTION.finditer(written))
    return Info(
        (language[1] or language[2]) if language else "",
        next(filter(None, caption.groups()), "").strip() if caption else "",
        tuple(
            (KIND_OF_OPTION[group], option) for group, option in options if group in KIND_OF_OPTION
        ),
    )


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
    info = _info(token.info)
    html = _highlighted(reading, info.language, token) if info.language else None
    _report_unsupported(reading, token, info)
    return _code_block(token, html or escaped_code(token.content), info.language, info.caption)


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


def _report_unsupported(reading: Reading, fence: Token, info: Info) -> None:
    """Report options of other generators, the first of each kind in the body."""
    for kind, option in info.unsupported:
        if kind not in reading.unsupported:
            reading.unsupported.add(kind)
            message = f"code block option '{option}' is not supported: {UNSUPPORTED[kind]}"
            hint = "remove it here, and where else this file has such an option"
            _report(reading, Diagnostic("SG404", message, hint=hint), option, fence)


def _report(reading: Reading, problem: Diagnostic, part: str, fence: Token) -> None:
    """Report a problem at a part of the info string of the fence."""
    line = (fence.map or (0,))[0]
    text = reading.lines.lines[line]
    column = max(0, text.find(part, text.find(fence.markup) + len(fence.markup)))
    reading.diagnostics.append(
        replace(problem, line=reading.line + line, column=column + 1, length=len(part))
    )


CODE_BLOCKS = Syntax("code blocks", _install)

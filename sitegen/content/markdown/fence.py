"""The blocks that hold code: what their info strings say, and their HTML."""

from __future__ import annotations

import re
from html import escape

LANGUAGE = re.compile(r"\{\s*\.?([A-Za-z][^\s{},:=]*)(?=[\s,}])|([^\s{},:=]+)")
"""The first word of `py`, `py title=…`, `py{1,3}`, `rust,ignore`, `{.py}` and `{.py #id}`."""

CAPTION = re.compile(r"""\b(?:title|filename)=(?:"([^"]*)"|'([^']*)'|([^\s"'{},]+))""")


def language(info: str) -> str:
    """The language that an info string names, or an empty string."""
    match = LANGUAGE.match(info.strip())
    return (match[1] or match[2]) if match else ""


def caption(info: str) -> str:
    """The `title="…"` or `filename="…"` of an info string, or an empty string."""
    match = CAPTION.search(info)
    return next(filter(None, match.groups()), "").strip() if match else ""


def code_block(html: str, language: str = "", caption: str = "") -> str:
    """The HTML of a block of code, which the keyboard can scroll. Its text comes as HTML."""
    name = escape(language)
    label, kind = (f' data-lang="{name}"', f' class="language-{name}"') if name else ("", "")
    block = (
        f'<div class="highlight"{label}><pre tabindex="0"><code{kind}>{html}</code></pre></div>\n'
    )
    if not caption:
        return block
    return f'<figure class="code"><figcaption>{escape(caption)}</figcaption>\n{block}</figure>\n'

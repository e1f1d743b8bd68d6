"""Tokens of code as HTML, byte for byte what Pygments' HtmlFormatter(nowrap=True) writes.

Its rules: a span ends with its line; neighbours on a line that look alike share a span; nothing
is around an empty text; the last line ends with a newline too. What it spends its time on are
options that are not used here.
"""

from __future__ import annotations

from collections.abc import Iterable

from pygments.token import STANDARD_TYPES, _TokenType

_CLOSING = "</span>"

LONGEST_KEPT, MOST_KEPT = 10, 10_000
"""Characters of a text whose HTML is kept, and how many are: signs and indentations come again."""


def spans(tokens: Iterable[tuple[int, _TokenType, str]]) -> str:
    """The tokens, each with its place, as spans with Pygments' short classes."""
    parts: list[str] = []
    write = parts.append
    tag = ""  # of the span that is open
    openings, escaped = OPENINGS, ESCAPED
    for _, kind, text in tokens:
        opening = openings[kind]
        if not text.isalnum():
            text = escaped[text]
            if "\n" in text:
                *lines, text = text.split("\n")
                for line in lines:
                    if line and opening != tag:
                        write(_CLOSING + opening if tag else opening)
                        tag = opening
                    write(f"{line}{_CLOSING}\n" if tag else f"{line}\n")
                    tag = ""
            if not text:
                continue
        if opening != tag:
            write(f"{_CLOSING}{opening}{text}" if tag else opening + text)
            tag = opening
        else:
            write(text)
    if tag:
        write(_CLOSING)
    return _ended("".join(parts))


def _ended(html: str) -> str:
    return html if not html or html.endswith("\n") else f"{html}\n"


class _Escaped(dict[str, str]):
    """Texts as HTML. Quotes may stay: no text is inside a tag."""

    def __missing__(self, text: str) -> str:
        html = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        if len(text) <= LONGEST_KEPT and len(self) < MOST_KEPT:
            self[text] = html
        return html


class _Openings(dict[_TokenType, str]):
    """The opening tag of each kind of token; empty for plain text, which has no span."""

    def __missing__(self, kind: _TokenType) -> str:
        classes = _classes(kind)
        self[kind] = f'<span class="{classes}">' if classes else ""
        return self[kind]


def _classes(kind: _TokenType) -> str:
    """The class of a standard kind; of another, also those of all it is a kind of.

    `Name.Foo.Bar` has the classes `n n-Foo n-Foo-Bar`.
    """
    if kind in STANDARD_TYPES:
        return STANDARD_TYPES[kind]
    assert kind.parent is not None  # since Token itself is standard
    above = _classes(kind.parent)
    return f"{above} {above.rpartition(' ')[2]}-{kind[-1]}"


OPENINGS = _Openings()

ESCAPED = _Escaped()

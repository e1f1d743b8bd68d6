"""Words that a language lacks and takes from another, as HTML: `<span lang="en">Archive</span>`.

Without that, a screen reader speaks them with the voice of the page (WCAG 2.2, SC 3.1.2). A
template does not say whether a word is in a text or in an attribute, where no element can be; the
finished page does. So such a word has marks around it until then.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape as escaped

from markupsafe import Markup, escape

from sitegen.model.language import NOTHING, Language
from sitegen.text.languages import text_direction

_START, _TAG_END, _END = "\0", "\1", "\2"
"""Around a word, the tag of its language first. HTML has no such characters (section 13.2.3.5)."""
_MARK = re.compile(f"{_START}[^{_TAG_END}]*{_TAG_END}|{_END}")
_MARK_OR_PLAIN = re.compile(
    # What can have no element in it: a tag, a comment, and what holds nothing but text.
    r"<(title|script|style|textarea|option)\b.*?</\1|<!--.*?-->"
    r"""|</?[A-Za-z](?:"[^"]*"|'[^']*'|[^'">])*>|"""
    f"{_MARK.pattern}",
    re.DOTALL | re.IGNORECASE,
)


class BorrowedWord(Markup):
    """A word of another language. To filters and tests of templates it is its text."""

    tag: str

    def __html__(self) -> str:  # type: ignore[override]  # one of these would have marks again
        """What is shown of it."""
        return f"{_START}{self.tag}{_TAG_END}{self}{_END}"


def word_in(
    language: Language, key: str, count: int | None = None, values: Mapping[str, object] = NOTHING
) -> Markup:
    """A word of a language as HTML; a BorrowedWord where the language lacks it.

    Raises UnknownWordError and IncompleteWordError.
    """
    text = language.say(key, count, values, escape)
    tag = language.borrowed.get(key)
    if tag is None or not any(map(str.isalpha, text)):  # a comma has no language
        return Markup(text)
    word = BorrowedWord(text)
    word.tag = tag
    return word


def with_languages(html: str, lang: str) -> str:
    """A finished page in this language, with an element around each word of another."""
    if _START not in html:
        return html
    needs_direction = text_direction(lang) == "rtl"

    def shown(found: re.Match[str]) -> str:
        if found[0][0] == "<":
            return _MARK.sub("", found[0]) if _START in found[0] else found[0]
        if found[0] == _END:
            return "</span>"
        tag = found[0][1:-1]
        direction = f' dir="{text_direction(tag)}"' if needs_direction else ""
        return f'<span lang="{escaped(tag)}"{direction}>'

    return _MARK_OR_PLAIN.sub(shown, html)

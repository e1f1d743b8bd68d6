"""Forms of values by which a key of another generator is known to mean one thing, or another."""

from __future__ import annotations

import re
from collections.abc import Callable

from sitegen.model.dataclass import dataclass
from sitegen.text.languages import names_a_language
from sitegen.text.patterns import compiled


@dataclass(frozen=True, slots=True)
class Form:
    """Some of the values that a key can have."""

    words: str
    """What they are, in Markdown."""
    fits: Callable[[str], object]
    """Whether the text of a value is of this form."""


def _form(words: str, pattern: str) -> Form:
    flags = re.IGNORECASE | re.DOTALL
    return Form(words, lambda value: compiled(pattern, flags).fullmatch(value))


YES = _form("`true`", r"true|yes|on|[1-9]\d*")
NO = _form("`false`", r"false|no|off|never|link")
FLAG = _form("`true` or `false`", r"true|yes|on|false|no|off")
A_DATE = _form(
    "a date", r"\d{4}[-/.]\d.*|(?:[a-z]{3,9},? )?[a-z]{3,9}\.? \d.*|\d\d? [a-z]{3,9} \d{4}.*"
)
A_PATH = _form("a path", r"(?![a-z][a-z\d+.-]*:|//)\S.*")
A_URL = _form("an absolute URL", r"(?:https?:)?//.*")
AN_IMAGE = _form("a URL, or a path with `/` or `.` first", r"(?:https?:)?//.*|/.*|\.\.?/.*")
BARE_IMAGE = _form("a bare name", r"(?![./]|\w+:).*\.(?:png|jpe?g|gif|svg|webp|avif)")
DRAFT = _form("`draft`", r"draft")
HIDDEN = _form("`hidden` or `private`", r"hidden|private")
WELL_KNOWN_LANGUAGE = Form("a language", names_a_language)
A_LAYOUT = _form(
    "any but the usual names, such as `post`",
    r"(?!(?:.*[^a-z])?(?:posts?|pages?|default|base|single|articles?|blog|blog-?posts?|notes?|none"
    r"|nil|null|layout|main|entry|text|content|false)(?:layout)?(?:\.[a-z]+)*$).+",
)
NOT_MORE = _form("any but `<!-- more -->`", r"(?!<!--\s*more\s*-->$).+")
NOT_MARKDOWN = _form("any but Markdown", r"(?!(?:md|markdown|goldmark|mmark|blackfriday)$).+")
TEMPLATED = _form("a pattern", r".*(?:\{\{|\{%|(?:^|/):[a-z]).*|pretty|ordinal|date|weekdate|none")

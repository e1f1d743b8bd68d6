"""The signs of a text as printers set them, for those that are typed on a keyboard.

Quotation marks are paired, and one without a partner stays as it is. The rest depends on what is
beside a sign: `--` is a dash between spaces or digits, `---` between words too, and `...` is an
ellipsis unless a word starts with it. So options, operators and names of a program stay theirs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from sitegen.text.patterns import compiled, holds


class QuotationMarks(NamedTuple):
    """What opens and closes a quotation, and one within another."""

    opening: str
    closing: str
    inner_opening: str
    inner_closing: str


_MARKS = """
en hi ko nl pt tr zh id th vi ms bn gu kn ml mr pa ta te: “ ” ‘ ’
de cs sk sl bg is ka: „ “ ‚ ‘
da fi sv he: ” ” ’ ’
ar: ” “ ’ ‘
es it ca el gl pt-PT: « » “ ”
nb no nn: « » ‘ ’
fa de-CH fr-CH it-CH de-LI: « » ‹ ›
fr: «~ ~» “ ”
ru uk be lt hy kk: « » „ “
pl: „ ” « »
hu ro: „ ” » «
hr sr: „ “ ‘ ’
"""
"""As CLDR has them (`delimiters`); for Dutch, those that are common today."""

_BY_LANGUAGE = {
    name.lower(): QuotationMarks(*marks.strip().replace("~", "\u202f").split(" "))
    for names, _, marks in (line.partition(":") for line in _MARKS.strip().split("\n"))
    for name in names.split()
}

_AS_TYPED = QuotationMarks('"', '"', "'", "'")
_ON_THE_KEYBOARD = ("zh-hant", "zh-tw", "zh-hk")
"""Chinese whose quotation marks are typed as they are, like those of Japanese."""

# Each alternative starts with a character, for which `re` can look quickly.
_APOSTROPHE = re.compile(r"'(?<=[^\W\d_]')(?=[^\W\d_])")
"""One that is surely one, as in `don't`."""
_SIGN = re.compile(r"""'|"|--+|\.\.\.+""")
_CODE = re.compile(
    r"""
      "(?<=[{\[=:]") | '(?<=[{\[=:]') | "(?=:[ ]?["'\[{0-9]) | '(?=:[ ]?["'\[{0-9])
    | \{[%{] | "(?=;$) | '(?=;$)
    """,
    re.VERBOSE | re.MULTILINE,
)
"""What is in a text with JSON, a template or code, whose quotation marks are not those of prose."""
_TYPED_OR_SET = r"""['"‘-‟«»‹›–—…\u202f]|--+|\.\.\.+"""
_CODE_SPAN = r"(`+)(?!`).+?(?<!`)\1(?!`)"
_THING = "\ufffc"
"""What a text sees of code in its place: a character that is neither a space nor punctuation."""
_BESIDE_OPERATORS = frozenset("-<>|=!")

_Opened = dict[str, list[int]]
"""By `'` and `"`: where those are that may start a quotation."""


def quotation_marks(language: str) -> QuotationMarks:
    """Those of a language tag (BCP 47); the same as typed where there are no others for it."""
    tag = language.lower()
    if tag.startswith(_ON_THE_KEYBOARD):
        return _AS_TYPED
    return _BY_LANGUAGE.get(tag) or _BY_LANGUAGE.get(tag.partition("-")[0], _AS_TYPED)


def with_typed_signs(text: str) -> str:
    """The text without the signs that are set most often: what is ASCII then is read faster."""
    if not text.isascii():
        for sign in "’‘“”–—…":
            text = text.replace(sign, "'")
    return text


def without_signs(text: str) -> str:
    """The text without the signs, which is the same for one that is set and one that is typed."""
    is_bare = text.isascii() and not has_typed_signs(text)
    return text if is_bare else compiled(_TYPED_OR_SET).sub("", text)


def has_typed_signs(text: str) -> bool:
    """Whether anything in a text may be set in another way."""
    return "'" in text or '"' in text or holds(text, "--") or "..." in text


def typeset(text: str, marks: QuotationMarks) -> Sequence[str]:
    """The characters of the text, with what is set for a sign at its first, and nothing at others.

    Linear in the length of the text.
    """
    text = _APOSTROPHE.sub("’", text)
    if not has_typed_signs(text):  # as in most paragraphs that have any
        return text
    characters = list(text)
    opened: _Opened = {"'": [], '"': []}
    marks = _AS_TYPED if _CODE.search(text) else marks
    for sign in _SIGN.finditer(text):
        start, end = sign.span()
        before = text[start - 1] if start else " "
        after = text[end] if end < len(text) else " "
        if sign[0] not in opened:
            shown = _dash_or_dots(sign[0], before, after)
            characters[start:end] = [shown, *[""] * (end - start - 1)]
            continue
        opens, closes = _sides(sign[0], before, after)
        if closes and (first := _pop(opened, sign[0])) is not None:
            characters[first], characters[start] = marks[2:] if sign[0] == "'" else marks[:2]
        elif sign[0] == "'" and _is_apostrophe(before, after, opens=opens):
            characters[start] = "’"
        elif opens:
            opened[sign[0]].append(start)
    return characters if "".join(characters) != text else text


def typeset_line(text: str, language: str) -> str:
    """The text of a title or a caption as it is shown; code between backticks stays as typed."""
    if not has_typed_signs(text):
        return text
    seen = compiled(_CODE_SPAN).sub(lambda code: _THING * len(code[0]), text)
    shown = typeset(seen, quotation_marks(language))
    return "".join(
        typed if hidden == _THING else sign
        for typed, hidden, sign in zip(text, seen, shown, strict=True)
    )


def _dash_or_dots(sign: str, before: str, after: str) -> str:
    """What is set for it; the same where it stays."""
    if sign == "...":
        starts_word = after.isalnum() and not before.isalnum()
        return sign if starts_word or before in "/{." else "…"
    if len(sign) > 3 or sign[0] == "." or not _BESIDE_OPERATORS.isdisjoint(before + after):
        return sign
    is_between_spaces = before.isspace() and after.isspace()
    if sign == "---":
        is_between_words = before.isalnum() and after.isalnum()
        return "—" if is_between_spaces or is_between_words else sign
    is_range = before.isdecimal() and after.isdecimal()
    return "–" if is_between_spaces or is_range else sign


def _is_apostrophe(before: str, after: str, *, opens: bool) -> bool:
    """Whether `'` is one: behind a word or a bracket, or before a year; not between numbers."""
    if opens:
        return after.isdecimal() or before in ")]"
    return not before.isspace() and not (before.isdecimal() and after.isdecimal())


def _sides(sign: str, before: str, after: str) -> tuple[bool, bool]:
    """Whether a quotation can start at a sign between these, and whether one can end there.

    As for delimiter runs (CommonMark 0.31 §6.2); within a word neither can.
    """
    spaces = before.isspace(), after.isspace()
    puncts = _is_punctuation(before), _is_punctuation(after)
    opens = not spaces[1] and (not puncts[1] or spaces[0] or puncts[0])
    closes = not spaces[0] and (not puncts[0] or spaces[1] or puncts[1])
    if sign == '"' == after and before.isdecimal():  # inches
        return False, False
    return (puncts[0], puncts[1]) if opens and closes else (opens, closes)


def _pop(opened: _Opened, sign: str) -> int | None:
    """Where the quotation starts that ends with this sign; what started in it has no end."""
    if not opened[sign]:
        return None
    start = opened[sign].pop()
    for starts in opened.values():
        while starts and starts[-1] > start:
            starts.pop()
    return start


def _is_punctuation(character: str) -> bool:
    if character.isascii():
        return not character.isalnum() and not character.isspace()
    return unicodedata.category(character)[0] == "P"

"""The formats of any language, from CLDR's data as Babel brings it.

Babel resolves an alias in its data where it lies, in tables that languages share: the months of
Hebrew were then those of Hindi, if Hebrew came first (Babel 2.18, `LocaleDataDict.__getitem__`).
So what is looked at here is a copy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import parse_pattern
from babel.localedata import LocaleDataDict, load
from babel.plural import PluralRule, to_gettext

from sitegen.model.formats import ASCII_DIGITS, ENGLISH, Formats

NEEDED = (
    *("months", "eras", "date_formats", "datetime_skeletons", "plural_form"),
    *("number_symbols", "decimal_formats", "default_numbering_system"),
)
PLURALS = ("zero", "one", "two", "few", "many", "other")
"""In the order in which gettext numbers them."""
PLURAL = re.compile(r"plural=(.*);")
OF_FRACTIONS = re.compile(r"\b[ce]\b")
"""Operands that are 0 for every whole number (UTS 35, "Plural Operand Meanings")."""
WIDTHS = {"MMMM": ("format", "wide"), "MMM": ("format", "abbreviated")} | {
    "LLLL": ("stand-alone", "wide"),
    "LLL": ("stand-alone", "abbreviated"),
}
SKELETONS = {"month": "yMMMM", "day": "MMMMd", "year": "y"}
ZEROS = {
    "adlm": "𞥐",
    "arab": "٠",
    "arabext": "۰",
    "beng": "০",
    "cakm": "𑄶",
    "deva": "०",
    "hmnp": "𞅀",
    "mtei": "꯰",
    "mymr": "၀",
    "nkoo": "߀",
    "olck": "᱐",
    "tibt": "༠",
}
"""The digit zero of each numbering system that is a language's default, but for Latin."""


def formats_of(tags: Iterable[str]) -> Formats:
    """The formats of the first of these language tags that CLDR knows; else those of English."""
    for tag in tags:
        try:
            name = str(Locale.parse(tag, sep="-"))
        except (UnknownLocaleError, ValueError):
            continue
        whole = load(name)
        return _formats(LocaleDataDict(deepcopy({key: whole[key] for key in NEEDED})))
    return ENGLISH


def _formats(data: Mapping[str, Any]) -> Formats:
    system = str(data["default_numbering_system"])
    by_system = data["number_symbols"]
    symbols = {**by_system["latn"], **by_system.get(system, {})}
    zero = ord(ZEROS.get(system, "0"))
    plural = _plural(data["plural_form"])
    patterns = {style: data["date_formats"][name] for style, name in _LENGTHS.items()}
    patterns |= {style: data["datetime_skeletons"][name] for style, name in SKELETONS.items()}
    era = data["eras"]["abbreviated"][1]
    return Formats(
        plural=plural[0],
        categories=plural[1],
        names={letters: _months(data, *width) for letters, width in WIDTHS.items()},
        dates={style: _format(pattern, era) for style, pattern in patterns.items()},
        digits="".join(chr(zero + n) for n in range(len(ASCII_DIGITS))),
        decimal=symbols["decimal"],
        group=symbols["group"],
        minus=symbols["minusSign"],
        grouping=data["decimal_formats"][None].grouping,
    )


_LENGTHS = {"long": "long", "short": "medium"}


def _plural(rule: PluralRule) -> tuple[str, tuple[str, ...]]:
    found = PLURAL.search(to_gettext(rule))
    assert found, "Babel writes it so"
    used = {*rule.tags, "other"}
    return OF_FRACTIONS.sub("0", found[1]), tuple(name for name in PLURALS if name in used)


def _months(data: Mapping[str, Any], context: str, width: str) -> tuple[str, ...]:
    names = data["months"][context][width]
    return tuple(names[number] for number in range(1, 13))


def _format(pattern: Any, era: str) -> str:  # noqa: ANN401 (text, or parsed by Babel)
    """The pattern as a %-format; all dates are of our era, which few languages name."""
    return str(parse_pattern(pattern).format).replace("%(G)s", era)

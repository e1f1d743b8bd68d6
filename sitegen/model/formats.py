"""How a language writes dates and numbers, and which form of a word goes with a count."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from gettext import c2py

from sitegen.model.dataclass import dataclass
from sitegen.model.site import MONTHS

ASCII_DIGITS = "0123456789"
DECIMALS = 3
"""Digits after the decimal sign, at most (CLDR's standard pattern, `#,##0.###`)."""
DATE_STYLES = ("long", "short", "month", "day", "year")
"""The forms of a date: `7 March 2024`, `7 Mar 2024`, `March 2024`, `7 March`, `2024`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Formats:
    """What CLDR says of a language, as far as pages need it."""

    plural: str
    """The place in `categories` of a whole number `n`, as an expression of GNU gettext."""
    categories: tuple[str, ...]
    """The plural categories of whole numbers: some of zero, one, two, few, many; and other."""
    names: Mapping[str, tuple[str, ...]]
    """By the letters of a pattern (UTS 35, "Date Field Symbol Table"): the names of the months,
    such as `MMMM`, March, in a date, and `LLLL`, March, alone."""
    dates: Mapping[str, str]
    """By style: a date as a %-format of those letters, as in `%(d)s %(MMMM)s %(y)s`."""
    digits: str = ASCII_DIGITS
    decimal: str = "."
    group: str = ","
    minus: str = "-"
    grouping: tuple[int, int] = (3, 3)
    """Digits in the last group of a whole number, and in those before."""

    def category(self, count: int) -> str:
        """The plural category of a count."""
        return self.categories[_rule(self.plural)(abs(count))]

    def date(self, when: date, style: str = "long") -> str:
        """The date in one of `DATE_STYLES`."""
        month, day = when.month, when.day
        fields = {letters: names[month - 1] for letters, names in self.names.items()}
        numbers = {"y": when.year, "M": month, "MM": f"{month:02}", "d": day, "dd": f"{day:02}"}
        return self._in_digits(self.dates[style] % {**fields, **numbers})

    def month(self, number: int) -> str:
        """The name of a month, from 1, where it is not part of a date."""
        return self.names["LLLL"][number - 1]

    def number(self, value: float) -> str:
        """The number in groups of digits, with at most three decimals."""
        if type(value) is int and 0 <= value < 1000:  # as most counts are
            return self._in_digits(str(value))
        whole, _, decimals = f"{abs(value):.{DECIMALS}f}".partition(".")
        last, others = self.grouping
        groups = [whole[-last:]]
        rest = whole[:-last]
        while rest:
            groups.insert(0, rest[-others:])
            rest = rest[:-others]
        text = self.group.join(groups)
        if decimals := decimals.rstrip("0"):
            text += self.decimal + decimals
        is_negative = value < 0 and text.strip("0" + self.decimal)
        return self._in_digits(f"{self.minus if is_negative else ''}{text}")

    def _in_digits(self, text: str) -> str:
        if self.digits == ASCII_DIGITS:
            return text
        return text.translate(str.maketrans(ASCII_DIGITS, self.digits))


_rule = cache(c2py)

_SHORT = tuple(month[:3] for month in MONTHS)
ENGLISH = Formats(
    plural="n != 1",
    categories=("one", "other"),
    names={"MMMM": MONTHS, "MMM": _SHORT, "LLLL": MONTHS, "LLL": _SHORT},
    dates={
        "long": "%(d)s %(MMMM)s %(y)s",
        "short": "%(d)s %(MMM)s %(y)s",
        "month": "%(LLLL)s %(y)s",
        "day": "%(d)s %(MMMM)s",
        "year": "%(y)s",
    },
)
"""Those of `en`, which names no country: the day comes first, as in most. They are written here so
that a site in English needs no data of CLDR."""

"""The formats of languages are those of Babel, which reads the same data."""

from __future__ import annotations

from datetime import date

from babel import Locale
from babel.dates import format_date, get_month_names
from babel.localedata import locale_identifiers
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from sitegen.i18n.cldr import formats_of
from sitegen.i18n.spoken import formats_in
from sitegen.model.formats import ASCII_DIGITS, ENGLISH
from sitegen.text.languages import text_direction
from tests.i18n.files import TAGS

LATIN = [tag for tag in TAGS if formats_in(tag).digits == ASCII_DIGITS and tag != "en"]
"""Babel writes all numbers in Latin digits."""
DATES = st.dates(date(1000, 1, 1), date(2999, 12, 31))
ALL = sorted(name.replace("_", "-") for name in locale_identifiers())[::5]
"""A fifth of the languages of CLDR, with their scripts and countries."""


@given(st.sampled_from(TAGS), st.integers(0, 10_000_000))
def test_the_form_of_any_count_is_that_of_babel(tag: str, count: int) -> None:
    locale = Locale.parse(tag, sep="-")
    assert formats_in(tag).category(count) == locale.plural_form(count)


@given(st.sampled_from(LATIN), DATES)
def test_dates_are_those_of_babel(tag: str, when: date) -> None:
    locale = Locale.parse(tag, sep="-")
    assert formats_in(tag).date(when) == format_date(when, "long", locale)
    assert formats_in(tag).date(when, "short") == format_date(when, "medium", locale)


@given(st.sampled_from(LATIN), st.integers(0, 10**12), st.booleans())
def test_numbers_are_those_of_babel(tag: str, whole: int, has_decimals: bool) -> None:
    value = whole / 1000 if has_decimals else whole
    assert formats_in(tag).number(value) == format_decimal(value, locale=Locale.parse(tag, sep="-"))


def test_persian_has_digits_of_its_own() -> None:
    persian = formats_in("fa")
    assert persian.date(date(2024, 3, 7)) == "۷ مارس ۲۰۲۴"
    assert persian.number(1234.5) == "۱٬۲۳۴٫۵"


def test_every_language_of_cldr_has_formats() -> None:
    counts = (0, 1, 2, 3, 5, 7, 11, 21, 100, 101, 102, 1_000_000)
    for tag in ALL:
        formats, locale = formats_of([tag]), Locale.parse(tag, sep="-")
        assert [formats.category(n) for n in counts] == [locale.plural_form(n) for n in counts], tag
        assert all(formats.date(date(2024, 3, 7), style) for style in formats.dates), tag
        assert len(set(formats.digits)) == len(ASCII_DIGITS), tag


def test_the_direction_of_every_language_is_that_of_cldr() -> None:
    for tag in ALL:
        if not tag.startswith("mn-Mong"):  # from top to bottom, which no theme is made for
            assert text_direction(tag) == Locale.parse(tag, sep="-").text_direction, tag


def test_the_months_of_a_language_do_not_depend_on_which_were_asked_before() -> None:
    """Once Hindi had the months of Hebrew, as Babel itself may say if it is asked in this order."""
    for tag in ("he", "hi"):
        get_month_names("wide", "stand-alone", tag)
        formats_of([tag])
    assert [formats_of([tag]).month(3) for tag in ("he", "hi", "ru")] == ["מרץ", "मार्च", "март"]


def test_a_language_that_cldr_does_not_know_has_the_formats_of_a_wider_one_or_of_english() -> None:
    assert formats_in("de-x-ours") == formats_in("de")
    for tag in ("xx", "i-klingon", "x-ours"):
        assert formats_in(tag) == ENGLISH


def test_regions_have_their_own_dates() -> None:
    when = date(2024, 3, 7)
    found = {tag: formats_in(tag).date(when) for tag in ("en", "en-US", "en-GB", "zh-TW")}
    assert found == {
        "en": "7 March 2024",
        "en-US": "March 7, 2024",
        "en-GB": "7 March 2024",
        "zh-TW": "2024年3月7日",
    }

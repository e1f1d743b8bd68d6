"""Dates as they are found in real blogs, and those that do not exist."""

from __future__ import annotations

import locale
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.text.dates import date_in_name, mistake, read_date

BERLIN = ZoneInfo("Europe/Berlin")


def at(*parts: int, offset: float | None = None) -> datetime:
    zone = BERLIN if offset is None else timezone(timedelta(hours=offset))
    return datetime(*parts, tzinfo=zone)  # type: ignore[misc,arg-type]


READABLE = {
    "2015-10-01": at(2015, 10, 1),
    "2015-3-2": at(2015, 3, 2),
    "2015/03/02": at(2015, 3, 2),
    "2015.03.02": at(2015, 3, 2),
    "2015-02-15 9:18:00": at(2015, 2, 15, 9, 18),
    "2015-02-15 9:18": at(2015, 2, 15, 9, 18),
    "\xa0 2018-09-17 12:00:00": at(2018, 9, 17, 12),
    "2019-07-02 11:21:02 -0400": at(2019, 7, 2, 11, 21, 2, offset=-4),
    "2015-10-01 01:00:00 +0800": at(2015, 10, 1, 1, offset=8),
    "2010-01-10 13:07:09 +00:00": at(2010, 1, 10, 13, 7, 9, offset=0),
    "2012-10-30T00:00:00Z": at(2012, 10, 30, offset=0),
    "2012-10-30t00:00:00.25z": at(2012, 10, 30, 0, 0, 0, 250_000, offset=0),
    "2012-10-30 00:00:00.1234567+05:30": at(2012, 10, 30, 0, 0, 0, 123_456, offset=5.5),
    "2012-10-30 00:00:00 -5": at(2012, 10, 30, offset=-5),
    "2023-01-29 18:30:22 2023 -0800": at(2023, 1, 29, 18, 30, 22, offset=-8),
    "November 20, 2021": at(2021, 11, 20),
    "march 5 2026": at(2026, 3, 5),
    "Sept. 5, 2026 10:00": at(2026, 9, 5, 10),
    "20 Nov 2021": at(2021, 11, 20),
    "20-Nov-2021": at(2021, 11, 20),
    "Sat, 20 Nov 2021 10:00:00 GMT": at(2021, 11, 20, 10, offset=0),
    "Sat, 20 Nov 2021 10:00:00 +0100": at(2021, 11, 20, 10, offset=1),
    "2012-03-30 23:00:00 UTC-03:00": at(2012, 3, 30, 23, offset=-3),
    "2012-03-30 23:00 GMT+1": at(2012, 3, 30, 23, offset=1),
    "Wednesday, January 31st 2024, 3:04:05 pm": at(2024, 1, 31, 15, 4, 5),
    "Jan 3rd, 2024 12:30 a.m.": at(2024, 1, 3, 0, 30),
    "2024-01-31 12:00 PM": at(2024, 1, 31, 12),
    "Sat Nov 20 2021": at(2021, 11, 20),
}

UNREADABLE = (
    "2017-02-29 11:00:00",
    "2024-13-01",
    "2024-01-01 24:00",
    "2024-01-01 13:00 pm",
    "2024-01-01 0:30 am",
    "2024-01-01 10:60",
    "2024-01-01 10:00 +99:99",
    "2024-01-01 10:00 PST",
    "2023-01-29 18:30:22 2022 -0800",
    "2024-01/02",
    "20 Nvo 2021",
    "Ju 1, 2024",
    "yesterday",
    "10:00",
    "20240131",
    "２０２４-01-01",
    "0000-01-01",
    "",
)


@pytest.mark.parametrize("text", READABLE)
def test_dates_of_real_blogs_are_read(text: str) -> None:
    found = read_date(text, BERLIN)
    assert found == READABLE[text]
    assert found.utcoffset() == READABLE[text].utcoffset()


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_date(text, BERLIN) is None


def test_values_of_yaml_and_toml_are_dates() -> None:
    assert read_date(date(2024, 1, 31), BERLIN) == at(2024, 1, 31)
    assert read_date(datetime(2024, 1, 31, 10), BERLIN) == at(2024, 1, 31, 10)  # noqa: DTZ001
    assert read_date(at(2024, 1, 31, offset=3), BERLIN) == at(2024, 1, 31, offset=3)


@pytest.mark.parametrize("value", [None, 2024, 1.5, True, [], {}])
def test_other_values_are_no_dates(value: object) -> None:
    assert read_date(value, BERLIN) is None


def test_the_offset_that_is_named_stays_so_that_the_day_in_the_url_is_the_authors() -> None:
    found = read_date("2019-07-02 23:00:00 -0400", BERLIN)
    assert found is not None
    assert (found.day, found.utcoffset()) == (2, timedelta(hours=-4))


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31 23:00 -0900"])
def test_a_date_outside_of_utc_is_none_because_feeds_tell_dates_in_utc(text: str) -> None:
    assert read_date(text, BERLIN) is None


def test_month_names_do_not_follow_the_locale() -> None:
    before = locale.setlocale(locale.LC_TIME)
    try:
        locale.setlocale(locale.LC_TIME, "C")
        assert read_date("May 1, 2024", BERLIN) == at(2024, 5, 1)
        assert read_date("Mai 1, 2024", BERLIN) is None
    finally:
        locale.setlocale(locale.LC_TIME, before)


@given(st.text() | st.dates() | st.datetimes() | st.datetimes(timezones=st.timezones()))
def test_any_value_gives_none_or_a_moment_that_utc_can_tell(value: object) -> None:
    found = read_date(value, BERLIN)
    assert found is None or found.astimezone(UTC) == found


def test_a_time_that_the_clock_jumped_over_is_still_one_moment() -> None:
    found = read_date("2024-03-31 02:30", BERLIN)
    assert found == datetime(2024, 3, 31, 1, 30, tzinfo=UTC)


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001
def test_iso_texts_are_read_as_what_they_say(moment: datetime) -> None:
    found = read_date(moment.isoformat(), BERLIN)
    assert found is not None
    assert found.replace(tzinfo=None) == moment


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("2024-01-31-slug", (date(2024, 1, 31), "slug", False)),
        ("2017-2-5-two-words", (date(2017, 2, 5), "two-words", False)),
        ("2024-01-31", (date(2024, 1, 31), "2024-01-31", False)),
        ("2024-01-31-", (None, "2024-01-31-", False)),
        ("2023-27-11-mentoring", (None, "mentoring", True)),
        ("2017-02-29-leap", (None, "leap", True)),
        ("12024-01-31-slug", (None, "12024-01-31-slug", False)),
        ("slug", (None, "slug", False)),
    ],
)
def test_a_file_name_may_start_with_a_date(
    stem: str, expected: tuple[date | None, str, bool]
) -> None:
    assert date_in_name(stem) == expected


@given(st.text())
def test_no_file_name_is_without_rest(stem: str) -> None:
    assert bool(date_in_name(stem)[1]) == bool(stem)


LAST_DAY = "the last day of February 2023"
OF_APRIL = "the last day of April 2024"
WHOLE = "write the year, the month and the day, or remove this line"


@pytest.mark.parametrize(
    ("text", "wrong", "hint"),
    [
        ("2023-02-29", "'2023-02-29' is not a valid date", f"write '2023-02-28', {LAST_DAY}"),
        ("2024-04-31 11:00", "'2024-04-31' is not a valid date", f"write '2024-04-30', {OF_APRIL}"),
        (
            "February  30, 2023",
            "'February 30, 2023' is not a valid date",
            f"write '2023-02-28', {LAST_DAY}",
        ),
        ("2024-13-01", "'2024-13-01' is not a valid date", "write '2024-01-13'"),
        ("2024-13-32", "'2024-13-32' is not a valid date", None),
        ("05/11/2024", None, "write '2024-11-05' or '2024-05-11'"),
        ("5.11.2024 10:00", None, "write '2024-11-05' or '2024-05-11'"),
        ("31/1/2024", None, "write '2024-01-31'"),
        ("1/31/2024", None, "write '2024-01-31'"),
        ("05/05/2024", None, "write '2024-05-05'"),
        ("32/13/2024", None, None),
        ("05/11/20244", None, WHOLE),
        ("2024-11-05 10:00 CET", None, "write the zone as an offset such as +01:00"),
        ("2024-11-05 10:00:30 Europe/Berlin", None, "write the zone as an offset such as +01:00"),
        ("2024-11-05 25:00", None, WHOLE),
        ("20 Nvo 2021", None, WHOLE),
        ("soon", None, WHOLE),
    ],
)
def test_plain_mistakes_in_dates_are_told(text: str, wrong: str | None, hint: str | None) -> None:
    assert read_date(text, BERLIN) is None
    assert mistake(text) == (wrong, hint)


@given(st.text())
def test_any_text_can_be_asked_for_its_mistake(text: str) -> None:
    mistake(text)

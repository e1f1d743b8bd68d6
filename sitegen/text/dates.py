"""Dates as authors write them, parsed into aware datetimes.

Nothing is guessed: what a text leaves out is never filled in from today's clock, and the names of
months are English whatever the locale of the machine.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import MAXYEAR, UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from sitegen.model.site import MONTHS
from sitegen.text.patterns import compiled

_MONTHS = tuple(month.lower() for month in MONTHS)
TIME = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d+))?)?"
    r"(?: ?(?P<half>[ap])\.?m\.?)?"
)
ZONE = r"(?P<zone>z|(?:utc|gmt|ut)?[+-]\d\d?(?::?\d\d)?|utc|gmt|ut)"
# One real post repeats the year behind the time: `2023-01-29 18:30:22 2023 -0800`.
REST = rf"(?:(?:,? |t){TIME}(?: (?P=year))?)? ?{ZONE}?"
MONTH = r"(?P<month>[a-z]{3,9})\.?"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
FORMS = (
    rf"(?P<year>\d{{4}})(?P<sign>[-/.])(?P<month>\d{{1,2}})(?P=sign)(?P<day>\d{{1,2}}){REST}",
    rf"(?:[a-z]{{3,9}},? )?{MONTH} {DAY},? (?P<year>\d{{4}}){REST}",
    rf"(?:[a-z]{{3,9}},? )?{DAY}[ -]{MONTH}[ -](?P<year>\d{{4}}){REST}",
)
SWAPPED = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\b", re.ASCII)
OF_A_FILE = re.compile(r"(?:git )?(?:last modified|created)", re.IGNORECASE)
ZONED = re.compile(r"(.+:\d\d) ?[A-Za-z]\S+")
IN_NAME = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:-(.+))?", re.DOTALL | re.ASCII)
IN_PATH = re.compile(r"(?:.*/)?(\d{4})/(\d{2})[/-](\d{2})(?:[/-](.+))?", re.DOTALL | re.ASCII)


def moments(value: object, zone: ZoneInfo) -> object:
    """The value with every date in its lists and mappings as an aware datetime."""
    if isinstance(value, date):
        return read_date(value, zone)
    if isinstance(value, tuple):
        return tuple(moments(each, zone) for each in value)
    if isinstance(value, dict):
        return {key: moments(each, zone) for key, each in value.items()}
    return value


def read_date(value: object, zone: ZoneInfo) -> datetime | None:
    """The moment that a value of front matter means, or None if it means none.

    A date is its midnight. What names no offset gets the one that `zone` has then; an offset that
    is named stays, so that the day in a URL is the one the author wrote. Accepted, with any white
    space:

    - `2024-01-31`, `2024-1-5`, `2024/01/31`, `2024.01.31`
    - `January 31, 2024`, `Jan. 31 2024`, `31 January 2024`, `31-Jan-2024`, `Jan 31st, 2024`, and
      these with a day of the week, which is not checked: `Wednesday, January 31st 2024`
    - any of these with a time: `2024-01-31T10:00:00Z`, `2024-01-31 9:05`, `… 10:00:00.123`,
      `… 3:04 pm`
    - any of these with an offset: `Z`, `UTC`, `GMT`, `+0100`, `+01:00`, `-5`, `UTC+01:00`
      (RFC 3339, RFC 2822)
    - the dates and datetimes of YAML and TOML
    """
    try:
        moment = _moment(value, zone)
        return None if moment is None else _fixed(moment)
    except (ValueError, OverflowError):
        return None


def mistake(text: str) -> tuple[str | None, str | None]:
    """What is wrong with a text that is no date, where that is plain, and a hint, where one helps.

    - `2023-02-29` has the form of a date, and is none.
    - `05/11/2024` is written day first in one country, and month first in another.
    - `2024-11-05 10:00 CET` names a zone, and the zones of one name differ.
    - `Last Modified` is a date that Eleventy takes from the file or from git.
    """
    text = " ".join(text.split())
    if OF_A_FILE.fullmatch(text):
        return None, 'remove it, and set dates = "git" in [content] of sitegen.toml'
    found = _found(text)
    month = _month(found["month"]) if found else None
    if found and month is not None and not _is_day(found["year"], month, found["day"]):
        day = text[: max(map(found.end, ("year", "month", "day")))]
        return f"'{day}' is not a valid date", _nearest_day(
            int(found["year"]), month, int(found["day"])
        )
    if found := SWAPPED.match(text):
        one, two, year = found.groups()
        orders = dict.fromkeys(((two, one), (one, two)))
        days = [f"{year}-{m:0>2}-{d:0>2}" for m, d in orders if _is_day(year, int(m), d)]
        return None, f"write {' or '.join(map(repr, days))}" if days else None
    if (found := ZONED.fullmatch(text)) and _found(found[1]):
        return None, "write the zone as an offset such as +01:00"
    return None, "write the year, the month and the day, or remove this line"


def _nearest_day(year: int, month: int, day: int) -> str | None:
    """The hint for a day that its month does not have, or a month that is a day."""
    if _is_day(f"{year:04}", day, str(month)):
        return f"write '{year:04}-{day:02}-{month:02}'"
    if not (1 <= month <= len(MONTHS) and 1 <= year <= MAXYEAR):
        return None
    last = monthrange(year, month)[1]
    return f"write '{year:04}-{month:02}-{last}', the last day of {MONTHS[month - 1]} {year}"


def _is_day(year: str, month: int, day: str) -> bool:
    try:
        date(int(year), month, int(day))
    except ValueError:
        return False
    return True


def date_in_name(stem: str) -> tuple[date | None, str, bool]:
    """The date that a file name starts with, the rest of the name, and whether it is impossible.

    `2024-01-31-slug` and `2017-2-5-slug` are dated. A name that is only a date is also its rest.
    """
    found = IN_NAME.fullmatch(stem)
    if not found:
        return None, stem, False
    year, month, day, rest = found.groups()
    try:
        return date(int(year), int(month), int(day)), rest or stem, False
    except ValueError:
        return None, rest or stem, True


def date_in_path(path: str) -> tuple[date | None, str]:
    """The date that the folders of a path spell, and the last part of what is behind it, if any.

    `notes/2024/01/31/slug` and `2024/01-31-slug` are dated.
    """
    found = IN_PATH.fullmatch(path)
    if not found or not _is_day(found[1], int(found[2]), found[3]):
        return None, ""
    return date(int(found[1]), int(found[2]), int(found[3])), (found[4] or "").rpartition("/")[2]


def _moment(value: object, zone: ZoneInfo) -> datetime | None:
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=zone)
    if isinstance(value, date):
        return datetime.combine(value, time(), zone)
    return _from_text(" ".join(value.split()), zone) if isinstance(value, str) else None


def _fixed(moment: datetime) -> datetime:
    """The moment with a plain offset: in a zone, a time that the clock jumped over equals no other.

    OverflowError for one that has no UTC date, which feeds need: 0001-01-01+01:00.
    """
    moment.astimezone(UTC)
    offset = moment.utcoffset()
    assert offset is not None
    return moment.replace(tzinfo=timezone(offset), fold=0)


def _from_text(text: str, zone: ZoneInfo) -> datetime | None:
    found = _found(text)
    month = _month(found["month"]) if found else None
    if not found or not month:
        return None
    return datetime(
        int(found["year"]),
        month,
        int(found["day"]),
        _hour(found),
        int(found["minute"] or 0),
        int(found["second"] or 0),
        int((found["fraction"] or "")[:6].ljust(6, "0")),
        _offset(found["zone"]) or zone,
    )


def _hour(found: re.Match[str]) -> int:
    hour = int(found["hour"] or 0)
    if not found["half"]:
        return hour
    if hour not in range(1, 13):
        raise ValueError(f"no hour of a clock: {hour}")
    return hour % 12 + (12 if found["half"] in "pP" else 0)


def _found(text: str) -> re.Match[str] | None:
    forms = (compiled(form, re.IGNORECASE | re.ASCII) for form in FORMS)
    return next((match for form in forms if (match := form.fullmatch(text))), None)


def _month(text: str) -> int | None:
    """The number of a month that is written as a number, a name or the start of a name."""
    if text.isdecimal():
        return int(text)
    name = text.lower()
    return next((i for i, month in enumerate(_MONTHS, 1) if month.startswith(name)), None)


def _offset(text: str | None) -> tzinfo | None:
    if not text:
        return None
    text = text.lstrip("UTCGMZutcgmz")
    if not text:
        return UTC
    digits = text[1:].replace(":", "")
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)

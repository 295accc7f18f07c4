"""Parses dates as people type them: 2021-05, 2021-05-20..2021-06, yesterday, 2 weeks ago."""

from __future__ import annotations

import datetime
import re

from reader.query.tree import DateRange

_DATE = r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?"
# "2 weeks ago" is one day, "last week" is seven.
_SINGLE_DAY = r"(?i)\b(?:ago|before|in)\b"
# The longest date in words, in characters: longer texts are slow to parse.
_MAX_LENGTH = 40


def parse_days(text: str, today: datetime.date | None = None) -> DateRange:
    """The range of a day, a month, a year, or of two of them (`A..B`) with all between.

    Each may be in figures (2021-05-20, 2021-05, 2021) or in English words, which may be relative to
    `today`, by default the current day. Raises ValueError for anything else.
    """
    since, dots, until = text.partition("..")
    if not dots:
        return DateRange(*_days_of(since, today))
    if not since.strip() and not until.strip():
        raise ValueError("a range needs a day at one end")
    days = DateRange(
        _days_of(since, today)[0] if since.strip() else None,
        _days_of(until, today)[1] if until.strip() else None,
    )
    if days.since and days.until and days.since > days.until:
        raise ValueError("the range ends before it begins")
    return days


def _days_of(text: str, today: datetime.date | None) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of a day, a month or a year."""
    text = text.strip()
    match = re.fullmatch(_DATE, text)
    if not match:
        return _days_in_words(text, today or datetime.date.today())
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None or not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        raise ValueError("no such year")
    try:
        if day is not None:
            date = datetime.date(year, month or 1, day)
            return date, date
        return _whole_year(year) if month is None else _whole_month(year, month)
    except ValueError as error:
        raise ValueError("no such day") from error


def _days_in_words(text: str, today: datetime.date) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of an English phrase such as `last month`."""
    unknown = ValueError(
        "a day is written 2021-05-20, 2021-05 or 2021, or as in yesterday, 2 weeks ago, May 2021"
    )
    if len(text) > _MAX_LENGTH or text.isdecimal() or not any(map(str.isalpha, text)):
        raise unknown
    # Imported here: only dates in words need the parser.
    from dateparser.date import DateDataParser

    now = datetime.datetime.combine(today, datetime.time(12))
    settings = {"PREFER_DATES_FROM": "past", "RELATIVE_BASE": now}
    try:
        parsed = DateDataParser(languages=["en"], settings=settings).get_date_data(text)
    except (ValueError, OverflowError, RecursionError):
        raise unknown from None
    if parsed is None or parsed.date_obj is None:
        raise unknown
    day: datetime.date = parsed.date_obj.date()
    if re.search(_SINGLE_DAY, text):
        return day, day
    if parsed.period == "year":
        return _whole_year(day.year)
    if parsed.period == "month":
        return _whole_month(day.year, day.month)
    if parsed.period == "week":
        monday = day - datetime.timedelta(days=day.weekday())
        return monday, monday + datetime.timedelta(days=6)
    return day, day


def _whole_year(year: int) -> tuple[datetime.date, datetime.date]:
    return datetime.date(year, 1, 1), datetime.date(year, 12, 31)


def _whole_month(year: int, month: int) -> tuple[datetime.date, datetime.date]:
    from calendar import monthrange  # imported here: few searches need it

    first = datetime.date(year, month, 1)
    return first, first.replace(day=monthrange(year, month)[1])

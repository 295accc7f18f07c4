"""Dates as news sites print them."""

from __future__ import annotations

import datetime
import re
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from reader.language.word_lists import months
from reader.model.partial_date import PartialDate

if TYPE_CHECKING:
    from reader.model.dates import ArticleDate

_MONTHS = {
    name.casefold(): month for month, names in enumerate(months(), start=1) for name in names
}
_MONTH = rf"(?P<name>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})\b"

_PARTIAL = r"\s*(?P<date>(?P<year>\d{4})(?:[-/](?P<month>\d{1,2}))?)\s*"

_FORMS = (
    r"\b(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)",
    rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}",
    rf"\b{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}",
    rf"\b{_DAY}-{_MONTH}-{_YEAR}",
    # Day and month in figures, in either order: only a number over 12 tells which is the day.
    rf"\b(?P<first>\d{{1,2}})(?P<mark>[./-])(?P<second>\d{{1,2}})(?P=mark){_YEAR}",
)


class PrintedDate(NamedTuple):
    """A date in a line, and its span in characters.

    `date` is None where the figures leave open which is the month (05/06/2021).
    """

    date: ArticleDate | None
    start: int
    end: int


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    """The forms, compiled at the first use: that takes longer than reading most articles."""
    return tuple(re.compile(form, re.IGNORECASE) for form in _FORMS)


def find_date(line: str) -> PrintedDate | None:
    """The first date printed in full in a line; None without one."""
    if not any(map(str.isdigit, line)):
        return None
    if match := re.fullmatch(_PARTIAL, line):
        month = match["month"]
        with suppress(ValueError):  # no such year or month
            return PrintedDate(
                PartialDate(int(match["year"]), int(month) if month else None), *match.span("date")
            )
    first: PrintedDate | None = None
    for form in _forms():
        match = form.search(line)
        if match and (first is None or match.start() < first.start):
            try:
                first = PrintedDate(_date_of(match), *match.span())
            except ValueError:  # no such day: 2021-02-30, 31.31.2021
                continue
    return first


def _date_of(match: re.Match[str]) -> datetime.date | None:
    """The date of a match; None if its month is left open. Raises ValueError for no real day."""
    parts = match.groupdict()
    year = int(parts["year"])
    if "first" not in parts:
        month = _MONTHS[parts["name"].casefold()] if "name" in parts else int(parts["month"])
        return datetime.date(year, month, int(parts["day"]))
    first, second = int(parts["first"]), int(parts["second"])
    if parts["mark"] == "." or first > 12 or first == second:  # dots: day.month, as in Europe
        return datetime.date(year, second, first)
    if second > 12:
        return datetime.date(year, first, second)
    return None

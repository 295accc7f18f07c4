"""Dates as news sites print them."""

from __future__ import annotations

import datetime
import re
from functools import cache

from reader.language.word_lists import months

_MONTHS = {
    name.casefold(): number for number, names in enumerate(months(), start=1) for name in names
}
_MONTH = rf"(?P<name>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})\b"

_FORMS = (
    r"\b(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)",
    rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}",
    rf"\b{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}",
    rf"\b{_DAY}-{_MONTH}-{_YEAR}",
    # Day and month in figures: which is which shows only when one is over 12.
    rf"\b(?P<first>\d{{1,2}})(?P<mark>[./-])(?P<second>\d{{1,2}})(?P=mark){_YEAR}",
)


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    """The forms, compiled when first needed: that takes longer than reading most articles."""
    return tuple(re.compile(form, re.IGNORECASE) for form in _FORMS)


def find_date(line: str) -> tuple[datetime.date | None, int, int] | None:
    """The first date printed in full in the line, and the characters where it starts and ends.

    The date is None where the figures leave open which is the month (05/06/2021). Returns None
    when the line has no date.
    """
    if not any(map(str.isdigit, line)):
        return None
    found = None
    for form in _forms():
        match = form.search(line)
        if match and (found is None or match.start() < found[1]):
            try:
                found = (_date_of(match), match.start(), match.end())
            except ValueError:  # no such day: 2021-02-30, 31.31.2021
                continue
    return found


def _date_of(match: re.Match[str]) -> datetime.date | None:
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

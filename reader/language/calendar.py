"""The names of months and weekdays, and the order of dates in figures, in many languages."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from reader.language.clean import fold
from reader.language.word_lists import LANGUAGE, months

# The countries that write English with the day first, and those with the month first.
_DAY_FIRST = frozenset(
    "au bw bz gb gh hk ie in jm ke lk mt my ng nz pk sg tt tz ug uk za zw".split()
)
_MONTH_FIRST = frozenset(("us", "ph"))


class Calendar(NamedTuple):
    """A language's way to write dates: the month of each folded name, the folded weekdays, and the
    order of day, month and year in figures: "dmy", "mdy", "ymd"; empty if it differs by country.
    """

    months: dict[str, int]
    weekdays: frozenset[str]
    order: str


def month_of(word: str, language: str | None = None) -> int | None:
    """The month, from 1, that a word names in any case; None if it names none.

    The word is of the language (BCP 47) if the language has it, else of any that has it, where all
    of them mean one month.
    """
    name = fold(word).rstrip(".")
    calendar = _calendar(language)
    if calendar and name in calendar.months:
        return calendar.months[name]
    months = _all_months().get(name, frozenset())
    return next(iter(months)) if len(months) == 1 else None


def is_weekday(word: str) -> bool:
    """Whether a word names a day of the week in some language."""
    return fold(word).rstrip(".,") in _all_weekdays()


def day_is_first(language: str | None) -> bool | None:
    """Whether 05/06/2021 is the 5th of June in a language (BCP 47); None if that is not known."""
    calendar = _calendar(language)
    if calendar is None or language is None:
        return None
    if calendar.order in ("dmy", "mdy"):
        return calendar.order == "dmy"
    country = language.casefold().replace("_", "-").rpartition("-")[2]
    return True if country in _DAY_FIRST else False if country in _MONTH_FIRST else None


def _calendar(language: str | None) -> Calendar | None:
    """The calendar of a language, or of the language without its country."""
    if not language:
        return None
    tag = language.casefold().replace("_", "-")
    calendars = _calendars()
    return calendars.get(tag) or calendars.get(tag.partition("-")[0])


@cache
def _calendars() -> dict[str, Calendar]:
    calendars = {}
    for line in LANGUAGE.entries("calendar"):
        language, order, weekdays, *names = line.split("\t")
        calendars[language.casefold()] = Calendar(
            {fold(name): month for month, row in enumerate(names, 1) for name in row.split()},
            frozenset(map(fold, weekdays.split())),
            order.strip("-"),
        )
    english = calendars["en"].months
    english |= {fold(name): month for month, row in enumerate(months(), 1) for name in row}
    return calendars


@cache
def _all_months() -> dict[str, frozenset[int]]:
    """The months that each name has in some language."""
    found: dict[str, set[int]] = {}
    for calendar in _calendars().values():
        for name, month in calendar.months.items():
            found.setdefault(name, set()).add(month)
    # English names are meant where nothing says otherwise.
    found.update({name: {month} for name, month in _calendars()["en"].months.items()})
    return {name: frozenset(months) for name, months in found.items()}


@cache
def _all_weekdays() -> frozenset[str]:
    return frozenset().union(*(calendar.weekdays for calendar in _calendars().values()))

"""Counts by day, week, month or year, from counts by date."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.model.choices import Period
    from reader.model.dates import ArticleDate

# The length of a period in ISO 8601, but for weeks.
_LENGTHS = {"year": 4, "month": 7, "day": 10}


def by_period(dates: Mapping[ArticleDate | None, int], by: Period) -> list[tuple[str | None, int]]:
    """The count of each period from the first to the last, empty ones included.

    A date of which only the month or the year is known belongs to no shorter period: it is counted
    under itself (`2021`), before the period of its first day. At the end, under None, is the count
    without a date, if there is one.
    """
    counts: Counter[str] = Counter()
    days: list[datetime.date] = []
    rows: set[tuple[datetime.date, str]] = set()
    for date, count in dates.items():
        if date is None:
            continue
        first_day = date if isinstance(date, datetime.date) else date.first_day
        period = period_of(date, by)
        counts[period] += count
        if period == period_of(first_day, by):
            days.append(first_day)
        else:
            rows.add((first_day, period))
    rows.update(_periods(days, by))
    periods: list[tuple[str | None, int]] = [(period, counts[period]) for _, period in sorted(rows)]
    undated = dates.get(None, 0)
    return [*periods, (None, undated)] if undated else periods


def period_of(date: ArticleDate, by: Period) -> str:
    """The period of a date; of one that is longer than such a period the date itself."""
    if by != "week":
        return date.isoformat()[: _LENGTHS[by]]
    if not isinstance(date, datetime.date):
        return date.isoformat()
    year, week, _ = date.isocalendar()
    return f"{year}-W{week:02}"


def _periods(days: Sequence[datetime.date], by: Period) -> Iterator[tuple[datetime.date, str]]:
    """Each period from that of the earliest day to that of the latest, with its first day there."""
    if not days:
        return
    period = ""
    for ordinal in range(min(days).toordinal(), max(days).toordinal() + 1):
        day = datetime.date.fromordinal(ordinal)
        next_period = period_of(day, by)
        if next_period != period:
            yield day, next_period
        period = next_period

"""Counts by week, month or year, from counts by day."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.model.choices import Period


def by_period(days: Mapping[datetime.date | None, int], by: Period) -> list[tuple[str | None, int]]:
    """The count of each period from the first to the last, empty ones included; at the end, under
    None, the count without a day, if there is one.
    """
    undated = days.get(None, 0)
    dates = {day: count for day, count in days.items() if day}
    counts: Counter[str] = Counter()
    for date, count in dates.items():
        counts[_period_of(date, by)] += count
    periods: list[tuple[str | None, int]] = []
    if dates:
        for period in _periods(min(dates), max(dates), by):
            periods.append((period, counts[period]))
    return [*periods, (None, undated)] if undated else periods


def _period_of(date: datetime.date, by: Period) -> str:
    if by == "week":
        year, week, _ = date.isocalendar()
        return f"{year}-W{week:02}"
    return date.isoformat()[: {"year": 4, "month": 7, "day": 10}[by]]


def _periods(first: datetime.date, last: datetime.date, by: Period) -> Iterator[str]:
    """Each period from that of the first day to that of the last."""
    period = ""
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        next_period = _period_of(datetime.date.fromordinal(ordinal), by)
        if next_period != period:
            yield next_period
        period = next_period

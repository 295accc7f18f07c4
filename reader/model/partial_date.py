"""Dates of which only the year, or the year and the month, are known."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import total_ordering
from typing import TYPE_CHECKING

from reader.model.dates import day_number

if TYPE_CHECKING:
    from reader.model.dates import ArticleDate


@total_ordering
@dataclass(frozen=True)
class PartialDate:
    """A year, or a month of it: a date of which more is not known.

    It compares with days and with others of its kind, and comes right before its first day; a year
    comes before its first month. Raises ValueError for a year or a month that does not exist.
    """

    year: int
    month: int | None = None

    def __post_init__(self) -> None:
        datetime.date(self.year, 1 if self.month is None else self.month, 1)

    @property
    def day(self) -> None:
        """None: what a date has that is known to the day."""
        return

    @property
    def first_day(self) -> datetime.date:
        """The first day that it can mean."""
        return datetime.date(self.year, self.month or 1, 1)

    @property
    def last_day(self) -> datetime.date:
        """The last day that it can mean."""
        from calendar import monthrange  # imported here: few need it

        month = self.month or 12
        return datetime.date(self.year, month, monthrange(self.year, month)[1])

    def isoformat(self) -> str:
        """The date in the form of ISO 8601: `2021` or `2021-05`."""
        return f"{self.year:04}" if self.month is None else f"{self.year:04}-{self.month:02}"

    def __str__(self) -> str:
        return self.isoformat()

    def __lt__(self, other: ArticleDate) -> bool:
        if not isinstance(other, (datetime.date, PartialDate)):
            return NotImplemented
        return day_number(self) < day_number(other)

"""The date field of the Whoosh index: days, and months and years where no more is known."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

from whoosh.fields import DATETIME
from whoosh.query import NumericRange, Or, Query, Term
from whoosh.reading import IndexReader
from whoosh.util.times import datetime_to_long

from reader.model.partial_date import PartialDate

if TYPE_CHECKING:
    from reader.model.dates import ArticleDate

# The first byte of a term: Whoosh's numbers have 0 there in a field without tiers.
_MONTH, _YEAR = b"\x01", b"\x02"


class DateField(DATETIME):  # type: ignore[misc, unused-ignore]
    """The date of publication: a day as midnight, or a PartialDate.

    Each date has a single term: ranges list them. The terms of months and years come after those of
    all days, so that ranges of Whoosh's own classes find days only; its parser gives ours.
    """

    def __init__(self) -> None:
        super().__init__(stored=True)
        self.shift_step = 0

    def to_bytes(self, x: Any, shift: int = 0) -> bytes:
        """The term of a date: for a partial one its mark, then as the term of its first day."""
        if not isinstance(x, PartialDate):
            return cast("bytes", super().to_bytes(x, shift))
        first: bytes = super().to_bytes(_midnight(x.first_day))
        return (_MONTH if x.month else _YEAR) + first[1:]

    def from_bytes(self, bs: bytes) -> datetime.datetime | PartialDate:
        """The date of a term."""
        day: datetime.datetime = super().from_bytes(bs)
        if bs.startswith(_YEAR):
            return PartialDate(day.year)
        return PartialDate(day.year, day.month) if bs.startswith(_MONTH) else day

    def sortable_terms(self, ixreader: IndexReader, fieldname: str) -> Iterator[bytes]:
        """The terms in the order of their dates: a year, its first month, its first day."""
        return iter(sorted(ixreader.lexicon(fieldname), key=lambda term: (term[1:], -term[0])))

    def parse_query(self, fieldname: str, qstring: str, boost: float = 1.0) -> Query:
        """The query for what Whoosh's parser has after `date:`."""
        return _with_partial_dates(super().parse_query(fieldname, qstring, boost))

    def parse_range(self, *arguments: Any, **options: Any) -> Query:
        """The query for what Whoosh's parser has in brackets after `date:`."""
        return _with_partial_dates(super().parse_range(*arguments, **options))


class WhooshDateRange(NumericRange):  # type: ignore[misc, unused-ignore]
    """The days of a range, and the months and years of which every day is in it.

    The ends are in microseconds, as Whoosh counts them; None leaves an end open.
    """

    def _compile_query(self, ixreader: IndexReader) -> Query:
        terms = [
            Term(self.fieldname, term)
            for term in ixreader.lexicon(self.fieldname)
            if term.startswith((_MONTH, _YEAR)) and self._contains(ixreader, term)
        ]
        days = super()._compile_query(ixreader)
        return Or([days, *terms]) if terms else days

    def _contains(self, ixreader: IndexReader, term: bytes) -> bool:
        date = ixreader.schema[self.fieldname].from_bytes(term)
        first, last = (datetime_to_long(_midnight(day)) for day in (date.first_day, date.last_day))
        return (self.start is None or self.start <= first) and (
            self.end is None or last <= self.end
        )


def date_range(since: datetime.date | None, until: datetime.date | None) -> WhooshDateRange:
    """Whoosh's query for the dates from a day to a day, both included; None leaves an end open."""
    start, end = (datetime_to_long(_midnight(day)) if day else None for day in (since, until))
    return WhooshDateRange("date", start, end)


def stored_date(date: ArticleDate | None) -> datetime.datetime | PartialDate | None:
    """A date as Whoosh's date field has it."""
    return date if date is None or isinstance(date, PartialDate) else _midnight(date)


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime(day.year, day.month, day.day)


def _with_partial_dates(query: Query) -> Query:
    """A range of Whoosh's own as one that has partial dates; other queries as they are."""
    if type(query) is not NumericRange:
        return query
    return WhooshDateRange(query.fieldname, query.start, query.end, boost=query.boost)

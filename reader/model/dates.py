"""Dates of publication: days, or months or years where no more is known; and their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import datetime

    from reader.model.partial_date import PartialDate

# Both have year, month, day and isoformat(), and compare with each other; what is not known of a
# partial date is None.
ArticleDate: TypeAlias = "datetime.date | PartialDate"


def day_number(date: ArticleDate | None) -> int:
    """A date as the integer YYYYMMDD, YYYYMM00 or YYYY0000, which orders dates; 0 for none."""
    return date.year * 10000 + (date.month or 0) * 100 + (date.day or 0) if date else 0


def date_of(number: int) -> ArticleDate | None:
    """The date of a number that `day_number` made."""
    year, month, day = number // 10000, number // 100 % 100, number % 100
    if not number:
        return None
    # Imported here: not every command meets a date, and few corpora have partial ones.
    if day:
        import datetime

        return datetime.date(year, month, day)
    from reader.model.partial_date import PartialDate

    return PartialDate(year, month or None)

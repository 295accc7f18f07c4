"""The version of the rules that an index is made by, and the numbers that it stores for days."""

from __future__ import annotations

import datetime
import sys

from whoosh import __version__ as whoosh_version

from reader import formats, quotes
from reader.language import tokens
from reader.query.fields import FIELDS as FIELDS

SCHEMA_VERSION = 7
# An index that was made by another version is made again.
VERSION = (
    f"schema {SCHEMA_VERSION} formats {formats.VERSION} analysis {tokens.VERSION} "
    f"quotes {quotes.VERSION} "
    f"whoosh {'.'.join(map(str, whoosh_version))} {sys.byteorder}"
)

# Positions between two values of one field, so that no phrase runs from one into the next.
GAP = 100


def day_number(date: datetime.date | None) -> int:
    """A day as the index stores it: the number YYYYMMDD, 0 for none."""
    return date.year * 10000 + date.month * 100 + date.day if date else 0


def day_of(number: int) -> datetime.date:
    """The day that the index stores as this number, which is not 0."""
    return datetime.date(number // 10000, number // 100 % 100, number % 100)

"""The fields of a paragraph in the index, and how each is written."""

from __future__ import annotations

import datetime
import sys

from whoosh import __version__ as whoosh_version
from whoosh.fields import FieldType, Schema
from whoosh.formats import Positions

from reader import formats, quotes
from reader.index.segment import Field
from reader.language import tokens

SCHEMA_VERSION = 6
# What an index was made by; one made by anything else is made again.
VERSION = (
    f"schema {SCHEMA_VERSION} formats {formats.VERSION} analysis {tokens.VERSION} "
    f"quotes {quotes.VERSION} "
    f"whoosh {'.'.join(map(str, whoosh_version))} {sys.byteorder}"
)

# Words between two values of one field, so that no phrase runs from one into the next.
GAP = 100

# Fields whose words a user can name in a query.
FIELDS = {
    "text": Field(stemmed=True),
    "title": Field(stemmed=True, of_article=True),
    "quote": Field(stemmed=True),
    "speaker": Field(stemmed=False),
    "source": Field(stemmed=False, of_article=True),
    "section": Field(stemmed=False, of_article=True),
    "author": Field(stemmed=False, of_article=True),
    "tag": Field(stemmed=False, of_article=True),
}
# What hits are ranked by: of these the segments have the statistics.
SCORED = ("text", "title")


class Words(FieldType):  # type: ignore[misc, unused-ignore]
    """Text by its words, with their positions; stemmed or only folded.

    The segment builder makes the postings: passing each word through Whoosh's token objects and
    pool takes four times as long.
    """

    def __init__(self, scorable: bool) -> None:
        super().__init__(Positions(), None, scorable=scorable, stored=False)


# Whoosh sees each paragraph as a document with its article's fields.
SCHEMA = Schema(**{name: Words(scorable=name in SCORED) for name in FIELDS})


def day_number(date: datetime.date | None) -> int:
    """A day as the index stores it: the number YYYYMMDD, 0 for none."""
    return date.year * 10000 + date.month * 100 + date.day if date else 0


def day_of(number: int) -> datetime.date:
    """The day that the index stores as this number, which is not 0."""
    return datetime.date(number // 10000, number // 100 % 100, number % 100)

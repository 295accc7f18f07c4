"""The fields of a paragraph in the index, and how each is written."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from whoosh import __version__ as whoosh_version
from whoosh.fields import ID, NUMERIC, STORED, FieldType, Schema
from whoosh.formats import Existence, Positions

from reader import formats, quotes
from reader.index import analysis

SCHEMA_VERSION = 1
# What an index was made by; one made by anything else is made again.
VERSION = (
    f"schema {SCHEMA_VERSION} formats {formats.VERSION} analysis {analysis.VERSION} "
    f"quotes {quotes.VERSION} "
    f"whoosh {'.'.join(map(str, whoosh_version))}"
)

# Words between two values of one field, so that no phrase runs from one into the next.
_GAP = 100


class PackedPositions(Positions):  # type: ignore[misc, unused-ignore]
    """Positions as bytes, not as Whoosh's pickled lists: about half the size and time.

    The first byte is the width of a number in bytes, then come the steps from each position to the
    next, big-endian.
    """

    def encode(self, poslist: Sequence[int]) -> bytes:
        steps = [after - before for before, after in zip([0, *poslist], poslist, strict=False)]
        if max(steps) < 256:
            return b"\1" + bytes(steps)
        return b"\4" + b"".join(step.to_bytes(4, "big") for step in steps)

    def decode_positions(self, valuestring: bytes) -> list[int]:
        width = valuestring[0]
        positions = []
        position = 0
        for place in range(1, len(valuestring), width):
            position += int.from_bytes(valuestring[place : place + width], "big")
            positions.append(position)
        return positions

    def decode_frequency(self, valuestring: bytes) -> int:
        return (len(valuestring) - 1) // valuestring[0]


class Words(FieldType):  # type: ignore[misc, unused-ignore]
    """Text by its words, stemmed or only folded, with their positions.

    A value is a text or a sequence of texts. Whoosh's own TEXT makes a token object pass through
    a chain of generators for every word; this counts words in a dictionary, at twice the speed.
    """

    def __init__(self, stemmed: bool, scorable: bool = False, stored: bool = False) -> None:
        super().__init__(PackedPositions(), None, scorable=scorable, stored=stored)
        self.stemmed = stemmed

    def index(
        self, value: str | Sequence[str], **_options: Any
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """The terms of the value: each in bytes, how often it stands there (twice), and where."""
        positions: dict[str, list[int]] = {}
        position = 0
        for text in (value,) if isinstance(value, str) else value:
            for form in analysis.forms(text):
                term = analysis.stem(form) if self.stemmed else form
                positions.setdefault(term, []).append(position)
                position += 1
            position += _GAP
        encode = self.format.encode
        for term, places in positions.items():
            yield term.encode(), len(places), float(len(places)), encode(places)


class Forms(FieldType):  # type: ignore[misc, unused-ignore]
    """The folded, unstemmed words of a text: what prefixes and near spellings are looked up in."""

    def __init__(self) -> None:
        super().__init__(Existence(), None)

    def index(self, value: str, **_options: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """The distinct forms of the text's words, in bytes."""
        for form in set(analysis.forms(value)):
            yield form.encode(), 1, 1.0, b""


def day_number(date: datetime.date) -> int:
    """A day as the index stores it: the number YYYYMMDD."""
    return date.year * 10000 + date.month * 100 + date.day


def day_of(number: int) -> datetime.date | None:
    """The day that the index stores as this number; 0 is for none."""
    if not number:
        return None
    return datetime.date(number // 10000, number // 100 % 100, number % 100)


# Fields whose words a user can name in a query, and whether they are stemmed.
STEMMED = {
    "text": True,
    "title": True,
    "quote": True,
    "speaker": False,
    "source": False,
    "section": False,
    "author": False,
}

SCHEMA = Schema(
    text=Words(stemmed=True, scorable=True, stored=True),
    form=Forms(),
    title=Words(stemmed=True, scorable=True, stored=True),
    quote=Words(stemmed=True),
    speaker=Words(stemmed=False),
    source=Words(stemmed=False, stored=True),
    section=Words(stemmed=False),
    author=Words(stemmed=False),
    # Columns: what ties are broken by, and what tells which article a paragraph is of.
    article=ID(sortable=True),
    paragraph=STORED(),
    # A whole day as the number YYYYMMDD, one term a day.
    date=NUMERIC(int, bits=32, signed=False, shift_step=0, sortable=True, default=0),
)

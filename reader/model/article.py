"""Articles, paragraphs and quotations: plain data."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

# Silent reading of English non-fiction, words a minute: Brysbaert (2019), "How many words do we
# read per minute?", Journal of Memory and Language 109.
READING_SPEED = 238


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of an article's body.

    `number` counts from 1 within the article. `text` has no control characters, no line breaks
    and single spaces only; character offsets anywhere in `reader` are offsets into it.
    """

    number: int
    text: str


@dataclass(frozen=True)
class Article:
    """An article as read from one file; None for data that the file does not have.

    `path` is the absolute path of the file, if it is in a folder of articles.
    """

    id: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    source: str | None = None
    section: str | None = None
    author: str | None = None
    date: datetime.date | None = None
    url: str | None = None
    credit: str | None = None
    tags: tuple[str, ...] = ()
    path: str | None = None

    @property
    def words(self) -> int:
        """The number of words in the body, as white space divides them."""
        return sum(len(paragraph.text.split()) for paragraph in self.paragraphs)

    @property
    def minutes(self) -> int:
        """The time that reading the body takes, in whole minutes, at least 1."""
        return max(1, round(self.words / READING_SPEED))

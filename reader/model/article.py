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


@dataclass(frozen=True)
class Quotation:
    """A quotation: text between quotation marks, without the marks.

    `paragraph` is the number of its first paragraph; `start` and `end` are offsets in the text of
    that paragraph. `parts` are its words in each paragraph that it spans, in order. `kind` is
    "speech" for spoken or written statements, "term" for names, titles and scare quotes. `speaker`
    and `cue` are None where the article gives none (always, for a term); `attribution` is the
    article's own words for the speaker, such as "the senator" or "she".
    """

    paragraph: int
    start: int
    end: int
    parts: tuple[str, ...]
    kind: str
    speaker: str | None = None
    cue: str | None = None
    attribution: str | None = None

    @property
    def text(self) -> str:
        """The words; those of several paragraphs are joined by a newline."""
        return "\n".join(self.parts)

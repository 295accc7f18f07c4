"""Quotation hits and speakers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.model.article import Paragraph
    from reader.model.dates import ArticleDate
    from reader.model.quotation import Quotation
    from reader.model.summary import Summary


@dataclass(frozen=True)
class QuotationHit:
    """A quotation with its article, its paragraphs, and the paragraphs of context around these."""

    summary: Summary
    quotation: Quotation
    paragraphs: tuple[Paragraph, ...]

    @property
    def article(self) -> str:
        """The article's id."""
        return self.summary.id

    @property
    def paragraph(self) -> int:
        """The number of its first paragraph."""
        return self.quotation.paragraph

    @property
    def locator(self) -> str:
        """The locator of its first paragraph."""
        return f"{self.article}:{self.paragraph}"

    @property
    def has_context(self) -> bool:
        """Whether `paragraphs` includes context."""
        return len(self.paragraphs) > len(self.quotation.parts)

    @property
    def parts(self) -> dict[int, tuple[int, int]]:
        """Its spans by paragraph number."""
        spans = {}
        texts = {paragraph.number: paragraph.text for paragraph in self.paragraphs}
        for number, part in enumerate(self.quotation.parts, start=self.quotation.paragraph):
            is_first = number == self.quotation.paragraph
            start = self.quotation.start if is_first else texts[number].index(part)
            spans[number] = (start, start + len(part))
        return spans


@dataclass(frozen=True)
class Speaker:
    """A speaker: the numbers of quotations, of their words and of the articles, and the first and
    last day of these. `names` are the forms of the name in articles, the most frequent first.
    `name` is None for quotations without an attribution. `periods`
    are the counts by period, if these are asked for.
    """

    name: str | None
    quotations: int
    words: int
    articles: int
    first: ArticleDate | None
    last: ArticleDate | None
    names: tuple[str, ...]
    periods: tuple[SpeakerPeriod, ...] = ()


@dataclass(frozen=True)
class SpeakerPeriod:
    """The numbers of a speaker's quotations, of their words and of the articles in a period:
    "2021-05"; None for articles without a date.
    """

    period: str | None
    quotations: int
    words: int
    articles: int

"""What a search finds: plain data that the index makes and the views show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

if TYPE_CHECKING:
    import datetime

    from reader.model.article import Paragraph, Quotation
    from reader.model.summary import Summary

    class Marker(Protocol):
        """Finds what a query asks for in a text."""

        def highlights(self, text: str) -> Highlights:
            """The characters where each match starts and ends, in order, none overlapping."""

        def through(self, text: str) -> tuple[str, ...]:
            """The other names in the text of what the query names."""


Highlights: TypeAlias = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Hit:
    """A paragraph that a search found, with what is known of its article.

    `score` is comparable within one search only. `context` are the paragraphs around it, if they
    were asked for.
    """

    article: str
    paragraph: int
    title: str
    date: datetime.date | None
    source: str | None
    text: str
    score: float
    marker: Marker
    section: str | None = None
    author: str | None = None
    url: str | None = None
    context: tuple[Paragraph, ...] = ()

    @property
    def locator(self) -> str:
        """What names the paragraph on the command line."""
        return f"{self.article}:{self.paragraph}"

    @cached_property
    def highlights(self) -> Highlights:
        """The characters of `text` where each match starts and ends, in order, none overlapping.

        Found when asked for: plain output does without, and it takes as long as all the rest.
        """
        return self.marker.highlights(self.text)

    @property
    def through(self) -> tuple[str, ...]:
        """The names by which the paragraph was found, if not those that were asked for."""
        return self.marker.through(self.text)

    def snippet(self, most: int) -> tuple[int, int]:
        """The characters of `text` where the sentences with most of the matches start and end."""
        return best_window(self.text, self.highlights, most)


class ArticleHit(NamedTuple):
    """An article that a search found: how many of its paragraphs match, and how well it does."""

    article: str
    hits: int
    title: str
    date: datetime.date | None
    source: str | None
    score: float


class SimilarArticle(NamedTuple):
    """An article that is like another: how much so, and the words that tie them, as that other has
    them, those that tell most first.
    """

    article: str
    score: float
    title: str
    date: datetime.date | None
    source: str | None
    terms: tuple[str, ...]


class QuotationHit(NamedTuple):
    """A quotation, with what is known of its article and the paragraphs it stands in; around them
    so many others as were asked for.
    """

    article: Summary
    quote: Quotation
    paragraphs: tuple[Paragraph, ...]

    @property
    def locator(self) -> str:
        """What names its first paragraph on the command line."""
        return f"{self.article.id}:{self.quote.paragraph}"

    @property
    def has_context(self) -> bool:
        """Whether there are other paragraphs than those it stands in."""
        return len(self.paragraphs) > len(self.quote.parts)

    @property
    def parts(self) -> dict[int, tuple[int, int]]:
        """The characters where the quotation starts and ends in each of its paragraphs."""
        places = {}
        texts = {paragraph.number: paragraph.text for paragraph in self.paragraphs}
        for number, part in enumerate(self.quote.parts, start=self.quote.paragraph):
            is_first = number == self.quote.paragraph
            start = self.quote.start if is_first else texts[number].index(part)
            places[number] = (start, start + len(part))
        return places


class Speaker(NamedTuple):
    """Somebody who is quoted: how many quotations, of how many words, in how many articles, and
    the first and last day of these. `names` are the forms of the name that articles use, the most
    frequent first. No `name` is for whatever nobody is named for.
    """

    name: str | None
    quotes: int
    words: int
    articles: int
    first: datetime.date | None
    last: datetime.date | None
    names: tuple[str, ...]


class Explanation(NamedTuple):
    """A part of a query as it was understood: how deep it is, how many paragraphs match it."""

    depth: int
    hits: int
    query: str


def window_around(text: str, start: int, end: int, first: int, most: int) -> tuple[int, int]:
    """The characters of the sentences that a passage from `start` to `end` stands in, with the one
    before if it does not begin before `first` and is at most so many characters long.
    """
    # Loads the rules: only terminals need them.
    from reader.language.sentences import sentences

    parts = sentences(text)
    inside = [n for n, (low, high) in enumerate(parts) if low < end and start < high]
    if not inside:
        return 0, len(text)
    begin = parts[inside[0]][0]
    before = parts[inside[0] - 1] if inside[0] else None
    if before and before[0] >= first and before[1] - before[0] <= most:
        begin = before[0]
    return begin, parts[inside[-1]][1]


def best_window(text: str, highlights: Sequence[tuple[int, int]], most: int) -> tuple[int, int]:
    """The characters of the neighbouring sentences, together at most so many characters long, that
    have most of the different matches; of several the first.

    It is longer only where one sentence with a match is, shorter only where the text is.
    """
    if len(text) <= most:
        return 0, len(text)
    # Loads the rules: only terminals need them.
    from reader.language.sentences import sentences

    parts = sentences(text)
    best, most_found = (0, parts[0][1]) if parts else (0, len(text)), (-1, -1)
    for first, (start, _) in enumerate(parts):
        end = parts[first][1]
        for _, next_end in parts[first + 1 :]:
            if next_end - start > most:
                break
            end = next_end
        inside = [(a, b) for a, b in highlights if start <= a and b <= end]
        found = len({text[a:b].casefold() for a, b in inside}), len(inside)
        if found > most_found:
            best, most_found = (start, end), found
    return best

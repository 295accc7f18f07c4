"""What searches give: plain data that views show and callers keep.

Quotations, similar articles and explanations have modules of their own, which a search does not
load: each dataclass takes 0.4 ms to make.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import datetime

    from reader.model.article import Paragraph

# The offsets at which each match starts and ends, in order; none overlap.
Highlights: TypeAlias = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Hit:
    """A paragraph that matches a search, with the data of its article.

    `score` is comparable within one search only. `context` are the paragraphs around it, as many as
    the search was asked for. `highlights` are the matches in `text`. `other_names` are the names by
    which it matched, if not by those in the query: aliases and similar spellings. Both are empty if
    the search was made without highlights.
    """

    article: str
    paragraph: int
    title: str
    date: datetime.date | None
    source: str | None
    text: str
    score: float
    section: str | None = None
    author: str | None = None
    url: str | None = None
    context: tuple[Paragraph, ...] = ()
    highlights: Highlights = ()
    other_names: tuple[str, ...] = ()
    path: str | None = None

    @property
    def locator(self) -> str:
        """The locator of the paragraph."""
        return f"{self.article}:{self.paragraph}"

    def snippet(self, length: int) -> tuple[int, int]:
        """The offsets of the sentences with the most matches, together at most `length` long."""
        return best_window(self.text, self.highlights, length)


@dataclass(frozen=True)
class ArticleHit:
    """An article that matches a search: the number of its hits, and the score of all of it."""

    article: str
    hits: int
    title: str
    date: datetime.date | None
    source: str | None
    score: float
    section: str | None = None
    author: str | None = None
    url: str | None = None
    path: str | None = None

    @property
    def locator(self) -> str:
        """The locator of the article."""
        return self.article


def window_around(text: str, start: int, end: int, first: int, length: int) -> tuple[int, int]:
    """The offsets of the sentences that have the passage from `start` to `end`, and of the sentence
    before if that does not begin before `first` and has at most `length` characters.
    """
    # Loads the rules: only terminals need them.
    from reader.language.sentences import sentences

    parts = sentences(text)
    inside = [n for n, (low, high) in enumerate(parts) if low < end and start < high]
    if not inside:
        return 0, len(text)
    begin = parts[inside[0]][0]
    before = parts[inside[0] - 1] if inside[0] else None
    if before and before[0] >= first and before[1] - before[0] <= length:
        begin = before[0]
    return begin, parts[inside[-1]][1]


def best_window(text: str, highlights: Sequence[tuple[int, int]], length: int) -> tuple[int, int]:
    """The offsets of the adjacent sentences, together at most `length` characters long, that have
    the most different matches, then the most matches; of several the first.

    It is longer only if a single sentence is, and shorter than that sentence only if the text is.
    """
    if len(text) <= length:
        return 0, len(text)
    # Loads the rules: only terminals need them.
    from reader.language.sentences import sentences

    parts = sentences(text)
    best, best_count = (0, parts[0][1]) if parts else (0, len(text)), (-1, -1)
    for first, (start, _) in enumerate(parts):
        end = parts[first][1]
        for _, next_end in parts[first + 1 :]:
            if next_end - start > length:
                break
            end = next_end
        inside = [(a, b) for a, b in highlights if start <= a and b <= end]
        count = len({text[a:b].casefold() for a, b in inside}), len(inside)
        if count > best_count:
            best, best_count = (start, end), count
    return best

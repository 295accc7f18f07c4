"""Search hits: plain data.

Quotations, similar articles and explanations have modules of their own, which a search does not
load: each dataclass takes 0.4 ms to make.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from reader.model.article import Paragraph
    from reader.model.dates import ArticleDate

# The spans of the matches, in order and without overlaps.
Highlights: TypeAlias = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Hit:
    """A paragraph that matches a search, with the data of its article.

    `score` is comparable within one search only. `context` are the paragraphs around it.
    `highlights` are the matches in `text`. `other_names` are the aliases and similar spellings that
    matched, if the query's own names did not. Both are empty without highlights.
    """

    article: str
    paragraph: int
    title: str
    date: ArticleDate | None
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
    language: str | None = None

    @property
    def locator(self) -> str:
        """The locator of the paragraph."""
        return f"{self.article}:{self.paragraph}"

    def snippet(self, length: int) -> tuple[int, int]:
        """The span of the adjacent sentences with the most matches, at most `length` characters."""
        # Imported here: only terminals and JSON need it.
        from reader.language.snippets import best_window

        return best_window(self.text, self.highlights, length)


@dataclass(frozen=True)
class ArticleHit:
    """An article that matches a search: the number of its hits, and the score of all of it."""

    article: str
    hits: int
    title: str
    date: ArticleDate | None
    source: str | None
    score: float
    section: str | None = None
    author: str | None = None
    url: str | None = None
    path: str | None = None
    language: str | None = None

    @property
    def locator(self) -> str:
        """The locator of the article."""
        return self.article

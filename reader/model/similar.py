"""Similar articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.model.dates import ArticleDate


@dataclass(frozen=True)
class SimilarArticle:
    """An article similar to another. `terms` are the words they have in common, spelt as in the
    other, the most distinctive first.
    """

    article: str
    score: float
    title: str
    date: ArticleDate | None
    source: str | None
    terms: tuple[str, ...]
    section: str | None = None
    author: str | None = None
    url: str | None = None
    path: str | None = None
    language: str | None = None

    @property
    def locator(self) -> str:
        """The locator of the article."""
        return self.article

"""Results to output: each view turns plain data into pieces of text, and prints nothing itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from reader.article import Article, Quote
    from reader.hit import Hit
    from reader.library import Outcome
    from reader.summary import Summary


class View(Protocol):
    """What every view can show. Each piece of text ends with a newline."""

    def articles(self, articles: Iterable[tuple[Article, bool]], numbers: bool) -> Iterator[str]:
        """Articles; one whose flag is set is a choice of paragraphs, shown without a header."""

    def hits(self, hits: Iterable[Hit]) -> Iterator[str]:
        """The hits of a search."""

    def quotes(self, quotes: Iterable[tuple[Article, Quote]]) -> Iterator[str]:
        """Quotations, each with its article."""

    def summaries(self, summaries: Iterable[Summary]) -> Iterator[str]:
        """The articles of a corpus."""

    def outcomes(self, outcomes: Iterable[Outcome]) -> Iterator[str]:
        """What became of articles that were to be added, but for failures."""

    def facts(self, facts: Mapping[str, str | int | None]) -> Iterator[str]:
        """Names and their values."""

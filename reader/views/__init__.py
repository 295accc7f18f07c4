"""Results to output: each view turns plain data into pieces of text, and prints nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from reader.citing.citations import Citation
    from reader.citing.claims import CheckedClaim
    from reader.files.library import AddResult
    from reader.model.article import Article
    from reader.model.choices import CitationStyle
    from reader.model.explanation import Explanation
    from reader.model.hit import ArticleHit, Hit
    from reader.model.quotation_hit import QuotationHit, Speaker
    from reader.model.similar import SimilarArticle
    from reader.model.summary import Summary

    # Turns hits into pieces of text.
    HitWriter: TypeAlias = Callable[[Iterable[Hit]], Iterator[str]]


class View(Protocol):
    """What every view can show. Each piece of text ends with a newline.

    `highlights` is whether it shows those of hits: to find them takes as long as the search.
    """

    highlights: bool

    def articles(self, articles: Iterable[tuple[Article, bool]], numbers: bool) -> Iterator[str]:
        """Articles; one whose flag is set is a choice of paragraphs, shown without a header."""

    def hits(self, hits: Iterable[Hit], full: bool = False) -> Iterator[str]:
        """The hits of a search; where they are shortened, not if `full`."""

    def articles_found(self, articles: Iterable[ArticleHit]) -> Iterator[str]:
        """The articles that a search found."""

    def alike(self, articles: Iterable[SimilarArticle]) -> Iterator[str]:
        """Articles that are like another."""

    def periods(self, periods: Iterable[tuple[str | None, int]]) -> Iterator[str]:
        """How many hits there are in each period; None is for articles without a date."""

    def facets(self, facets: Mapping[str, Sequence[tuple[str, int]]]) -> Iterator[str]:
        """How many hits have each value of each facet."""

    def parts(self, parts: Iterable[Explanation]) -> Iterator[str]:
        """A query part by part, as it is understood."""

    def pairs(self, pairs: Mapping[str, str]) -> Iterator[str]:
        """Names and what they stand for."""

    def quotes(self, quotes: Iterable[QuotationHit]) -> Iterator[str]:
        """Quotations, each with its article."""

    def speakers(self, speakers: Iterable[Speaker]) -> Iterator[str]:
        """Who is quoted, and how often."""

    def checked(self, checked: Iterable[CheckedClaim]) -> Iterator[str]:
        """What became of quotations that were checked."""

    def citations(self, citations: Iterable[Citation], style: CitationStyle) -> Iterator[str]:
        """Citations in a style."""

    def summaries(self, summaries: Iterable[Summary]) -> Iterator[str]:
        """The articles of a corpus."""

    def outcomes(self, outcomes: Iterable[AddResult]) -> Iterator[str]:
        """What became of articles that were to be added, but for failures."""

    def facts(self, facts: Mapping[str, str | int | None]) -> Iterator[str]:
        """Names and their values."""

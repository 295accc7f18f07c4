"""Views turn results into pieces of text; they print nothing themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from reader.citing.citations import Citation
    from reader.citing.claims import CheckedClaim
    from reader.files.library import AddResult
    from reader.model.choices import CitationStyle
    from reader.model.explanation import Explanation
    from reader.model.hit import ArticleHit, Hit
    from reader.model.index_state import IndexState
    from reader.model.origins import FieldOrigin
    from reader.model.quotation_hit import QuotationHit, Speaker
    from reader.model.selection import Selection
    from reader.model.similar import SimilarArticle
    from reader.model.summary import Summary

    # Turns hits into pieces of text.
    HitWriter: TypeAlias = Callable[[Iterable[Hit]], Iterator[str]]
    # Turns checked claims into pieces of text.
    ClaimWriter: TypeAlias = Callable[[Iterable[CheckedClaim]], Iterator[str]]


class View(Protocol):
    """The methods of every view. Each piece of text ends with a newline.

    `highlights` is whether it shows those of hits: to find them takes as long as the search.
    """

    highlights: bool

    def articles(self, selections: Iterable[Selection], numbers: bool) -> Iterator[str]:
        """Articles, or paragraphs of them, which have no header."""

    def origins(self, origins: Iterable[FieldOrigin]) -> Iterator[str]:
        """The fields of articles, each with its value and the place that it was read from."""

    def hits(self, hits: Iterable[Hit], full: bool = False) -> Iterator[str]:
        """The hits of a search; never shortened if `full`."""

    def article_hits(self, articles: Iterable[ArticleHit]) -> Iterator[str]:
        """The articles with hits."""

    def similar(self, articles: Iterable[SimilarArticle]) -> Iterator[str]:
        """Articles similar to another."""

    def periods(self, periods: Iterable[tuple[str | None, int]]) -> Iterator[str]:
        """The number of hits in each period; None is the period of articles without a date."""

    def facets(self, facets: Mapping[str, Sequence[tuple[str, int]]]) -> Iterator[str]:
        """The number of hits with each value of each facet."""

    def explanation(self, parts: Iterable[Explanation]) -> Iterator[str]:
        """A parsed query, part by part."""

    def saved_searches(self, searches: Mapping[str, str]) -> Iterator[str]:
        """Saved searches: queries by name."""

    def quotations(self, hits: Iterable[QuotationHit]) -> Iterator[str]:
        """Quotations, each with its article."""

    def speakers(self, speakers: Iterable[Speaker]) -> Iterator[str]:
        """Speakers with the numbers of their quotations."""

    def checked(self, results: Iterable[CheckedClaim]) -> Iterator[str]:
        """Checked claims with their verdicts."""

    def citations(self, citations: Iterable[Citation], style: CitationStyle | str) -> Iterator[str]:
        """Citations in a style."""

    def summaries(self, summaries: Iterable[Summary]) -> Iterator[str]:
        """The articles of a corpus."""

    def added(self, results: Iterable[AddResult]) -> Iterator[str]:
        """The articles that were added, or were in the library before."""

    def index(self, state: IndexState) -> Iterator[str]:
        """The state of an index."""

"""Plain text for pipes: a record a line, tabs between columns, `-` for missing values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime

    from reader.citing.citations import Citation
    from reader.citing.claims import CheckedClaim
    from reader.files.library import AddResult
    from reader.model.choices import CitationStyle
    from reader.model.explanation import Explanation
    from reader.model.hit import ArticleHit, Hit
    from reader.model.index_state import IndexState
    from reader.model.quotation_hit import QuotationHit, Speaker
    from reader.model.selection import Selection
    from reader.model.similar import SimilarArticle
    from reader.model.summary import Summary

_UNKNOWN = "-"

# Select Graphic Rendition (ECMA-48), in the terminal's own colours.
_STYLES = {"title": "1", "match": "1;31", "locator": "35", "quote": "36", "number": "32"}


class PlainView:
    """Records for programs and files; with `color`, the same text with styles.

    `width` is the column to wrap an article's paragraphs at; None means not to wrap.
    """

    def __init__(self, color: bool = False, width: int | None = None) -> None:
        self._color = self.highlights = color
        self._width = width

    def articles(self, selections: Iterable[Selection], numbers: bool) -> Iterator[str]:
        """Titles and paragraphs; with `numbers`, `N⇥TEXT`."""
        gap = ""
        for selection in selections:
            article = selection.content
            if selection.is_whole and not numbers:
                yield f"{gap}{self._wrapped(article.title, 'title')}\n"
                gap = "\n"
            for paragraph in article.paragraphs:
                if numbers:
                    number = self._styled(str(paragraph.number), "number")
                    yield f"{number}\t{paragraph.text}\n"
                else:
                    yield f"{gap}{self._wrapped(paragraph.text)}\n"
                    gap = "\n"

    def hits(self, hits: Iterable[Hit], full: bool = False) -> Iterator[str]:  # noqa: ARG002
        shown: set[str] = set()
        for hit in hits:
            if not hit.context:
                yield self._record(hit.locator, hit.date, self._marked(hit))
                continue
            # Each paragraph once, in the order of the article, whether it is a hit or beside one.
            texts = {paragraph.number: paragraph.text for paragraph in hit.context}
            texts[hit.paragraph] = self._marked(hit)
            for number, text in sorted(texts.items()):
                locator = f"{hit.article}:{number}"
                if locator not in shown:
                    shown.add(locator)
                    yield self._record(locator, hit.date, text)

    def article_hits(self, articles: Iterable[ArticleHit]) -> Iterator[str]:
        for article in articles:
            locator = self._styled(article.article, "locator")
            yield f"{locator}\t{article.hits}\t{article.date or _UNKNOWN}\t{article.title}\n"

    def similar(self, articles: Iterable[SimilarArticle]) -> Iterator[str]:
        for article in articles:
            locator = self._styled(article.article, "locator")
            columns = f"{article.score}\t{article.date or _UNKNOWN}\t{', '.join(article.terms)}"
            yield f"{locator}\t{columns}\t{article.title}\n"

    def periods(self, periods: Iterable[tuple[str | None, int]]) -> Iterator[str]:
        for period, hits in periods:
            yield f"{self._styled(period or _UNKNOWN, 'number')}\t{hits}\n"

    def facets(self, facets: Mapping[str, Sequence[tuple[str, int]]]) -> Iterator[str]:
        for name, values in facets.items():
            for value, hits in values:
                yield f"{self._styled(name, 'number')}\t{value}\t{hits}\n"

    def explanation(self, parts: Iterable[Explanation]) -> Iterator[str]:
        for part in parts:
            yield f"{part.depth}\t{part.hits}\t{part.query}\n"

    def saved_searches(self, searches: Mapping[str, str]) -> Iterator[str]:
        """`NAME⇥QUERY`."""
        for name, query in searches.items():
            yield f"{self._styled(name, 'locator')}\t{query}\n"

    def quotations(self, hits: Iterable[QuotationHit]) -> Iterator[str]:
        shown: set[str] = set()
        for hit in hits:
            quote = hit.quotation
            for paragraph in hit.paragraphs if hit.has_context else ():
                # Each paragraph once, before the first quotation that it belongs to.
                locator = f"{hit.article}:{paragraph.number}"
                if locator not in shown:
                    shown.add(locator)
                    columns = f"context\t{_UNKNOWN}\t{_UNKNOWN}\t{paragraph.text}"
                    yield f"{self._styled(locator, 'locator')}\t{columns}\n"
            locator = self._styled(hit.locator, "locator")
            words = self._styled(" ".join(quote.parts), "quote")
            columns = f"{quote.speaker or _UNKNOWN}\t{quote.cue or _UNKNOWN}"
            yield f"{locator}\t{quote.kind}\t{columns}\t{words}\n"

    def speakers(self, speakers: Iterable[Speaker]) -> Iterator[str]:
        for speaker in speakers:
            name = self._styled(speaker.name or _UNKNOWN, "locator")
            counts = f"{speaker.quotations}\t{speaker.words}\t{speaker.articles}"
            yield f"{name}\t{counts}\t{speaker.first or _UNKNOWN}\t{speaker.last or _UNKNOWN}\n"

    def checked(self, results: Iterable[CheckedClaim]) -> Iterator[str]:
        for result in results:
            locator = self._styled(result.locator or _UNKNOWN, "locator")
            style = "number" if result.verdict == "verbatim" else "match"
            verdict = self._styled(result.verdict, style)
            yield f"{locator}\t{verdict}\t{result.speaker or _UNKNOWN}\t{result.claim.words}\n"

    def citations(self, citations: Iterable[Citation], style: CitationStyle) -> Iterator[str]:
        # Loads JSON: only for this.
        from reader.citing.citations import format_citations

        return format_citations(citations, style)

    def summaries(self, summaries: Iterable[Summary]) -> Iterator[str]:
        for summary in summaries:
            yield (
                f"{self._styled(summary.id, 'locator')}\t{summary.date or _UNKNOWN}\t"
                f"{summary.source or _UNKNOWN}\t{summary.paragraphs}\t{summary.title}\n"
            )

    def added(self, results: Iterable[AddResult]) -> Iterator[str]:
        for result in results:
            if result.state == "added":
                yield f"{self._styled(result.article or _UNKNOWN, 'locator')}\n"

    def index(self, state: IndexState) -> Iterator[str]:
        for name, value in vars(state).items():
            yield f"{name}\t{_UNKNOWN if value is None else value}\n"

    def _record(self, locator: str, date: datetime.date | None, text: str) -> str:
        return f"{self._styled(locator, 'locator')}\t{date or _UNKNOWN}\t{text}\n"

    def _marked(self, hit: Hit) -> str:
        if not self._color:
            return hit.text
        pieces = []
        last = 0
        for start, end in hit.highlights:
            pieces += [hit.text[last:start], self._styled(hit.text[start:end], "match")]
            last = end
        return "".join(pieces) + hit.text[last:]

    def _styled(self, text: str, style: str) -> str:
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self._color and text else text

    def _wrapped(self, text: str, style: str = "") -> str:
        lines = [text]
        if self._width:
            from reader.views.terminal.page import wrap

            lines = wrap(text, self._width)
        return "\n".join(self._styled(line, style) if style else line for line in lines)

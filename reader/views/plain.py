"""Plain text for pipes: a record a line, tabs between columns, `-` for missing values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from reader.language.clean import printable, printable_lines

if TYPE_CHECKING:
    from reader.citing.citations import Citation
    from reader.citing.claims import CheckedClaim
    from reader.files.library import AddResult
    from reader.model.choices import CitationStyle
    from reader.model.dates import ArticleDate
    from reader.model.explanation import Explanation
    from reader.model.hit import ArticleHit, Hit
    from reader.model.index_state import IndexState
    from reader.model.origins import FieldOrigin
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
                    yield self._record((paragraph.number, "number"), paragraph.text)
                else:
                    yield f"{gap}{self._wrapped(paragraph.text)}\n"
                    gap = "\n"

    def origins(self, origins: Iterable[FieldOrigin]) -> Iterator[str]:
        """`FIELD⇥VALUE⇥PLACE`."""
        for origin in origins:
            yield self._record((origin.field, "number"), origin.value, origin.place)

    def hits(self, hits: Iterable[Hit], full: bool = False) -> Iterator[str]:  # noqa: ARG002
        shown: set[str] = set()
        for hit in hits:
            if not hit.context:
                yield self._paragraph(hit.locator, hit.date, self._marked(hit))
                continue
            # Each paragraph once, in the order of the article, whether it is a hit or beside one.
            texts = {paragraph.number: self._cell(paragraph.text) for paragraph in hit.context}
            texts[hit.paragraph] = self._marked(hit)
            for number, text in sorted(texts.items()):
                locator = f"{hit.article}:{number}"
                if locator not in shown:
                    shown.add(locator)
                    yield self._paragraph(locator, hit.date, text)

    def article_hits(self, articles: Iterable[ArticleHit]) -> Iterator[str]:
        for article in articles:
            yield self._record(
                (article.article, "locator"), article.hits, article.date, article.title
            )

    def similar(self, articles: Iterable[SimilarArticle]) -> Iterator[str]:
        for article in articles:
            yield self._record(
                (article.article, "locator"),
                article.score,
                article.date,
                ", ".join(article.terms),
                article.title,
            )

    def periods(self, periods: Iterable[tuple[str | None, int]]) -> Iterator[str]:
        for period, hits in periods:
            yield self._record((period, "number"), hits)

    def facets(self, facets: Mapping[str, Sequence[tuple[str, int]]]) -> Iterator[str]:
        for name, values in facets.items():
            for value, hits in values:
                yield self._record((name, "number"), value, hits)

    def explanation(self, parts: Iterable[Explanation]) -> Iterator[str]:
        for part in parts:
            yield self._record(part.depth, part.hits, part.query)

    def saved_searches(self, searches: Mapping[str, str]) -> Iterator[str]:
        """`NAME⇥QUERY`."""
        for name, query in searches.items():
            yield self._record((name, "locator"), query)

    def quotations(self, hits: Iterable[QuotationHit]) -> Iterator[str]:
        shown: set[str] = set()
        for hit in hits:
            quote = hit.quotation
            for paragraph in hit.paragraphs if hit.has_context else ():
                # Each paragraph once, before the first quotation that it belongs to.
                locator = f"{hit.article}:{paragraph.number}"
                if locator not in shown:
                    shown.add(locator)
                    yield self._record((locator, "locator"), "context", None, None, paragraph.text)
            words = " ".join(quote.parts)
            yield self._record(
                (hit.locator, "locator"), quote.kind, quote.speaker, quote.cue, (words, "quote")
            )

    def speakers(self, speakers: Iterable[Speaker]) -> Iterator[str]:
        for speaker in speakers:
            name = speaker.name, "locator"
            for row in speaker.periods:
                yield self._record(name, row.period, row.quotations, row.words, row.articles)
            if not speaker.periods:
                counts = speaker.quotations, speaker.words, speaker.articles
                yield self._record(name, *counts, speaker.first, speaker.last)

    def checked(self, results: Iterable[CheckedClaim]) -> Iterator[str]:
        for result in results:
            style = "number" if result.verdict == "verbatim" else "match"
            yield self._record(
                (result.locator, "locator"),
                (result.verdict, style),
                result.speaker,
                result.claim.words,
            )

    def citations(self, citations: Iterable[Citation], style: CitationStyle | str) -> Iterator[str]:
        # Loads JSON: only for this.
        from reader.citing.citations import format_citations

        return map(printable_lines, format_citations(citations, style))

    def summaries(self, summaries: Iterable[Summary]) -> Iterator[str]:
        for summary in summaries:
            yield self._record(
                (summary.id, "locator"),
                summary.date,
                summary.source,
                summary.paragraphs,
                summary.title,
            )

    def added(self, results: Iterable[AddResult]) -> Iterator[str]:
        for result in results:
            if result.state == "added":
                yield self._record((result.article, "locator"))

    def index(self, state: IndexState) -> Iterator[str]:
        for name, value in vars(state).items():
            count = len(value) if isinstance(value, tuple) else value
            yield self._record(name, count)
        for warning in state.warnings or ():
            yield self._record("warning", warning)

    def _record(self, *cells: object) -> str:
        """A line of columns. A cell is a value, None if it is not known, or a value and its style;
        none can break the line.
        """
        return "\t".join(map(self._cell, cells)) + "\n"

    def _cell(self, cell: object) -> str:
        value, style = cell if isinstance(cell, tuple) else (cell, "")
        text = printable(str(value)) if value is not None else ""
        return self._styled(text or _UNKNOWN, style)

    def _paragraph(self, locator: str, date: ArticleDate | None, marked: str) -> str:
        """The line of a hit or of a paragraph beside one, whose text is ready to print."""
        return f"{self._cell((locator, 'locator'))}\t{self._cell(date)}\t{marked}\n"

    def _marked(self, hit: Hit) -> str:
        text = printable(hit.text)
        if not self._color:
            return text
        pieces = []
        last = 0
        for start, end in hit.highlights:
            pieces += [text[last:start], self._styled(text[start:end], "match")]
            last = end
        return "".join(pieces) + text[last:]

    def _styled(self, text: str, style: str) -> str:
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self._color and style and text else text

    def _wrapped(self, text: str, style: str = "") -> str:
        lines = [printable(text)]
        if self._width:
            from reader.views.terminal.page import wrap

            lines = wrap(text, self._width)
        return "\n".join(self._styled(line, style) for line in lines)

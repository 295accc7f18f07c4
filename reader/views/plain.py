"""Plain text for pipes: one record a line, tabs between the columns, `-` for what is not known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime

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

_UNKNOWN = "-"

# Select Graphic Rendition (ECMA-48), in the terminal's own colours.
_STYLES = {"title": "1", "match": "1;31", "locator": "35", "quote": "36", "number": "32"}


class PlainView:
    """Records for other programs and files; with `color`, the same text and styles besides.

    `width` is the column to wrap an article's paragraphs at; None is not to wrap.
    """

    def __init__(self, color: bool = False, width: int | None = None) -> None:
        self._color = self.highlights = color
        self._width = width

    def articles(self, articles: Iterable[tuple[Article, bool]], numbers: bool) -> Iterator[str]:
        gap = ""
        for article, chosen in articles:
            if not chosen and not numbers:
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

    def articles_found(self, articles: Iterable[ArticleHit]) -> Iterator[str]:
        for found in articles:
            locator = self._styled(found.article, "locator")
            yield f"{locator}\t{found.hits}\t{found.date or _UNKNOWN}\t{found.title}\n"

    def alike(self, articles: Iterable[SimilarArticle]) -> Iterator[str]:
        for other in articles:
            locator = self._styled(other.article, "locator")
            known = f"{other.score}\t{other.date or _UNKNOWN}\t{', '.join(other.terms)}"
            yield f"{locator}\t{known}\t{other.title}\n"

    def periods(self, periods: Iterable[tuple[str | None, int]]) -> Iterator[str]:
        for period, hits in periods:
            yield f"{self._styled(period or _UNKNOWN, 'number')}\t{hits}\n"

    def facets(self, facets: Mapping[str, Sequence[tuple[str, int]]]) -> Iterator[str]:
        for name, values in facets.items():
            for value, hits in values:
                yield f"{self._styled(name, 'number')}\t{value}\t{hits}\n"

    def parts(self, parts: Iterable[Explanation]) -> Iterator[str]:
        for part in parts:
            yield f"{part.depth}\t{part.hits}\t{part.query}\n"

    def pairs(self, pairs: Mapping[str, str]) -> Iterator[str]:
        for name, value in pairs.items():
            yield f"{self._styled(name, 'locator')}\t{value}\n"

    def quotes(self, quotes: Iterable[QuotationHit]) -> Iterator[str]:
        shown: set[str] = set()
        for hit in quotes:
            quote = hit.quote
            for paragraph in hit.paragraphs if hit.has_context else ():
                # Each paragraph once, before the first quotation that it belongs to.
                locator = f"{hit.article.id}:{paragraph.number}"
                if locator not in shown:
                    shown.add(locator)
                    columns = f"context\t{_UNKNOWN}\t{_UNKNOWN}\t{paragraph.text}"
                    yield f"{self._styled(locator, 'locator')}\t{columns}\n"
            locator = self._styled(hit.locator, "locator")
            words = self._styled(" ".join(quote.parts), "quote")
            known = f"{quote.speaker or _UNKNOWN}\t{quote.cue or _UNKNOWN}"
            yield f"{locator}\t{quote.kind}\t{known}\t{words}\n"

    def speakers(self, speakers: Iterable[Speaker]) -> Iterator[str]:
        for speaker in speakers:
            name = self._styled(speaker.name or _UNKNOWN, "locator")
            counts = f"{speaker.quotes}\t{speaker.words}\t{speaker.articles}"
            yield f"{name}\t{counts}\t{speaker.first or _UNKNOWN}\t{speaker.last or _UNKNOWN}\n"

    def checked(self, checked: Iterable[CheckedClaim]) -> Iterator[str]:
        for one in checked:
            locator = self._styled(one.locator or _UNKNOWN, "locator")
            verdict = self._styled(one.verdict, "number" if one.verdict == "verbatim" else "match")
            yield f"{locator}\t{verdict}\t{one.speaker or _UNKNOWN}\t{one.claim.words}\n"

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

    def outcomes(self, outcomes: Iterable[AddResult]) -> Iterator[str]:
        for outcome in outcomes:
            if outcome.state == "added":
                yield f"{self._styled(outcome.article or _UNKNOWN, 'locator')}\n"

    def facts(self, facts: Mapping[str, str | int | None]) -> Iterator[str]:
        for name, value in facts.items():
            yield f"{name}\t{_UNKNOWN if value is None else value}\n"

    def _record(self, locator: str, date: datetime.date | None, text: str) -> str:
        return f"{self._styled(locator, 'locator')}\t{date or _UNKNOWN}\t{text}\n"

    def _marked(self, hit: Hit) -> str:
        if not self._color:
            return hit.text
        pieces = []
        place = 0
        for start, end in hit.highlights:
            pieces += [hit.text[place:start], self._styled(hit.text[start:end], "match")]
            place = end
        return "".join(pieces) + hit.text[place:]

    def _styled(self, text: str, style: str) -> str:
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self._color and text else text

    def _wrapped(self, text: str, style: str = "") -> str:
        lines = [text]
        if self._width:
            from reader.views.terminal import wrap

            lines = wrap(text, self._width)
        return "\n".join(self._styled(line, style) if style else line for line in lines)

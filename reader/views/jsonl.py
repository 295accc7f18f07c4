"""JSON Lines: one object a line, the same keys in every command, null for what is not known."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reader.citing.citations import Citation
    from reader.citing.claims import CheckedClaim
    from reader.files.library import AddResult
    from reader.model.article import Article, Paragraph
    from reader.model.choices import CitationStyle
    from reader.model.explanation import Explanation
    from reader.model.hit import ArticleHit, Hit
    from reader.model.quotation_hit import QuotationHit, Speaker
    from reader.model.similar import SimilarArticle
    from reader.model.summary import Summary


class JsonView:
    """Objects for other programs. Offsets are characters of `text` or of the paragraph's text."""

    highlights = True

    def articles(
        self,
        articles: Iterable[tuple[Article, bool]],
        numbers: bool,  # noqa: ARG002
    ) -> Iterator[str]:
        for article, _ in articles:
            yield _line(
                **_of_article(article),
                paragraphs=[paragraph.text for paragraph in article.paragraphs],
            )

    def hits(self, hits: Iterable[Hit], full: bool = False) -> Iterator[str]:  # noqa: ARG002
        for hit in hits:
            more: dict[str, Any] = {}
            if hit.other_names:
                more["through"] = hit.other_names
            if hit.context:
                more["context"] = _of_paragraphs(hit.context)
            yield _line(
                article=hit.article,
                paragraph=hit.paragraph,
                title=hit.title,
                date=hit.date and hit.date.isoformat(),
                source=hit.source,
                text=hit.text,
                score=hit.score,
                highlights=hit.highlights,
                **more,
            )

    def articles_found(self, articles: Iterable[ArticleHit]) -> Iterator[str]:
        for found in articles:
            yield _line(
                article=found.article,
                hits=found.hits,
                title=found.title,
                date=found.date and found.date.isoformat(),
                source=found.source,
                score=found.score,
            )

    def alike(self, articles: Iterable[SimilarArticle]) -> Iterator[str]:
        for other in articles:
            yield _line(
                article=other.article,
                score=other.score,
                title=other.title,
                date=other.date and other.date.isoformat(),
                source=other.source,
                terms=other.terms,
            )

    def periods(self, periods: Iterable[tuple[str | None, int]]) -> Iterator[str]:
        for period, hits in periods:
            yield _line(period=period, hits=hits)

    def facets(self, facets: Mapping[str, Sequence[tuple[str, int]]]) -> Iterator[str]:
        for name, values in facets.items():
            for value, hits in values:
                yield _line(facet=name, value=value, hits=hits)

    def parts(self, parts: Iterable[Explanation]) -> Iterator[str]:
        for part in parts:
            yield _line(depth=part.depth, hits=part.hits, query=part.query)

    def pairs(self, pairs: Mapping[str, str]) -> Iterator[str]:
        for name, value in pairs.items():
            yield _line(name=name, query=value)

    def quotes(self, quotes: Iterable[QuotationHit]) -> Iterator[str]:
        for hit in quotes:
            quote = hit.quote
            own = range(quote.paragraph, quote.paragraph + len(quote.parts))
            around = [paragraph for paragraph in hit.paragraphs if paragraph.number not in own]
            more: dict[str, Any] = {"context": _of_paragraphs(around)} if around else {}
            yield _line(
                article=hit.article.id,
                paragraph=quote.paragraph,
                text=quote.text,
                kind=quote.kind,
                speaker=quote.speaker,
                cue=quote.cue,
                start=quote.start,
                end=quote.end,
                attribution=quote.attribution,
                **more,
            )

    def speakers(self, speakers: Iterable[Speaker]) -> Iterator[str]:
        for speaker in speakers:
            yield _line(
                speaker=speaker.name,
                quotes=speaker.quotes,
                words=speaker.words,
                articles=speaker.articles,
                first=speaker.first and speaker.first.isoformat(),
                last=speaker.last and speaker.last.isoformat(),
                names=speaker.names,
            )

    def checked(self, checked: Iterable[CheckedClaim]) -> Iterator[str]:
        for one in checked:
            yield _line(
                article=one.article and one.article.id,
                paragraph=one.paragraph,
                text=one.claim.words,
                verdict=one.verdict,
                speaker=one.speaker,
                claimed=one.claim.speaker,
                draft=one.claim.paragraph,
                found=one.text,
                changes=[change._asdict() for change in one.changes],
            )

    def citations(self, citations: Iterable[Citation], style: CitationStyle) -> Iterator[str]:  # noqa: ARG002
        from reader.citing.citations import footnote

        for article, passages in citations:
            for passage in passages or (None,):
                yield _line(
                    article=article.id,
                    paragraph=passage and passage.first,
                    text=passage and passage.words,
                    speaker=passage and passage.speaker,
                    citation=footnote(article, passage),
                )

    def summaries(self, summaries: Iterable[Summary]) -> Iterator[str]:
        for summary in summaries:
            yield _line(**_of_article(summary), paragraphs=summary.paragraphs)

    def outcomes(self, outcomes: Iterable[AddResult]) -> Iterator[str]:
        for outcome in outcomes:
            yield _line(
                article=outcome.article,
                title=outcome.title,
                state=outcome.state,
                origin=outcome.name,
            )

    def facts(self, facts: Mapping[str, str | int | None]) -> Iterator[str]:
        yield _line(**facts)


def _of_article(article: Article | Summary) -> dict[str, Any]:
    return {
        "article": article.id,
        "title": article.title,
        "source": article.source,
        "section": article.section,
        "author": article.author,
        "date": article.date and article.date.isoformat(),
        "url": article.url,
        "credit": article.credit,
    }


def _of_paragraphs(paragraphs: Sequence[Paragraph]) -> list[dict[str, Any]]:
    return [{"paragraph": paragraph.number, "text": paragraph.text} for paragraph in paragraphs]


def _line(**values: Any) -> str:
    return json.dumps(values, ensure_ascii=False) + "\n"

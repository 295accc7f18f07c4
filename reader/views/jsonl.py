"""JSON Lines: one object a line, the same keys in every command, null for what is not known."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reader.article import Article, Quote
    from reader.hit import Hit
    from reader.library import Outcome
    from reader.summary import Summary


class JsonView:
    """Objects for other programs. Offsets are characters of `text` or of the paragraph's text."""

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

    def hits(self, hits: Iterable[Hit]) -> Iterator[str]:
        for hit in hits:
            yield _line(
                article=hit.article,
                paragraph=hit.paragraph,
                title=hit.title,
                date=hit.date and hit.date.isoformat(),
                source=hit.source,
                text=hit.text,
                score=hit.score,
                highlights=hit.highlights,
            )

    def quotes(self, quotes: Iterable[tuple[Article, Quote]]) -> Iterator[str]:
        for article, quote in quotes:
            yield _line(
                article=article.id,
                paragraph=quote.paragraph,
                text=quote.text,
                kind=quote.kind,
                speaker=quote.speaker,
                cue=quote.cue,
                start=quote.start,
                end=quote.end,
            )

    def summaries(self, summaries: Iterable[Summary]) -> Iterator[str]:
        for summary in summaries:
            yield _line(**_of_article(summary), paragraphs=summary.paragraphs)

    def outcomes(self, outcomes: Iterable[Outcome]) -> Iterator[str]:
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


def _line(**values: Any) -> str:
    return json.dumps(values, ensure_ascii=False) + "\n"

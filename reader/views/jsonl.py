"""JSON Lines: an object a line, the same keys in every command, null for missing values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from reader.views.records import Record, article_record, claim_record, hit_record

if TYPE_CHECKING:
    from reader.citing.citations import Citation
    from reader.citing.claims import CheckedClaim
    from reader.files.library import AddResult
    from reader.model.article import Paragraph
    from reader.model.choices import CitationStyle
    from reader.model.explanation import Explanation
    from reader.model.hit import ArticleHit, Hit
    from reader.model.index_state import IndexState
    from reader.model.origins import FieldOrigin
    from reader.model.quotation_hit import QuotationHit, Speaker
    from reader.model.selection import Selection
    from reader.model.similar import SimilarArticle
    from reader.model.summary import Summary

# What JSON allows in strings and terminals obey or take for the end of a line: control characters,
# line separators, every bidirectional mark; and surrogates, which stand for the undecodable bytes
# of a file's name.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class JsonView:
    """Objects for programs. Offsets are in characters, of `text` or of the paragraph's text."""

    highlights = True

    def articles(self, selections: Iterable[Selection], numbers: bool) -> Iterator[str]:  # noqa: ARG002
        """Articles or some of their paragraphs; `paragraph` is the first one's number."""
        for selection in selections:
            article = selection.content
            record = article_record(article, article.id, selection.first, selection.locator)
            texts = [paragraph.text for paragraph in article.paragraphs]
            yield _line({**record, "credit": article.credit, "paragraphs": texts})

    def origins(self, origins: Iterable[FieldOrigin]) -> Iterator[str]:
        """The fields of articles with the places that they were read from."""
        for origin in origins:
            yield _line(origin._asdict())

    def hits(self, hits: Iterable[Hit], full: bool = False) -> Iterator[str]:  # noqa: ARG002
        """The hits of a search."""
        for hit in hits:
            record = {"highlights": hit.highlights, "other_names": hit.other_names}
            yield _line({**hit_record(hit), **record, **_context(hit.context)})

    def article_hits(self, articles: Iterable[ArticleHit]) -> Iterator[str]:
        """The articles with hits."""
        for article in articles:
            record = article_record(article, article.article)
            yield _line({**record, "hits": article.hits, "score": article.score})

    def similar(self, articles: Iterable[SimilarArticle]) -> Iterator[str]:
        """Similar articles."""
        for article in articles:
            record = article_record(article, article.article)
            yield _line({**record, "score": article.score, "terms": article.terms})

    def periods(self, periods: Iterable[tuple[str | None, int]]) -> Iterator[str]:
        """Hits by period."""
        for period, hits in periods:
            yield _line({"period": period, "hits": hits})

    def facets(self, facets: Mapping[str, Sequence[tuple[str, int]]]) -> Iterator[str]:
        """Hits by the values of facets."""
        for name, values in facets.items():
            for value, hits in values:
                yield _line({"facet": name, "value": value, "hits": hits})

    def explanation(self, parts: Iterable[Explanation]) -> Iterator[str]:
        """The parts of a query."""
        for part in parts:
            yield _line({"depth": part.depth, "hits": part.hits, "query": part.query})

    def saved_searches(self, searches: Mapping[str, str]) -> Iterator[str]:
        """Saved searches."""
        for name, query in searches.items():
            yield _line({"name": name, "query": query})

    def quotations(self, hits: Iterable[QuotationHit]) -> Iterator[str]:
        """Quotations; with `context`, the paragraphs on each side."""
        for hit in hits:
            quotation = hit.quotation
            own = range(quotation.paragraph, quotation.paragraph + len(quotation.parts))
            around = [paragraph for paragraph in hit.paragraphs if paragraph.number not in own]
            yield _line(
                {
                    **article_record(hit.summary, hit.article, hit.paragraph),
                    "text": quotation.text,
                    "kind": quotation.kind,
                    "speaker": quotation.speaker,
                    "attribution": quotation.attribution,
                    "cue": quotation.cue,
                    "start": quotation.start,
                    "end": quotation.end,
                    **_context(around),
                }
            )

    def speakers(self, speakers: Iterable[Speaker]) -> Iterator[str]:
        """Speakers with their counts."""
        for speaker in speakers:
            for row in speaker.periods:
                yield _line(
                    {
                        "speaker": speaker.name,
                        "names": speaker.names,
                        "period": row.period,
                        "quotation_count": row.quotations,
                        "word_count": row.words,
                        "article_count": row.articles,
                    }
                )
            if speaker.periods:
                continue
            yield _line(
                {
                    "speaker": speaker.name,
                    "names": speaker.names,
                    "quotation_count": speaker.quotations,
                    "word_count": speaker.words,
                    "article_count": speaker.articles,
                    "first": speaker.first and speaker.first.isoformat(),
                    "last": speaker.last and speaker.last.isoformat(),
                }
            )

    def checked(self, results: Iterable[CheckedClaim]) -> Iterator[str]:
        """Checked claims: `text` is the paragraph most similar to the claim."""
        for result in results:
            yield _line(
                {
                    **claim_record(result),
                    "notes": list(result.notes),
                    "changes": [
                        {"claim": change.claimed, "text": change.original, "same": change.same}
                        for change in result.changes
                    ],
                }
            )

    def citations(self, citations: Iterable[Citation], style: CitationStyle | str) -> Iterator[str]:  # noqa: ARG002
        """Citations as footnotes, with the cited words or paragraphs."""
        from reader.citing.notes import footnote

        for citation in citations:
            article = citation.summary
            for passage in citation.passages or (None,):
                last = passage.last if passage else None
                first = passage.first if passage else None
                locator = f"{article.id}:{first}-{last}" if first != last else None
                yield _line(
                    {
                        **article_record(article, article.id, first, locator),
                        "text": (passage.words or passage.text) if passage else None,
                        "speaker": passage.speaker if passage else None,
                        "citation": footnote(citation, passage),
                    }
                )

    def summaries(self, summaries: Iterable[Summary]) -> Iterator[str]:
        """The articles of a corpus."""
        for summary in summaries:
            record = article_record(summary, summary.id)
            yield _line({**record, "credit": summary.credit, "paragraph_count": summary.paragraphs})

    def added(self, results: Iterable[AddResult]) -> Iterator[str]:
        """Articles that were added, or were in the library; `origin` is where each comes from."""
        for result in results:
            record = article_record(result.summary, result.article)
            state = {"state": result.state, "origin": result.name, "reason": result.reason or None}
            yield _line({**record, **state})

    def index(self, state: IndexState) -> Iterator[str]:
        """The state of an index."""
        names = {"articles": "article_count", "paragraphs": "paragraph_count"}
        yield _line({names.get(name, name): value for name, value in vars(state).items()})


def _context(paragraphs: Sequence[Paragraph]) -> Record:
    """The paragraphs on each side, if there are any."""
    context = [{"paragraph": paragraph.number, "text": paragraph.text} for paragraph in paragraphs]
    return {"context": context} if context else {}


def _line(record: Record) -> str:
    text = json.dumps(record, ensure_ascii=False)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"

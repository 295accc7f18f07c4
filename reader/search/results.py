"""The results of a search: hits, articles, counts by period and by facet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import cached_property
from heapq import heapify, heappop
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeAlias

from reader.index.segment import TERM
from reader.model.arguments import check_choice
from reader.model.choices import Facet, Period
from reader.model.dates import date_of
from reader.model.hit import ArticleHit, Hit
from reader.model.periods import by_period
from reader.query.tree import Query, positive_terms
from reader.search.recovery import RecoveringReader

if TYPE_CHECKING:
    from reader.index.segment import SegmentFile
    from reader.model.article import Paragraph
    from reader.model.result_options import ResultOptions
    from reader.search.engine import Index
    from reader.search.evaluate import IdsBySegment
    from reader.search.marks import QueryMarker
    from reader.search.rank import Related, ScoresBySegment


class Results:
    """The paragraphs that match a query, and figures about them.

    They are read lazily from the index. A damaged index is rebuilt, and no hit is repeated. Raises
    IndexUnavailable, and ValueError if the index was closed.
    """

    def __init__(
        self, matches: Matches, remake: Callable[[Matches], Matches], limit: int = 0
    ) -> None:
        self._matches = RecoveringReader(matches, remake)
        self._limit = limit

    def __iter__(self) -> Iterator[Hit]:
        return self.hits

    def __len__(self) -> int:
        """The number of hits: `total`, or the limit if that is less."""
        return min(self.total, self._limit or self.total)

    @property
    def suggestion(self) -> str | None:
        """The query with unknown words corrected to the nearest indexed words; None with hits, or
        without such words.
        """
        self._matches.source.index.check_open()
        return self._matches.source.suggestion

    @property
    def unknown_words(self) -> tuple[str, ...]:
        """The words of the query that no paragraph has, as they were typed; empty with hits."""
        self._matches.source.index.check_open()
        return self._matches.source.unknown_words

    @property
    def total(self) -> int:
        """The number of hits, whatever the limit."""
        self._matches.source.index.check_open()
        return self._matches.source.total

    @property
    def articles_total(self) -> int:
        """The number of articles with hits, whatever the limit."""
        return self._matches.read(Matches.count_articles)

    @property
    def hits(self) -> Iterator[Hit]:
        """The hits in order, read lazily.

        Ties are ordered by date, newest first, then by article id and paragraph.
        """
        return self._matches.each(Matches.hits, attrgetter("locator"), self._limit)

    @property
    def articles(self) -> Iterator[ArticleHit]:
        """The articles with hits in order; their scores are those of whole articles."""
        return self._matches.each(Matches.articles, attrgetter("article"), self._limit)

    def periods(self, by: Period) -> list[tuple[str | None, int]]:
        """The number of hits in each period from the first to the last with hits; at the end, under
        None, the number in articles without a date, if there are any. Raises ValueError.
        """
        check_choice("by", by, Period)
        days = self._matches.read(Matches.days)
        return by_period({date_of(day): hits for day, hits in days.items()}, by)

    def facet(self, name: Facet) -> list[tuple[str, int]]:
        """The number of hits for each value of a facet, the most frequent first. Raises ValueError.

        A hit without a value is not counted; with several speakers it counts for each.
        """
        check_choice("facet", name, Facet)
        counts = self._matches.read(lambda matches: matches.count(name))
        return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


class Matches:
    """The paragraphs that match a query in one generation of the index. Raises Damaged, ValueError
    if it was closed.
    """

    def __init__(
        self,
        index: Index,
        query: Query,
        matches: IdsBySegment,
        options: ResultOptions,
        unknown_words: tuple[str, ...] = (),
        suggestion: str | None = None,
    ) -> None:
        self.index = index
        self.unknown_words = unknown_words
        self.suggestion = suggestion
        self.total = sum(map(len, matches))
        self._query = query
        self._matches = matches
        self._options = options

    def count_articles(self) -> int:
        """The number of articles with hits."""
        self.index.check_open()
        return sum(map(len, self._articles))

    def hits(self) -> Iterator[Hit]:
        """The hits in order."""
        self.index.check_open()
        keys = self._keys(self._matches, lambda: self._scores, self._day_of_paragraph)
        for key, segment, paragraph in _ordered(keys, self._tie_of_paragraphs):
            yield self._hit(segment, paragraph, -key)
            self.index.check_open()

    def articles(self) -> Iterator[ArticleHit]:
        """The articles with hits in order."""
        self.index.check_open()
        counts = [
            Counter(map(segment.file.article_of.__getitem__, ids))
            for segment, ids in zip(self.index.segments, self._matches, strict=True)
        ]
        keys = self._keys(self._articles, lambda: self._scores_of_articles, self._day)
        for key, segment, article in _ordered(keys, self._tie):
            summary = self.index.summary(segment, article)
            yield ArticleHit(
                article=summary.id,
                hits=counts[segment][article],
                title=summary.title,
                date=summary.date,
                source=summary.source,
                score=self._score(-key),
                section=summary.section,
                author=summary.author,
                url=summary.url,
                path=summary.path,
                language=summary.language,
            )
            self.index.check_open()

    def days(self) -> Counter[int]:
        """The number of hits of each day."""
        self.index.check_open()
        days: Counter[int] = Counter()
        for segment, ids in enumerate(self._matches):
            days.update(self._day_of_paragraph(segment, id) for id in ids)
        return days

    def count(self, name: Facet) -> Counter[str]:
        """The number of hits for each value of a facet."""
        self.index.check_open()
        return self._speakers() if name == "speaker" else self._values(name)

    def _speakers(self) -> Counter[str]:
        # Imported here: only this facet needs the names of people.
        from reader.search.people import People

        people = People(self.index.segments)
        counts: Counter[str] = Counter()
        for segment, ids in zip(self.index.segments, self._matches, strict=True):
            quoted = {
                (quotation.paragraph, people.person(quotation.speaker))
                for quotation in segment.file.quotations()
                if quotation.speaker and quotation.kind != TERM and quotation.paragraph in ids
            }
            counts.update(speaker for _, speaker in quoted if speaker)
        return counts

    def _values(self, name: Facet) -> Counter[str]:
        counts: Counter[str] = Counter()
        for index, (segment, ids) in enumerate(
            zip(self.index.segments, self._matches, strict=True)
        ):
            hits = Counter(map(segment.file.article_of.__getitem__, ids))
            for article, count in hits.items():
                summary = self.index.summary(index, article)
                if name == "year":
                    value = f"{summary.date.year:04}" if summary.date else None
                else:
                    value = getattr(summary, name)
                if value:
                    counts[value] += count
        return counts

    @cached_property
    def _articles(self) -> IdsBySegment:
        return self.index.matcher.articles_of(self._matches)

    @cached_property
    def _scores(self) -> ScoresBySegment:
        return self.index.ranking.paragraphs(self._query, self._matches, self._related)

    @cached_property
    def _scores_of_articles(self) -> ScoresBySegment:
        ranking = self.index.ranking
        return ranking.articles(self._query, self._articles, self._scores, self._related)

    @cached_property
    def _related(self) -> Related:
        """Words related to a question, from its best paragraphs."""
        if not self._options.question or not any(self._matches):
            return {}
        # Imported here: only questions need it.
        from reader.search.expand import PARAGRAPHS, related

        ranking = self.index.ranking
        scores = ranking.paragraphs(self._query, self._matches)
        of_articles = ranking.articles(self._query, self._articles, scores)
        ranking.add_articles(scores, of_articles)
        ordered = _ordered(_keys_of_scores(scores), self._tie_of_paragraphs)
        best = [
            (self.index.segments[segment].file.text(paragraph), -key)
            for key, segment, paragraph in islice(ordered, PARAGRAPHS)
        ]
        return related(sum(1 for _ in positive_terms(self._query)), best)

    @cached_property
    def _marker(self) -> QueryMarker:
        # Imported here: plain output has no highlights.
        from reader.search.marks import QueryMarker

        return QueryMarker(self._query, self.index.resolver)

    def _keys(
        self,
        ids: IdsBySegment,
        scores: Callable[[], ScoresBySegment],
        day: Callable[[int, int], int],
    ) -> list[_Key]:
        """Sort keys of the matches."""
        if self._options.sort == "relevance":
            return _keys_of_scores(scores())
        is_newest_first = self._options.sort == "date"
        keys: list[_Key] = []
        for segment, segment_ids in enumerate(ids):
            for id in segment_ids:
                date = day(segment, id)
                keys.append((-date if is_newest_first else date or UNDATED_DAY, segment, id))
        return keys

    def _score(self, score: float) -> float:
        return round(score, 4) if self._options.sort == "relevance" else 0.0

    def _day(self, segment: int, article: int) -> int:
        day: int = self.index.segments[segment].file.days[article]
        return day

    def _day_of_paragraph(self, segment: int, paragraph: int) -> int:
        return self._day(segment, self.index.segments[segment].file.article_of[paragraph])

    def _tie(self, segment: int, article: int) -> tuple[int, tuple[str, int]]:
        return -self._day(segment, article), self.index.order(segment, article)

    def _tie_of_paragraphs(self, segment: int, paragraph: int) -> tuple[int, tuple[str, int], int]:
        article = self.index.segments[segment].file.article_of[paragraph]
        return *self._tie(segment, article), paragraph

    def _hit(self, segment: int, paragraph: int, score: float) -> Hit:
        file = self.index.segments[segment].file
        article = file.article_of[paragraph]
        summary = self.index.summary(segment, article)
        text = file.text(paragraph)
        has_marks = self._options.highlights
        return Hit(
            article=summary.id,
            paragraph=paragraph - file.starts[article] + 1,
            title=summary.title,
            date=summary.date,
            source=summary.source,
            text=text,
            score=self._score(score),
            section=summary.section,
            author=summary.author,
            url=summary.url,
            context=self._context(file, article, paragraph) if self._options.context else (),
            highlights=self._marker.highlights(text) if has_marks else (),
            other_names=self._marker.synonyms(text) if has_marks else (),
            path=summary.path,
            language=summary.language,
        )

    def _context(self, file: SegmentFile, article: int, paragraph: int) -> tuple[Paragraph, ...]:
        # Imported here: only context needs it.
        from reader.model.article import Paragraph

        first, end = file.starts[article], file.starts[article + 1]
        size = self._options.context
        around = range(max(first, paragraph - size), min(end, paragraph + size + 1))
        return tuple(Paragraph(id - first + 1, file.text(id)) for id in around if id != paragraph)


# A sort key, ascending, with the index of a segment and an id in it.
_Key: TypeAlias = tuple[float, int, int]
# Sort key of undated items: last.
UNDATED_DAY = 99_999_999


def _keys_of_scores(scores: ScoresBySegment) -> list[_Key]:
    return [
        (-score, segment, id)
        for segment, of_ids in enumerate(scores)
        for id, score in of_ids.items()
    ]


def _ordered(keys: list[_Key], tie: Callable[[int, int], Any]) -> Iterator[_Key]:
    """The keys in order; ties by the key that `tie` returns for a segment and an id.

    A heap, because mostly few keys are read.
    """
    heapify(keys)
    while keys:
        tied = [heappop(keys)]
        while keys and keys[0][0] == tied[0][0]:
            tied.append(heappop(keys))
        if len(tied) > 1:
            tied.sort(key=lambda key: tie(key[1], key[2]))
        yield from tied

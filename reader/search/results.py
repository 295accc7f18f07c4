"""What a search found: hits best first, articles, counts over time and by what is known of them."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from heapq import heapify, heappop
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from reader.errors import IndexUnavailable
from reader.index.damage import Damaged
from reader.index.schema import day_of
from reader.index.segment import TERM
from reader.model.hit import ArticleHit, Hit
from reader.query.tree import Query, positive_terms

if TYPE_CHECKING:
    from reader.index.generation import OpenSegment
    from reader.index.segment import SegmentFile
    from reader.model.article import Paragraph
    from reader.model.choices import Facet, Period, SearchSort
    from reader.model.hit import Highlights, Marker
    from reader.model.summary import Summary
    from reader.search.marks import QueryMarker
    from reader.search.match import Ids, Matching
    from reader.search.rank import Ranking, Related, Scores
    from reader.search.terms import Terms

# A segment by its number, and a paragraph or article in it by its own.
Place: TypeAlias = tuple[int, int]


class ResultOptions(NamedTuple):
    """How results are wanted: a question is answered by what has any of its words; `context` is the
    number of paragraphs wanted on each side of a hit, `limit` that of hits or articles, 0 for all.
    """

    question: bool = False
    sort: SearchSort = "relevance"
    context: int = 0
    limit: int = 0


class Searched(NamedTuple):
    """The open index that was searched.

    `summary` tells what is known of an article, given a segment's number and its own there; it
    raises Damaged.
    """

    leaves: Sequence[OpenSegment]
    matching: Matching
    ranking: Ranking
    terms: Terms
    summary: Callable[[int, int], Summary]


class Results:
    """The paragraphs that a query found, and what can be told of them.

    `suggestion` is the query with the nearest known spelling of its unknown words, when there are
    no hits and there is one. Whatever is asked of it raises IndexUnavailable if the index is
    damaged: it is read only then.
    """

    def __init__(
        self,
        index: Searched,
        query: Query,
        found: Ids,
        options: ResultOptions,
        suggestion: str | None = None,
    ) -> None:
        self.suggestion = suggestion
        self._index = index
        self._query = query
        self._found = found
        self._options = options

    def __iter__(self) -> Iterator[Hit]:
        return self.hits

    @property
    def total(self) -> int:
        """The number of hits, whatever the limit."""
        return sum(map(len, self._found))

    @property
    def articles_total(self) -> int:
        """The number of articles with hits, whatever the limit."""
        return sum(map(len, self._articles))

    @property
    def hits(self) -> Iterator[Hit]:
        """The hits in the order wanted, each read when it is asked for.

        Equal ones are ordered by date, newest first, then by article id and paragraph.
        """
        with told():
            marker = _LaterMarker(self._query, self._index.terms)
            keys = self._keys(self._found, lambda: self._scores, self._day_of_paragraph)
            for key, number, paragraph in self._some(_ordered(keys, self._tie_of_paragraphs)):
                yield self._hit(number, paragraph, -key, marker)

    @property
    def articles(self) -> Iterator[ArticleHit]:
        """The articles with hits in the order wanted, by score that of the whole article."""
        with told():
            counts = [
                Counter(map(leaf.file.article_of.__getitem__, some))
                for leaf, some in zip(self._index.leaves, self._found, strict=True)
            ]
            keys = self._keys(self._articles, lambda: self._scores_of_articles, self._day)
            for key, number, article in self._some(_ordered(keys, self._tie)):
                summary = self._index.summary(number, article)
                yield ArticleHit(
                    article=summary.id,
                    hits=counts[number][article],
                    title=summary.title,
                    date=summary.date,
                    source=summary.source,
                    score=self._score(-key),
                )

    def periods(self, by: Period) -> list[tuple[str | None, int]]:
        """How many hits there are in each period from the first to the last that has any; last,
        under None, those of articles without a date, if there are any.
        """
        with told():
            days: Counter[int] = Counter()
            for number, some in enumerate(self._found):
                days.update(self._day_of_paragraph(number, paragraph) for paragraph in some)
        undated = days.pop(0, 0)
        dates = {day_of(day): hits for day, hits in days.items()}
        counts: Counter[str] = Counter()
        for date, hits in dates.items():
            counts[_period_of(date, by)] += hits
        periods: list[tuple[str | None, int]] = []
        if dates:
            for period in _periods(min(dates), max(dates), by):
                periods.append((period, counts[period]))
        return [*periods, (None, undated)] if undated else periods

    def facet(self, name: Facet) -> list[tuple[str, int]]:
        """How many hits have each value of what is known of them, the most frequent first."""
        with told():
            counts = self._speakers() if name == "speaker" else self._values(name)
        return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))

    def _speakers(self) -> Counter[str]:
        counts: Counter[str] = Counter()
        for leaf, some in zip(self._index.leaves, self._found, strict=True):
            said = {
                (quotation.paragraph, quotation.speaker)
                for quotation in leaf.file.quotations()
                if quotation.speaker and quotation.kind != TERM and quotation.paragraph in some
            }
            counts.update(speaker for _, speaker in said)
        return counts

    def _values(self, name: Facet) -> Counter[str]:
        counts: Counter[str] = Counter()
        for number, (leaf, some) in enumerate(zip(self._index.leaves, self._found, strict=True)):
            hits = Counter(map(leaf.file.article_of.__getitem__, some))
            for article, often in hits.items():
                summary = self._index.summary(number, article)
                if name == "year":
                    value = f"{summary.date:%Y}" if summary.date else None
                else:
                    value = getattr(summary, name)
                if value:
                    counts[value] += often
        return counts

    @cached_property
    def _articles(self) -> Ids:
        return self._index.matching.articles_of(self._found)

    @cached_property
    def _scores(self) -> Scores:
        return self._index.ranking.paragraphs(self._query, self._found, self._related)

    @cached_property
    def _scores_of_articles(self) -> Scores:
        ranking = self._index.ranking
        return ranking.articles(self._query, self._articles, self._scores, self._related)

    @cached_property
    def _related(self) -> Related:
        """Phrase that go with a question."""
        if not self._options.question or not any(self._found):
            return {}
        # Loads lists of stop words.
        from reader.search.expand import PARAGRAPHS, related

        ranking = self._index.ranking
        scores = ranking.paragraphs(self._query, self._found)
        of_articles = ranking.articles(self._query, self._articles, scores)
        ranking.add_articles(scores, of_articles)
        keys = [
            (-score, number, paragraph)
            for number, some in enumerate(scores)
            for paragraph, score in some.items()
        ]
        best = [
            (self._index.leaves[number].file.text(paragraph), -key)
            for key, number, paragraph in islice(
                _ordered(keys, self._tie_of_paragraphs), PARAGRAPHS
            )
        ]
        asked = sum(1 for _ in positive_terms(self._query))
        return related(asked, best)

    def _keys(
        self, found: Ids, scores: Callable[[], Scores], day: Callable[[int, int], int]
    ) -> list[_Key]:
        """What the order wanted goes by, of each of the found."""
        if self._options.sort == "relevance":
            return [
                (-score, number, id)
                for number, some in enumerate(scores())
                for id, score in some.items()
            ]
        newest = self._options.sort == "date"
        keys: list[_Key] = []
        for number, some in enumerate(found):
            for id in some:
                when = day(number, id)
                keys.append((-when if newest else when or _LAST_DAY, number, id))
        return keys

    def _some(self, keys: Iterator[_Key]) -> Iterator[_Key]:
        return islice(keys, self._options.limit or None)

    def _score(self, score: float) -> float:
        return round(score, 4) if self._options.sort == "relevance" else 0.0

    def _day(self, number: int, article: int) -> int:
        day: int = self._index.leaves[number].file.days[article]
        return day

    def _day_of_paragraph(self, number: int, paragraph: int) -> int:
        return self._day(number, self._index.leaves[number].file.article_of[paragraph])

    def _tie(self, number: int, article: int) -> tuple[int, str]:
        return -self._day(number, article), self._index.summary(number, article).id

    def _tie_of_paragraphs(self, number: int, paragraph: int) -> tuple[int, str, int]:
        article = self._index.leaves[number].file.article_of[paragraph]
        return *self._tie(number, article), paragraph

    def _hit(self, number: int, paragraph: int, score: float, marker: Marker) -> Hit:
        file = self._index.leaves[number].file
        article = file.article_of[paragraph]
        summary = self._index.summary(number, article)
        first = file.starts[article]
        return Hit(
            article=summary.id,
            paragraph=paragraph - first + 1,
            title=summary.title,
            date=summary.date,
            source=summary.source,
            text=file.text(paragraph),
            score=self._score(score),
            marker=marker,
            section=summary.section,
            author=summary.author,
            url=summary.url,
            context=self._around(file, article, paragraph) if self._options.context else (),
        )

    def _around(self, file: SegmentFile, article: int, paragraph: int) -> tuple[Paragraph, ...]:
        # Loads what a search without context does without.
        from reader.model.article import Paragraph

        first, end = file.starts[article], file.starts[article + 1]
        most = self._options.context
        around = range(max(first, paragraph - most), min(end, paragraph + most + 1))
        return tuple(
            Paragraph(other - first + 1, file.text(other)) for other in around if other != paragraph
        )


class _LaterMarker:
    """Marks a query's matches; loads what that needs when it is first asked to."""

    def __init__(self, query: Query, terms: Terms) -> None:
        self._query = query
        self._terms = terms

    def highlights(self, text: str) -> Highlights:
        return self._marker.highlights(text)

    def through(self, text: str) -> tuple[str, ...]:
        return self._marker.through(text)

    @cached_property
    def _marker(self) -> QueryMarker:
        from reader.search.marks import QueryMarker

        return QueryMarker(self._query, self._terms)


# What comes first if it is least, a segment by its number, an id in it.
_Key: TypeAlias = tuple[float, int, int]
# After all days.
_LAST_DAY = 99_999_999


def _ordered(keys: list[_Key], tie: Callable[[int, int], Any]) -> Iterator[_Key]:
    """The keys in order, equal ones by what `tie` says of them.

    Mostly few are read: a heap sorts no more than is asked for.
    """
    heapify(keys)
    while keys:
        tied = [heappop(keys)]
        while keys and keys[0][0] == tied[0][0]:
            tied.append(heappop(keys))
        if len(tied) > 1:
            tied.sort(key=lambda key: tie(key[1], key[2]))
        yield from tied


@contextmanager
def told() -> Iterator[None]:
    """Tell of damage in words for the user."""
    try:
        yield
    except Damaged as error:
        raise IndexUnavailable(
            "the index is damaged; `reader index --rebuild` makes it again"
        ) from error


def _period_of(date: datetime.date, by: Period) -> str:
    if by == "week":
        year, week, _ = date.isocalendar()
        return f"{year}-W{week:02}"
    return date.isoformat()[: {"year": 4, "month": 7, "day": 10}[by]]


def _periods(first: datetime.date, last: datetime.date, by: Period) -> Iterator[str]:
    """Each period from the one of the first day to the one of the last."""
    period = ""
    for number in range(first.toordinal(), last.toordinal() + 1):
        next_period = _period_of(datetime.date.fromordinal(number), by)
        if next_period != period:
            yield next_period
        period = next_period

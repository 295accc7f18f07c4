"""Matches queries against paragraphs and articles."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, count
from typing import TYPE_CHECKING

from reader.index.segment import SHIFT, id_of, key_of, position_of
from reader.language.tokens import forms
from reader.model.dates import day_number
from reader.query.tree import (
    And,
    DateRange,
    Fuzzy,
    InArticle,
    Leaf,
    Not,
    Or,
    Phrase,
    Query,
    Synonyms,
    Term,
    Wildcard,
    Within,
    assert_never,
    is_article_level,
    map_terms,
    positive_terms,
)
from reader.search.evaluate import Evaluator, IdsBySegment, SentenceEvaluator, intersection, union

if TYPE_CHECKING:
    from reader.index.generation import OpenSegment
    from reader.search.resolve import TermResolver


class Matcher:
    """Matches queries against the paragraphs and articles of an index."""

    def __init__(self, segments: Sequence[OpenSegment], resolver: TermResolver) -> None:
        self._segments = segments
        self._articles = ArticleMatcher(segments, resolver)
        self._paragraphs = ParagraphMatcher(segments, resolver, self._articles)

    def find(self, query: Query) -> IdsBySegment:
        """The paragraphs that match; where none does, those that match a part of the query
        in the articles that match all of it.
        """
        paragraphs = self.paragraphs(query)
        return paragraphs if any(paragraphs) else self._across_paragraphs(query)

    def paragraphs(self, query: Query) -> IdsBySegment:
        """The paragraphs that match on their own."""
        return self._paragraphs.evaluate(query)

    def article(self, id: str) -> tuple[int, int] | None:
        """The index of the segment and the article's id there; None without the article."""
        return next(self.articles([id]))

    def articles(self, ids: Iterable[str]) -> Iterator[tuple[int, int] | None]:
        """For the id of each article the same as `article`."""
        return with_ids(self._segments, ids)

    def articles_of(self, paragraphs: IdsBySegment) -> IdsBySegment:
        """The articles of paragraphs."""
        return [
            set(map(segment.file.article_of.__getitem__, ids))
            for segment, ids in zip(self._segments, paragraphs, strict=True)
        ]

    def _across_paragraphs(self, query: Query) -> IdsBySegment:
        """The paragraphs that match any part of a query in the articles that match every part, in a
        paragraph or the title; if all of it is in the title, the first paragraph.
        """
        parts = query.parts if isinstance(query, And) else (query,)
        required = [p for p in parts if not isinstance(p, Not) and not is_article_level(p)]
        filters = tuple(part for part in parts if part not in required)
        if not required:
            return [set() for _ in self._segments]
        matches = [self.paragraphs(part) for part in required]
        articles = intersection(
            union((self.articles_of(paragraphs), self._titled(part)))
            for part, paragraphs in zip(required, matches, strict=True)
        )
        ids = self._paragraphs.of_articles(articles, union(matches))
        if not any(ids):
            ids = [
                {first for article in titled if (first := starts[article]) < starts[article + 1]}
                for starts, titled in zip(
                    (segment.file.starts for segment in self._segments), articles, strict=True
                )
            ]
        return self._paragraphs.conjunction(filters, ids)

    def _titled(self, query: Query) -> IdsBySegment:
        """The articles whose title matches a query about text."""
        terms = list(positive_terms(query))
        if not terms or any(term.field != "text" for term in terms):
            return [set() for _ in self._segments]
        return self._articles.evaluate(map_terms(query, title_term))


class ArticleMatcher(Evaluator):
    """Evaluates queries about articles as the ids of articles."""

    def __init__(self, segments: Sequence[OpenSegment], resolver: TermResolver) -> None:
        self._segments = segments
        self._resolver = resolver
        self._by_id: dict[str, IdsBySegment] = {}

    def universe(self) -> IdsBySegment:
        return [
            set(range(segment.file.articles)) - segment.deleted_articles
            for segment in self._segments
        ]

    def sentence(self, parts: Sequence[Query], candidates: IdsBySegment) -> IdsBySegment:  # noqa: ARG002
        return candidates  # a title is one sentence

    def leaf(self, leaf: Leaf, within: IdsBySegment | None) -> IdsBySegment:
        match leaf:
            case Phrase() | Wildcard() | Fuzzy() | Synonyms():
                return ids_of(self._resolver, leaf, self._segments, within)
            case DateRange():
                return [_dated(segment, leaf) for segment in self._segments]
            case InArticle():
                return self._with_id(leaf.id)
            case _:
                assert_never(leaf)

    def _with_id(self, id: str) -> IdsBySegment:
        """The article with an id; those of the file with it if that has several."""
        if id not in self._by_id:
            ids: IdsBySegment = [set() for _ in self._segments]
            only = next(with_ids(self._segments, [id]))
            for segment, article in [only] if only else self._numbered(id):
                ids[segment].add(article)
            self._by_id[id] = ids
        return [set(articles) for articles in self._by_id[id]]

    def _numbered(self, file_id: str) -> Iterator[tuple[int, int]]:
        """The articles of a file that has several, each as the index of its segment and its id."""
        ids = (f"{file_id}/{number}" for number in count(1))
        for place in with_ids(self._segments, ids):
            # A file in a folder may have a number for its name.
            if place is None or not self._segments[place[0]].rows[place[1]].number:
                return
            yield place


class ParagraphMatcher(Evaluator):
    """Evaluates queries as the ids of paragraphs."""

    def __init__(
        self, segments: Sequence[OpenSegment], resolver: TermResolver, articles: ArticleMatcher
    ) -> None:
        self._segments = segments
        self._resolver = resolver
        self._articles = articles

    def universe(self) -> IdsBySegment:
        return [
            set(range(segment.file.paragraphs)) - segment.deleted_paragraphs
            for segment in self._segments
        ]

    def evaluate(self, query: Query, within: IdsBySegment | None = None) -> IdsBySegment:
        # Articles are fewer than paragraphs.
        if is_article_level(query):
            return self.of_articles(self._articles.evaluate(query), within)
        return super().evaluate(query, within)

    def leaf(self, leaf: Leaf, within: IdsBySegment | None) -> IdsBySegment:
        match leaf:
            case Phrase() | Wildcard() | Fuzzy() | Synonyms():
                return ids_of(self._resolver, leaf, self._segments, within)
            case DateRange() | InArticle():
                return self.of_articles(self._articles.leaf(leaf, None), within)
            case _:
                assert_never(leaf)

    def conjunction(
        self, parts: Sequence[Query], within: IdsBySegment | None = None
    ) -> IdsBySegment:
        # Filters are joined, so that paragraphs are filtered once.
        filters = [p for p in parts if is_article_level(p) and not isinstance(p, Not)]
        if len(filters) > 1:
            parts = (*(part for part in parts if part not in filters), And(tuple(filters)))
        return super().conjunction(parts, within)

    def cost(self, part: Query) -> int:
        # Words before phrases, which are then sought only in paragraphs that have the words.
        if is_article_level(part):
            return 3
        match part:
            case Phrase() | Wildcard() | Fuzzy() | Synonyms():
                return int(self._resolver[part].length > 1)
            case And() | Or() | Not() | Within() | DateRange() | InArticle():
                return 2
            case _:
                assert_never(part)

    def sentence(self, parts: Sequence[Query], candidates: IdsBySegment) -> IdsBySegment:
        sentences = _PositionMatcher(self._segments, self._resolver, candidates).conjunction(parts)
        return [set(map(id_of, ids)) for ids in sentences]

    def of_articles(self, articles: IdsBySegment, within: IdsBySegment | None) -> IdsBySegment:
        """The paragraphs of articles; with `within`, those among these paragraphs."""
        if within is None:
            return [
                segment.paragraphs_of(ids)
                for segment, ids in zip(self._segments, articles, strict=True)
            ]
        kept: IdsBySegment = []
        for segment, paragraphs, ids in zip(self._segments, within, articles, strict=True):
            article_of = segment.file.article_of
            kept.append({paragraph for paragraph in paragraphs if article_of[paragraph] in ids})
        return kept


class _PositionMatcher(SentenceEvaluator):
    """Evaluates the sentences of paragraphs by the positions of terms.

    A sentence's id combines its paragraph and its index there, as an occurrence combines a
    paragraph and a position.
    """

    def __init__(
        self,
        segments: Sequence[OpenSegment],
        resolver: TermResolver,
        paragraphs: IdsBySegment,
    ) -> None:
        self._segments = segments
        self._resolver = resolver
        self._paragraphs = paragraphs
        self._ends: dict[tuple[int, int], list[int]] = {}

    def universe(self) -> IdsBySegment:
        return [
            {(id << SHIFT) + n for id in paragraphs for n in range(len(self._ends_in(segment, id)))}
            for segment, paragraphs in enumerate(self._paragraphs)
        ]

    def term(self, term: Term, within: IdsBySegment | None) -> IdsBySegment:  # noqa: ARG002
        postings = self._resolver[term]
        return [
            {self._sentence_of(segment, start) for start in postings.starts(segment, ids)}
            for segment, ids in enumerate(self._paragraphs)
        ]

    def _sentence_of(self, segment: int, occurrence: int) -> int:
        id = id_of(occurrence)
        return (id << SHIFT) + bisect_right(self._ends_in(segment, id), position_of(occurrence))

    def _ends_in(self, segment: int, paragraph: int) -> list[int]:
        """The position after the last word of each sentence of a paragraph."""
        ends = self._ends.get((segment, paragraph))
        if ends is None:
            # Imported here: few queries need sentences.
            from reader.language.sentences import sentences

            text = self._segments[segment].file.text(paragraph)
            counts = (len(forms(text[start:end])) for start, end in sentences(text))
            ends = self._ends[segment, paragraph] = list(accumulate(counts))
        return ends


def ids_of(
    resolver: TermResolver,
    term: Term,
    segments: Sequence[OpenSegment],
    within: IdsBySegment | None,
) -> IdsBySegment:
    """The ids that have a term; with `within`, at least those among them."""
    postings = resolver[term]
    if within is None:
        return [postings.ids(segment) for segment in range(len(segments))]
    return [postings.ids(segment, ids) for segment, ids in enumerate(within)]


def title_term(term: Term) -> Term:
    """The term for titles instead of paragraphs."""
    match term:
        case Synonyms():
            return Synonyms(tuple(part._replace(field="title") for part in term.parts))
        case Phrase() | Wildcard() | Fuzzy():
            return term._replace(field="title")
        case _:
            assert_never(term)


def _dated(segment: OpenSegment, dates: DateRange) -> set[int]:
    since, until = dates.since or datetime.date.min, dates.until or datetime.date.max
    # Years and months count if all of their days do. A month's number is right before that of its
    # first day, a year's before that of its first month (see `day_number`): the range begins with
    # those whose first day is `since`, and has those that end after `until` taken out.
    first, last = day_number(since), day_number(until)
    month, year = last - until.day, until.year * 10000
    if since.day == 1:
        first -= 101 if since.month == 1 else 1
    ends_later = set()
    next_day = until + datetime.timedelta(1) if until < datetime.date.max else None
    if next_day and next_day.month == until.month:
        ends_later.add(month)
    if next_day and next_day.year == until.year:
        ends_later.add(year)
    return {
        article
        for article, number in enumerate(segment.file.days)
        if first <= number <= last
        and number not in ends_later
        and article not in segment.deleted_articles
    }


# Ids that are looked up one by one: for more, a table is made.
_FEW_IDS = 8


def _articles_by_key(segment: OpenSegment) -> dict[int, list[int]]:
    """The articles of a segment by the checksums of their ids."""
    articles: dict[int, list[int]] = {}
    for article, key in enumerate(segment.file.section("keys", "I").tolist()):
        articles.setdefault(key, []).append(article)
    return articles


def with_ids(
    segments: Sequence[OpenSegment], ids: Iterable[str]
) -> Iterator[tuple[int, int] | None]:
    """For each id of an article the index of its segment and its id there; None without it."""
    tables: list[dict[int, list[int]]] = []
    for done, id in enumerate(ids):
        if done == _FEW_IDS:
            tables = [_articles_by_key(segment) for segment in segments]
        place = None
        for index, segment in enumerate(segments):
            articles = (
                tables[index].get(key_of(id), ()) if tables else segment.file.articles_with_key(id)
            )
            for article in articles:
                if article not in segment.deleted_articles and segment.id_of(article) == id:
                    place = index, article
        yield place

"""Ranks paragraphs and articles: BM25, titles, proximity, related words.

The formulas are those of Robertson and Zaragoza (2009), "The Probabilistic Relevance Framework:
BM25 and Beyond"; the additions were tuned on the collections that the README names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from heapq import nlargest
from itertools import chain, pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from reader.index.schema import FIELDS
from reader.index.segment import id_of
from reader.language.tokens import forms, stem
from reader.query.tree import (
    And,
    DateRange,
    Fuzzy,
    InArticle,
    Not,
    Or,
    Phrase,
    Query,
    Synonyms,
    Term,
    Wildcard,
    Within,
    assert_never,
    children,
    is_term,
    positive_terms,
)
from reader.search.match import title_term
from reader.search.postings import idf

if TYPE_CHECKING:
    from reader.index.generation import OpenSegment
    from reader.search.evaluate import IdsBySegment
    from reader.search.postings import TermPostings
    from reader.search.resolve import TermResolver

# BM25's parameters at their usual values: k1, term-frequency saturation; b, length normalisation.
_K1 = 1.2
_B = 0.75
# Whole articles are longer: a higher term frequency means more.
_K1_OF_ARTICLES = 1.5

# The share of a term's title score that is added to the paragraph's: the title names the subject,
# but is the same for all paragraphs.
_TITLE_WEIGHT = 0.5
# Proximity: the scores of two neighbouring terms of a query that a paragraph has in a row, or near
# each other, as shares of the lower of the two IDFs.
_IN_ORDER = 0.5
_NEAR = 0.25
# For questions: the share of the article's score that is added to its paragraphs'.
_ARTICLE = 0.5
# The best paragraphs or articles, rescored by proximity and related words: for all, that would take
# longer than the rest of the search, and 200 more change no measured result.
_MAX_RESCORED = 200
# Near: positions in the same or adjacent blocks of 2 ** 3 words.
_NEAR_BITS = 3
# The share of its best paragraph's score that is added to an article's.
_BEST_PARAGRAPH = 0.5

# Scores of paragraphs or articles: a mapping for each segment.
ScoresBySegment: TypeAlias = list[dict[int, float]]

# Stems related to a question, each with its weight.
Related: TypeAlias = Mapping[str, float]
_NOTHING: Related = MappingProxyType({})


class Ranking:
    """Scores paragraphs and articles of an index."""

    def __init__(self, segments: Sequence[OpenSegment], resolver: TermResolver) -> None:
        self._segments = segments
        self._resolver = resolver
        self._averages: dict[str, float] = {}

    def paragraphs(
        self, query: Query, matches: IdsBySegment, related: Related = _NOTHING
    ) -> ScoresBySegment:
        """The scores of the paragraphs that match; related words count for the best of them."""
        scores: ScoresBySegment = [dict.fromkeys(ids, 0.0) for ids in matches]
        for term in positive_terms(query):
            postings = self._resolver[term]
            if FIELDS[term.field].of_article:
                self._add_to_paragraphs(scores, self._article_field(postings, term.field), 1.0)
                continue
            self._add(scores, postings, term.field)
            if term.field == "text":
                self._add_to_paragraphs(scores, self._title(term), _TITLE_WEIGHT)
        neighbours = list(_neighbours(query))
        if neighbours:
            best = [ids for _, _, ids in self._best(scores)]
            for first, second in neighbours:
                self._add_proximity(scores, best, self._resolver[first], self._resolver[second])
        if related:
            self._add_related(scores, related)
        return scores

    def articles(
        self,
        query: Query,
        matches: IdsBySegment,
        paragraphs: ScoresBySegment,
        related: Related = _NOTHING,
    ) -> ScoresBySegment:
        """The scores of the articles that match, by their whole text, title and best paragraph;
        related words count for the best of them.
        """
        scores: ScoresBySegment = [dict.fromkeys(ids, 0.0) for ids in matches]
        for term in positive_terms(query):
            postings = self._resolver[term]
            if FIELDS[term.field].of_article:
                _add(scores, self._article_field(postings, term.field), 1.0)
                continue
            _add(scores, self.whole_articles(postings, term.field), 1.0)
            if term.field == "text":
                _add(scores, self._title(term), _TITLE_WEIGHT)
        if related:
            self._add_related_to_articles(scores, related)
        for segment, segment_scores, of_paragraphs in zip(
            self._segments, scores, paragraphs, strict=True
        ):
            for article, score in _highest(of_paragraphs, segment.file.article_of).items():
                if article in segment_scores:
                    segment_scores[article] += _BEST_PARAGRAPH * score
        return scores

    def add_articles(self, paragraphs: ScoresBySegment, articles: ScoresBySegment) -> None:
        """Add a share of the articles' scores to their paragraphs'."""
        self._add_to_paragraphs(paragraphs, articles, _ARTICLE)

    def whole_articles(self, postings: TermPostings, field: str = "text") -> ScoresBySegment:
        """The scores of a term of a paragraph field in each article taken as one text."""
        frequencies: list[dict[int, int]] = []
        for index, segment in enumerate(self._segments):
            article_of = segment.file.article_of
            counts: dict[int, int] = {}
            for id, frequency in postings.frequencies(index, postings.ids(index)).items():
                article = article_of[id]
                counts[article] = counts.get(article, 0) + frequency
            frequencies.append(counts)
        term_idf = idf(self._article_count, sum(map(len, frequencies)))
        table = _ScoreTable(term_idf, self._average_of_articles(field), _K1_OF_ARTICLES)
        scores: ScoresBySegment = []
        for segment, counts in zip(self._segments, frequencies, strict=True):
            lengths = segment.file.article_lengths(field)
            scores.append(
                {
                    article: table[frequency, lengths[article]]
                    for article, frequency in counts.items()
                }
            )
        return scores

    def _add(self, scores: ScoresBySegment, postings: TermPostings, field: str) -> None:
        """Add the scores of a term of a paragraph field."""
        table = _ScoreTable(postings.idf, self._average(field), _K1)
        for index, (segment, segment_scores) in enumerate(zip(self._segments, scores, strict=True)):
            if segment_scores:
                lengths = segment.file.lengths(field)
                for id, frequency in postings.frequencies(index, segment_scores).items():
                    segment_scores[id] += table[frequency, lengths[id]]

    def _title(self, term: Term) -> ScoresBySegment:
        """The scores of a term in the titles of articles."""
        return self._article_field(self._resolver[title_term(term)], "title")

    def _article_field(self, postings: TermPostings, field: str) -> ScoresBySegment:
        """The scores of a term of an article field, by article."""
        table = _ScoreTable(postings.idf, self._average(field), _K1)
        scores: ScoresBySegment = []
        for index, segment in enumerate(self._segments):
            lengths = segment.file.lengths(field)
            frequencies = postings.frequencies(index, postings.ids(index))
            scores.append({id: table[count, lengths[id]] for id, count in frequencies.items()})
        return scores

    def _add_to_paragraphs(
        self, scores: ScoresBySegment, articles: ScoresBySegment, weight: float
    ) -> None:
        """Add a share of the articles' scores to their paragraphs'."""
        for segment, segment_scores, of_articles in zip(
            self._segments, scores, articles, strict=True
        ):
            if not of_articles:
                continue
            article_of = segment.file.article_of
            for paragraph in segment_scores:
                article = article_of[paragraph]
                if article in of_articles:
                    segment_scores[paragraph] += weight * of_articles[article]

    def _add_proximity(
        self,
        scores: ScoresBySegment,
        best: IdsBySegment,
        first: TermPostings,
        second: TermPostings,
    ) -> None:
        """Add to the best paragraphs the score of two terms that are near each other."""
        lower_idf = min(first.idf, second.idf)
        for index, segment_scores in enumerate(scores):
            common = best[index] & first.ids(index) & second.ids(index)
            if not common:
                continue
            # Shifted, so that the second has the same position as a first right before it.
            firsts = set(first.starts(index, common))
            seconds = set(second.starts(index, common, first.length))
            in_order = set(map(id_of, firsts & seconds))
            around = {occurrence >> _NEAR_BITS for occurrence in seconds}
            around |= {block + 1 for block in around} | {block - 1 for block in around}
            near = around & {occurrence >> _NEAR_BITS for occurrence in firsts}
            for id in {id_of(block << _NEAR_BITS) for block in near}:
                segment_scores[id] += lower_idf * (_IN_ORDER if id in in_order else _NEAR)

    def _add_related(self, scores: ScoresBySegment, related: Related) -> None:
        """Add the scores of related words to the best paragraphs.

        Their texts are read: to look the words up in the index takes five times as long.
        """
        total = sum(segment.document_count("text") for segment in self._segments)
        tables = {
            word: _ScoreTable(
                weight * idf(total, min(self._resolver.stem_frequency(word)[0], total)),
                self._average("text"),
                _K1,
            )
            for word, weight in related.items()
        }
        for segment, segment_scores, best in self._best(scores):
            lengths = segment.file.lengths("text")
            for id in best:
                for word, frequency in Counter(map(stem, forms(segment.file.text(id)))).items():
                    if word in tables:
                        segment_scores[id] += tables[word][frequency, lengths[id]]

    def _add_related_to_articles(self, scores: ScoresBySegment, related: Related) -> None:
        """Add the scores of related words to the best articles."""
        total = self._article_count
        tables = {
            word: _ScoreTable(
                weight * idf(total, min(self._resolver.stem_frequency(word)[1], total)),
                self._average_of_articles("text"),
                _K1_OF_ARTICLES,
            )
            for word, weight in related.items()
        }
        for segment, segment_scores, best in self._best(scores):
            lengths = segment.file.article_lengths("text")
            for article in best:
                counts: Counter[str] = Counter()
                for id in segment.paragraphs_of((article,)):
                    counts.update(map(stem, forms(segment.file.text(id))))
                for word in counts.keys() & tables.keys():
                    segment_scores[article] += tables[word][counts[word], lengths[article]]

    def _best(
        self, scores: ScoresBySegment
    ) -> Iterator[tuple[OpenSegment, dict[int, float], set[int]]]:
        """Each segment with its scores and its ids among the best of the index."""
        if sum(map(len, scores)) <= _MAX_RESCORED:
            for segment, segment_scores in zip(self._segments, scores, strict=True):
                yield segment, segment_scores, set(segment_scores)
            return
        every = chain.from_iterable(segment_scores.values() for segment_scores in scores)
        threshold = nlargest(_MAX_RESCORED, every)[-1]
        for segment, segment_scores in zip(self._segments, scores, strict=True):
            yield (
                segment,
                segment_scores,
                {id for id, score in segment_scores.items() if score >= threshold},
            )

    @property
    def _article_count(self) -> int:
        return sum(segment.document_count("title") for segment in self._segments)

    def _average_of_articles(self, field: str) -> float:
        """The average number of words of a paragraph field in an article."""
        total = sum(segment.file.total(field) for segment in self._segments)
        articles = sum(segment.file.articles for segment in self._segments)
        return total / articles if articles else 0.0

    def _average(self, field: str) -> float:
        """The average number of words of a field."""
        if field not in self._averages:
            total = words = 0
            for segment in self._segments:
                lengths = segment.file.lengths(field)
                deleted = segment.deleted_ids(field)
                total += len(lengths) - len(deleted)
                words += segment.file.total(field) - sum(map(lengths.__getitem__, deleted))
            self._averages[field] = words / total if total else 0.0
        return self._averages[field]


class _ScoreTable(dict[tuple[int, int], float]):
    """The BM25 scores of a term by its frequency in a text and the text's length in words."""

    def __init__(self, idf: float, average_length: float, k1: float) -> None:
        self._idf = idf
        self._average_length = average_length
        self._k1 = k1

    def __missing__(self, key: tuple[int, int]) -> float:
        frequency, length = key
        relative = length / self._average_length if self._average_length else 1.0
        saturation = self._k1 * (1 - _B + _B * relative)
        score = self._idf * frequency * (self._k1 + 1) / (frequency + saturation)
        self[key] = score
        return score


def _highest(paragraphs: Mapping[int, float], article_of: Sequence[int]) -> dict[int, float]:
    """The highest paragraph score of each article, if above 0."""
    highest: dict[int, float] = {}
    for paragraph, score in paragraphs.items():
        article = article_of[paragraph]
        if score > highest.get(article, 0.0):
            highest[article] = score
    return highest


def _add(scores: ScoresBySegment, more: ScoresBySegment, weight: float) -> None:
    """Add a share of further scores to those of the same ids."""
    for segment_scores, added in zip(scores, more, strict=True):
        for id in segment_scores.keys() & added.keys():
            segment_scores[id] += weight * added[id]


def _neighbours(query: Query) -> Iterator[tuple[Term, Term]]:
    """The pairs of terms that follow each other in a conjunction outside negations."""
    match query:
        case And() | Within():
            yield from _text_pairs(query.parts)
        case Or():
            pass
        case Not() | Phrase() | Wildcard() | Fuzzy() | Synonyms() | DateRange() | InArticle():
            return
        case _:
            assert_never(query)
    for part in children(query):
        yield from _neighbours(part)


def _text_pairs(parts: Sequence[Query]) -> Iterator[tuple[Term, Term]]:
    terms = [part for part in parts if is_term(part)]
    yield from (pair for pair in pairwise(terms) if pair[0].field == pair[1].field == "text")

"""How well paragraphs and articles match a query: BM25, the title, words near each other.

The formulas are those of Robertson and Zaragoza (2009), "The Probabilistic Relevance Framework:
BM25 and Beyond"; what is added to them was tried on the collections that the README names.
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
from reader.query.tree import TERMS, And, Not, Or, Query, Term, Within, positive_terms
from reader.search.match import Ids, term_of_title
from reader.search.terms import rarity

if TYPE_CHECKING:
    from reader.index.generation import OpenSegment
    from reader.search.terms import Standing, Terms

# The usual parameters of BM25: how soon more of the same word counts for little, and how much the
# length of the text counts.
_SATURATION = 1.2
_LENGTH = 0.75
# Whole articles are longer: more of the same word tells more.
_SATURATION_OF_ARTICLES = 1.5

# A word in the title adds a part of what it would in the paragraph: it tells what the article is
# about, but is the same for all the article's paragraphs.
_TITLE_WEIGHT = 0.5
# What two neighbours of a query add to a paragraph, in parts of what the one that tells less does:
# if they stand in it as in the query, or near each other.
_IN_ORDER = 0.5
_NEAR = 0.25
# What the whole article adds to a paragraph of an answer.
_ARTICLE = 0.5
# Paragraphs or articles of which more is asked: whether words stand near each other in them, and
# what goes with a question. They are those that come first without it; for all it would take longer
# than all the rest, and of what is measured 200 more change nothing.
_FIRST = 200
# Two words are near within so many bits of their numbers, that is within 8 to 16 words.
_NEAR_BITS = 3
# What the best paragraph of an article adds to the article.
_BEST_PARAGRAPH = 0.5

# By paragraph or article, by segment.
Scores: TypeAlias = list[dict[int, float]]


# Stems that go with a question, and how much each counts.
Related: TypeAlias = Mapping[str, float]
_NOTHING: Related = MappingProxyType({})


class Ranking:
    """Scores what was found in the segments of an index."""

    def __init__(self, leaves: Sequence[OpenSegment], terms: Terms) -> None:
        self._leaves = leaves
        self._terms = terms
        self._averages: dict[str, float] = {}

    def paragraphs(self, query: Query, found: Ids, related: Related = _NOTHING) -> Scores:
        """The paragraphs found, each with its score; the best also by the words related."""
        scores: Scores = [dict.fromkeys(some, 0.0) for some in found]
        for term in _terms(query):
            standing = self._terms[term]
            if FIELDS[term.field].of_article:
                self._add_to_paragraphs(scores, self._of_articles(standing, term.field), 1.0)
                continue
            self._add(scores, standing, term.field)
            if term.field == "text":
                title = self._of_articles(self._terms[term_of_title(term)], "title")
                self._add_to_paragraphs(scores, title, _TITLE_WEIGHT)
        neighbours = list(_neighbours(query))
        if neighbours:
            best = [ids for _, _, ids in self._best(scores)]
            for one, other in neighbours:
                self._add_nearness(scores, best, self._terms[one], self._terms[other])
        self._add_related(scores, related)
        return scores

    def articles(
        self, query: Query, found: Ids, paragraphs: Scores, related: Related = _NOTHING
    ) -> Scores:
        """The articles found, each with the score of its whole text, its title and its best
        paragraph; the best also by the words related.
        """
        scores: Scores = [dict.fromkeys(some, 0.0) for some in found]
        for term in _terms(query):
            standing = self._terms[term]
            if FIELDS[term.field].of_article:
                _add(scores, self._of_articles(standing, term.field), 1.0)
                continue
            _add(scores, self.whole(standing, term.field), 1.0)
            if term.field == "text":
                title = self._of_articles(self._terms[term_of_title(term)], "title")
                _add(scores, title, _TITLE_WEIGHT)
        self._add_related_to_articles(scores, related)
        for leaf, some, of_paragraphs in zip(self._leaves, scores, paragraphs, strict=True):
            article_of = leaf.file.article_of
            highest: dict[int, float] = {}
            for paragraph, score in of_paragraphs.items():
                article = article_of[paragraph]
                if score > highest.get(article, 0.0):
                    highest[article] = score
            for article, score in highest.items():
                if article in some:
                    some[article] += _BEST_PARAGRAPH * score
        return scores

    def add_articles(self, paragraphs: Scores, articles: Scores) -> None:
        """Add to paragraphs a part of what their whole articles are worth."""
        self._add_to_paragraphs(paragraphs, articles, _ARTICLE)

    def _add(self, scores: Scores, standing: Standing, field: str) -> None:
        """Add to paragraphs what a word or phrase is worth there."""
        table = _Table(standing.rarity, self._average(field), _SATURATION)
        for number, (leaf, some) in enumerate(zip(self._leaves, scores, strict=True)):
            if some:
                lengths = leaf.file.lengths(field)
                for id, often in standing.counts(number, some).items():
                    some[id] += table[often, lengths[id]]

    def whole(self, standing: Standing, field: str = "text") -> Scores:
        """What a word or phrase of a field of paragraphs is worth in each article as a whole."""
        counts: list[dict[int, int]] = []
        for number, leaf in enumerate(self._leaves):
            article_of = leaf.file.article_of
            here: dict[int, int] = {}
            for id, often in standing.counts(number, standing.ids(number)).items():
                article = article_of[id]
                here[article] = here.get(article, 0) + often
            counts.append(here)
        worth = rarity(self._articles, sum(map(len, counts)))
        table = _Table(worth, self._average_of_articles(field), _SATURATION_OF_ARTICLES)
        scores: Scores = []
        for leaf, here in zip(self._leaves, counts, strict=True):
            lengths = leaf.file.article_lengths(field)
            scores.append(
                {article: table[often, lengths[article]] for article, often in here.items()}
            )
        return scores

    def _add_related(self, scores: Scores, related: Related) -> None:
        """Add to the best paragraphs what words that go with a question are worth there.

        The few texts are read: to look so many words up in the index takes five times as long.
        """
        if not related:
            return
        total = sum(leaf.document_count("text") for leaf in self._leaves)
        tables = {
            word: _Table(
                weight * rarity(total, min(self._terms.having_stem(word)[0], total)),
                self._average("text"),
                _SATURATION,
            )
            for word, weight in related.items()
        }
        for leaf, some, best in self._best(scores):
            lengths = leaf.file.lengths("text")
            for id in best:
                for word, often in Counter(map(stem, forms(leaf.file.text(id)))).items():
                    if word in tables:
                        some[id] += tables[word][often, lengths[id]]

    def _add_related_to_articles(self, scores: Scores, related: Related) -> None:
        if not related:
            return
        total = self._articles
        tables = {
            word: _Table(
                weight * rarity(total, min(self._terms.having_stem(word)[1], total)),
                self._average_of_articles("text"),
                _SATURATION_OF_ARTICLES,
            )
            for word, weight in related.items()
        }
        for leaf, some, best in self._best(scores):
            lengths = leaf.file.article_lengths("text")
            for article in best:
                counts: Counter[str] = Counter()
                for id in leaf.paragraphs_of((article,)):
                    counts.update(map(stem, forms(leaf.file.text(id))))
                for word in counts.keys() & tables.keys():
                    some[article] += tables[word][counts[word], lengths[article]]

    def _of_articles(self, standing: Standing, field: str) -> Scores:
        """What a word or phrase of a field of articles is worth, where it stands."""
        table = _Table(standing.rarity, self._average(field), _SATURATION)
        scores: Scores = []
        for number, leaf in enumerate(self._leaves):
            lengths = leaf.file.lengths(field)
            counts = standing.counts(number, standing.ids(number))
            scores.append({id: table[often, lengths[id]] for id, often in counts.items()})
        return scores

    def _add_to_paragraphs(self, scores: Scores, articles: Scores, weight: float) -> None:
        """Add to paragraphs a part of their articles' scores."""
        for leaf, some, of_articles in zip(self._leaves, scores, articles, strict=True):
            if not of_articles:
                continue
            article_of = leaf.file.article_of
            for paragraph in some:
                article = article_of[paragraph]
                if article in of_articles:
                    some[paragraph] += weight * of_articles[article]

    def _add_nearness(self, scores: Scores, best: Ids, one: Standing, other: Standing) -> None:
        """Add to the best paragraphs what it is worth that two words or phrases stand near each
        other there.
        """
        least = min(one.rarity, other.rarity)
        for number, some in enumerate(scores):
            common = best[number] & one.ids(number) & other.ids(number)
            if not common:
                continue
            here = set(one.starts(number, common))
            there = set(other.starts(number, common, one.length))
            in_order = set(map(id_of, here & there))
            around = {place >> _NEAR_BITS for place in there}
            around |= {place + 1 for place in around} | {place - 1 for place in around}
            near = around & {place >> _NEAR_BITS for place in here}
            for id in {id_of(place << _NEAR_BITS) for place in near}:
                some[id] += least * (_IN_ORDER if id in in_order else _NEAR)

    def _best(self, scores: Scores) -> Iterator[tuple[OpenSegment, dict[int, float], set[int]]]:
        """Each segment with all its scores and the ids there of the best of all segments."""
        if sum(map(len, scores)) <= _FIRST:
            for leaf, some in zip(self._leaves, scores, strict=True):
                yield leaf, some, set(some)
            return
        least = nlargest(_FIRST, chain.from_iterable(some.values() for some in scores))[-1]
        for leaf, some in zip(self._leaves, scores, strict=True):
            yield leaf, some, {id for id, score in some.items() if score >= least}

    @property
    def _articles(self) -> int:
        return sum(leaf.document_count("title") for leaf in self._leaves)

    def _average_of_articles(self, field: str) -> float:
        """How many words a field of paragraphs has on average in an article."""
        total = sum(leaf.file.total(field) for leaf in self._leaves)
        articles = sum(leaf.file.articles for leaf in self._leaves)
        return total / articles if articles else 0.0

    def _average(self, field: str) -> float:
        """How many words a field has on average."""
        if field not in self._averages:
            total = words = 0
            for leaf in self._leaves:
                lengths = leaf.file.lengths(field)
                lacking = leaf.deleted_ids(field)
                total += len(lengths) - len(lacking)
                words += leaf.file.total(field) - sum(map(lengths.__getitem__, lacking))
            self._averages[field] = words / total if total else 0.0
        return self._averages[field]


class _Table(dict[tuple[int, int], float]):
    """The score of a word that stands so often in a text of such a length."""

    def __init__(self, rarity: float, average: float, saturation: float) -> None:
        self._rarity = rarity
        self._average = average
        self._saturation = saturation

    def __missing__(self, key: tuple[int, int]) -> float:
        count, length = key
        relative = length / self._average if self._average else 1.0
        ceiling = self._saturation * (1 - _LENGTH + _LENGTH * relative)
        score = self._rarity * count * (self._saturation + 1) / (count + ceiling)
        self[key] = score
        return score


def _add(scores: Scores, more: Scores, weight: float) -> None:
    """Add to what is scored a part of its score in the other."""
    for some, others in zip(scores, more, strict=True):
        for id in some.keys() & others.keys():
            some[id] += weight * others[id]


def _terms(query: Query) -> Iterator[Term]:
    return positive_terms(query)


def _neighbours(query: Query) -> Iterator[tuple[Term, Term]]:
    """The pairs of terms that stand next to each other in the query and are both wanted."""
    if isinstance(query, Not) or not isinstance(query, (And, Or, Within)):
        return
    if not isinstance(query, Or):
        parts = [part for part in query.parts if isinstance(part, TERMS)]
        yield from (
            (one, other) for one, other in pairwise(parts) if one.field == other.field == "text"
        )
    for part in query.parts:
        yield from _neighbours(part)

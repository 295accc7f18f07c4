"""Which paragraphs match a query, with their scores: BM25 over the paragraph and its title.

Each part of a query is evaluated for a whole segment at a time, as dictionaries from paragraph to
score: what Python does to whole lists and sets runs in C, at ten times the speed of asking a
matcher for one posting after another.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import chain
from math import log
from typing import NamedTuple, TypeAlias

from reader.index import query as language
from reader.index.analysis import stem, tokenize
from reader.index.query import And, Days, InArticle, Near, Not, Or, Prefix, Query, Words
from reader.index.schema import FIELDS, day_number
from reader.index.segment import Postings, SegmentFile, id_of

# The usual parameters of BM25: how soon more of the same word counts for little, and how much the
# length of the paragraph counts (Robertson and Zaragoza 2009, "The Probabilistic Relevance
# Framework: BM25 and Beyond").
_SATURATION = 1.2
_LENGTH = 0.75

# A word in the title adds a part of what it would in the paragraph: it tells what the article is
# about, but is the same for all the article's paragraphs.
_TITLE_WEIGHT = 0.5

# By paragraph or article, its score; 0 from what only filters.
Scores: TypeAlias = dict[int, float]
# Of a part of a query, by segment: with scores, and without.
Found: TypeAlias = list[Scores]
Ids: TypeAlias = list[set[int]]


class Leaf(NamedTuple):
    """An open segment: `deleted` are the articles and `gone` the paragraphs that do not count.

    `id_of` gives an article's id.
    """

    file: SegmentFile
    deleted: frozenset[int]
    gone: frozenset[int]
    id_of: Callable[[int], str]


class Matching:
    """Evaluates queries over the segments of an index."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        self._leaves = leaves
        self._known_statistics: dict[str, tuple[int, float]] = {}
        # Of the query at hand, whose parts are asked several things.
        self._known_terms: dict[Words | Prefix | Near, list[_Term]] = {}
        self._known_phrases: dict[Words | Prefix | Near, list[dict[int, int]]] = {}

    def best(self, query: Query) -> Found:
        """The paragraphs that match, each with its score, to which the title adds; where no
        single paragraph does, the best ones of the articles that match as wholes.
        """
        try:
            found = self._paragraphs(query)
            if not any(found):
                return self._in_articles(query)
            for part in positive(query):
                self._add_titles(found, self._in_titles(part))
            return found
        finally:
            self._known_terms.clear()
            self._known_phrases.clear()

    def near(self, form: str, edits: int, field: str = "text") -> dict[str, int]:
        """The words of the corpus at most so many edits away, each with how many."""
        from whoosh.support.levenshtein import damerau_levenshtein

        words = chain.from_iterable(leaf.file.words(field) for leaf in self._leaves)
        near = {}
        for word in set(words) if len(self._leaves) > 1 else words:
            if abs(len(word) - len(form)) <= edits:
                distance = damerau_levenshtein(form, word, edits)
                if distance <= edits:
                    near[word] = distance
        return near

    def count(self, word: str, field: str = "text") -> int:
        """In about how many paragraphs the word stands: deleted ones count too."""
        places = ((leaf.file, leaf.file.find(field, word)) for leaf in self._leaves)
        return sum(file.count(field, place) for file, place in places if place >= 0)

    def having(self, word: str, field: str = "text") -> Iterator[tuple[int, int]]:
        """The segments and paragraphs where the word stands, just so."""
        for number, leaf in enumerate(self._leaves):
            place = leaf.file.find(field, word)
            if place >= 0:
                ids = leaf.file.postings(field, place).ids
                yield from ((number, id) for id in ids if id not in leaf.gone)

    def knows(self, form: str) -> bool:
        """Whether any paragraph has a word with this form or its stem."""
        return any(leaf.file.having_stem("text", stem(form)) for leaf in self._leaves)

    # Paragraphs

    def _paragraphs(self, query: Query) -> Found:
        """The paragraphs that match, scored by what they say themselves."""
        if _is_of_articles(query):
            return [
                {paragraph: score for n, score in articles.items() for paragraph in _span(leaf, n)}
                for leaf, articles in zip(self._leaves, self._articles(query), strict=True)
            ]
        if isinstance(query, And):
            return self._all(query.parts)
        if isinstance(query, Or):
            return _sum(self._paragraphs(part) for part in query.parts)
        if isinstance(query, Not):
            return self._all((query,))
        assert not isinstance(query, (Days, InArticle))
        return self._scored(query)

    def _all(self, parts: Sequence[Query]) -> Found:
        """The paragraphs that match every part."""
        without = [part.part for part in parts if isinstance(part, Not)]
        others = [part for part in parts if not isinstance(part, Not)]
        of_articles = [part for part in others if _is_of_articles(part)]
        simple = [part for part in others if isinstance(part, _SIMPLE) and part not in of_articles]
        nested = [part for part in others if part not in simple and part not in of_articles]
        if not simple and not nested:
            found = (
                self._paragraphs(And(tuple(of_articles)))
                if of_articles
                else [dict.fromkeys(_live(leaf), 0.0) for leaf in self._leaves]
            )
        else:
            # What all have is found first: only that needs scores.
            common: Ids | None = None
            for word in simple:
                common = self._having(word, common)
            inside = [self._paragraphs(part) for part in nested]
            found = _intersection([*inside, *([_zeros(common)] if common else [])])
            for filter in of_articles:
                self._keep_articles(found, self._articles(filter))
            for word in simple:
                self._add_scores(word, found)
        for part in without:
            _take_away(found, self._paragraphs(part))
        return found

    def _keep_articles(self, found: Found, articles: Found) -> None:
        """Keep only the paragraphs of the articles, to which their scores are added."""
        for leaf, scores, kept in zip(self._leaves, found, articles, strict=True):
            article_of = leaf.file.article_of
            for paragraph in list(scores):
                article = article_of[paragraph]
                if article in kept:
                    scores[paragraph] += kept[article]
                else:
                    del scores[paragraph]

    def _add_titles(self, found: Found, titles: Found) -> None:
        for leaf, scores, articles in zip(self._leaves, found, titles, strict=True):
            if not articles:
                continue
            article_of = leaf.file.article_of
            for paragraph in scores:
                article = article_of[paragraph]
                if article in articles:
                    scores[paragraph] += _TITLE_WEIGHT * articles[article]

    def _in_articles(self, query: Query) -> Found:
        """The best paragraphs of the articles that have every part of the query somewhere; of
        those where all is in the title, the first.
        """
        parts = query.parts if isinstance(query, And) else (query,)
        wanted = [p for p in parts if not isinstance(p, Not) and not _is_of_articles(p)]
        filters = tuple(p for p in parts if isinstance(p, Not) or _is_of_articles(p))
        nothing: Found = [{} for _ in self._leaves]
        if not wanted:
            return nothing
        inside = [self._paragraphs(part) for part in wanted]
        titles = [self._in_titles(part) for part in wanted]
        whole = _intersection(
            [
                [
                    dict.fromkeys(chain(map(leaf.file.article_of.__getitem__, scores), named), 0.0)
                    for leaf, scores, named in zip(self._leaves, *both, strict=True)
                ]
                for both in zip(inside, titles, strict=True)
            ]
        )
        if not any(whole):
            return nothing
        found = _sum(inside)
        self._keep_articles(found, whole)
        if not any(found):
            firsts = ((leaf, articles) for leaf, articles in zip(self._leaves, whole, strict=True))
            found = [
                {span[0]: 0.0 for n in articles if (span := _span(leaf, n))}
                for leaf, articles in firsts
            ]
            self._add_titles(found, _sum(titles))
        if filters:
            found = _intersection([found, self._all(filters)])
        return found

    def _in_titles(self, query: Query) -> Found:
        """The articles with a title that matches what is asked of paragraphs."""
        if any(_field_of(part) != "text" for part in positive(query)):
            return [{} for _ in self._leaves]
        return self._articles(_of_title(query))

    # Words

    def _scored(self, part: Words | Prefix | Near) -> Found:
        """The paragraphs or articles where a part's words stand in its field."""
        found = _zeros(self._having(part, None))
        self._add_scores(part, found)
        return found

    def _having(self, part: Words | Prefix | Near, within: Ids | None) -> Ids:
        """Where a part's words stand, one after the other if they are several; if asked for, only
        within some paragraphs or articles.
        """
        terms = self._terms(part)
        common: Ids = []
        for number in range(len(self._leaves)):
            ids = within[number] if within else None
            for term in terms:
                ids = term.ids(number) if ids is None else ids & term.ids(number)
            common.append(set(ids or ()))
        if len(terms) < 2:
            return common
        counts = self._known_phrases[part] = [
            _following([term.lists[number] for term in terms], ids)
            for number, ids in enumerate(common)
        ]
        return list(map(set, counts))

    def _add_scores(self, part: Words | Prefix | Near, found: Found) -> None:
        """Add to what was found what a part's words are worth there.

        A phrase counts as a word that stands as often as it does, and is as rare as all its words.
        """
        total, average = self._statistics(part.field)
        terms = self._terms(part)
        rarities = (log(total / (term.having + 1)) + 1 for term in terms if total)
        table = _Table(sum(rarities), average)
        for number, (leaf, scores) in enumerate(zip(self._leaves, found, strict=True)):
            if not scores:
                continue
            lengths = leaf.file.lengths(part.field)
            if len(terms) > 1:
                phrases = self._known_phrases[part][number]
                counts = {id: phrases[id] for id in scores if id in phrases}
            else:
                counts = terms[0].counts(number, scores)
            for id, often in counts.items():
                scores[id] += table[often, lengths[id]]

    def _terms(self, part: Words | Prefix | Near) -> list[_Term]:
        """The words of a part, each with its postings."""
        terms = self._known_terms.get(part)
        if terms is None:
            of_article = FIELDS[part.field].of_article
            gone = [leaf.deleted if of_article else leaf.gone for leaf in self._leaves]
            terms = self._known_terms[part] = [
                _Term(
                    [
                        [leaf.file.postings(part.field, place) for place in places]
                        for leaf, places in zip(self._leaves, group, strict=True)
                    ],
                    gone,
                )
                for group in self._groups(part)
            ]
        return terms

    def _groups(self, part: Words | Prefix | Near) -> list[list[Sequence[int]]]:
        """For each word asked for, by segment, the numbers of the words there that are meant."""
        field = part.field
        if isinstance(part, Prefix):
            return [[leaf.file.beginning(field, _form(part)) for leaf in self._leaves]]
        if isinstance(part, Near):
            near = self.near(_form(part), part.edits, field)
            return [
                [
                    [place for word in near if (place := leaf.file.find(field, word)) >= 0]
                    for leaf in self._leaves
                ]
            ]
        forms = [token.form for token in tokenize(part.text)]
        return [[_places(leaf, field, form) for leaf in self._leaves] for form in forms]

    def _statistics(self, field: str) -> tuple[int, float]:
        """How many paragraphs or articles count, and how many words a field has on average."""
        if field not in self._known_statistics:
            of_article = FIELDS[field].of_article
            total = words = 0
            for leaf in self._leaves:
                lengths = leaf.file.lengths(field)
                gone = leaf.deleted if of_article else leaf.gone
                total += len(lengths) - len(gone)
                words += leaf.file.total(field) - sum(map(lengths.__getitem__, gone))
            self._known_statistics[field] = total, words / total if total else 0.0
        return self._known_statistics[field]

    # Articles

    def _articles(self, query: Query) -> Found:
        """The articles that match a query about articles."""
        if isinstance(query, And):
            without = [part.part for part in query.parts if isinstance(part, Not)]
            wanted = [part for part in query.parts if not isinstance(part, Not)]
            found = (
                _intersection([self._articles(part) for part in wanted])
                if wanted
                else self._every_article()
            )
            for part in without:
                _take_away(found, self._articles(part))
            return found
        if isinstance(query, Or):
            return _sum(self._articles(part) for part in query.parts)
        if isinstance(query, Not):
            return self._articles(And((query,)))
        if isinstance(query, Days):
            return self._dated(query)
        if isinstance(query, InArticle):
            return [
                {
                    number: 0.0
                    for number in leaf.file.having_key(query.id)
                    if number not in leaf.deleted and leaf.id_of(number) == query.id
                }
                for leaf in self._leaves
            ]
        return self._scored(query)

    def _every_article(self) -> Found:
        return [
            dict.fromkeys((n for n in range(leaf.file.articles) if n not in leaf.deleted), 0.0)
            for leaf in self._leaves
        ]

    def _dated(self, days: Days) -> Found:
        since = day_number(days.since or datetime.date.min)
        until = day_number(days.until or datetime.date.max)
        return [
            {
                number: 0.0
                for number, day in enumerate(leaf.file.days)
                if since <= day <= until and number not in leaf.deleted
            }
            for leaf in self._leaves
        ]


class _Term:
    """A word asked for, in all its forms: the postings of each, by segment."""

    def __init__(self, lists: list[list[Postings]], gone: list[frozenset[int]]) -> None:
        self.lists = lists
        self._gone = gone
        self._ids: dict[int, set[int]] = {}

    @property
    def having(self) -> int:
        """In how many paragraphs or articles it stands."""
        return sum(len(self.ids(number)) for number in range(len(self.lists)))

    def ids(self, number: int) -> set[int]:
        """Where it stands in a segment, but for what is deleted."""
        if number not in self._ids:
            ids = set().union(*(postings.ids for postings in self.lists[number]))
            self._ids[number] = ids - self._gone[number] if self._gone[number] else ids
        return self._ids[number]

    def counts(self, number: int, wanted: Mapping[int, object]) -> dict[int, int]:
        """How often it stands in each of the wanted of a segment where it does."""
        lists = sorted(self.lists[number], key=lambda postings: -len(postings.ids))
        counts = lists[0].counts(wanted) if lists else {}
        for postings in lists[1:]:
            for id, often in postings.counts(wanted).items():
                counts[id] = counts.get(id, 0) + often
        return counts


class _Table(dict[tuple[int, int], float]):
    """The score of a word that stands so often in a text of such a length."""

    def __init__(self, rarity: float, average: float) -> None:
        self._rarity = rarity
        self._average = average

    def __missing__(self, key: tuple[int, int]) -> float:
        count, length = key
        relative = length / self._average if self._average else 1.0
        ceiling = _SATURATION * (1 - _LENGTH + _LENGTH * relative)
        self[key] = score = self._rarity * count * (_SATURATION + 1) / (count + ceiling)
        return score


# What asks for words, without parts of its own.
_SIMPLE = (Words, Prefix, Near)


def positive(query: Query) -> Iterator[Words | Prefix | Near | Days | InArticle]:
    """The leaves of a query that a hit has, rather than lacks."""
    if isinstance(query, (And, Or)):
        for part in query.parts:
            yield from positive(part)
    elif not isinstance(query, Not):
        yield query


def _is_of_articles(query: Query) -> bool:
    """Whether a part speaks of articles, not of paragraphs."""
    if isinstance(query, (Days, InArticle)):
        return True
    if isinstance(query, (And, Or)):
        return all(map(_is_of_articles, query.parts))
    if isinstance(query, Not):
        return _is_of_articles(query.part)
    return query.field in language.ARTICLE_FIELDS


def _field_of(part: Words | Prefix | Near | Days | InArticle) -> str | None:
    return None if isinstance(part, (Days, InArticle)) else part.field


def _of_title(query: Query) -> Query:
    """The query asked of titles instead of paragraphs."""
    if isinstance(query, (And, Or)):
        return type(query)(tuple(map(_of_title, query.parts)))
    if isinstance(query, Not):
        return Not(_of_title(query.part))
    if isinstance(query, (Days, InArticle)) or query.field != "text":
        return query
    return query._replace(field="title")


def _form(part: Prefix | Near) -> str:
    return "".join(token.form for token in tokenize(part.text))


def _places(leaf: Leaf, field: str, form: str) -> Sequence[int]:
    """The numbers of the words with the stem of this one; where fields have none, of itself."""
    if FIELDS[field].stemmed:
        return leaf.file.having_stem(field, stem(form))
    place = leaf.file.find(field, form)
    return () if place < 0 else (place,)


def _span(leaf: Leaf, article: int) -> range:
    """The paragraphs of an article."""
    return range(leaf.file.starts[article], leaf.file.starts[article + 1])


def _live(leaf: Leaf) -> Iterable[int]:
    every = range(leaf.file.paragraphs)
    return (paragraph for paragraph in every if paragraph not in leaf.gone) if leaf.gone else every


def _following(lists: Sequence[Sequence[Postings]], wanted: set[int]) -> dict[int, int]:
    """In which of the wanted words follow one another, each given by the postings of its forms,
    and how often.
    """
    runs = [
        set(chain.from_iterable(postings.occurrences(wanted, step) for postings in forms))
        for step, forms in enumerate(lists)
    ]
    return Counter(map(id_of, set.intersection(*runs)))


def _intersection(parts: Sequence[Found]) -> Found:
    """What is in all the parts, with the sum of the scores."""
    found = []
    for scores in zip(*parts, strict=True):
        common = reduce(lambda kept, part: kept & part.keys(), scores[1:], set(scores[0]))
        total = {id: scores[0][id] for id in common}
        for part in scores[1:]:
            for id in total:
                total[id] += part[id]
        found.append(total)
    return found


def _zeros(ids: Ids) -> Found:
    return [dict.fromkeys(some, 0.0) for some in ids]


def _take_away(found: Found, unwanted: Found) -> None:
    """Drop from what was found what is in the other."""
    for scores, others in zip(found, unwanted, strict=True):
        for id in scores.keys() & others.keys():
            del scores[id]


def _sum(parts: Iterable[Found]) -> Found:
    """What is in any of the parts, with the sum of the scores."""
    parts = iter(parts)
    found = [dict(scores) for scores in next(parts)]
    for part in parts:
        for total, scores in zip(found, part, strict=True):
            for id, score in scores.items():
                total[id] = total.get(id, 0.0) + score
    return found

"""Which paragraphs match a query: sets of their ids, for a whole segment at a time."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Any, TypeAlias

from reader.index.schema import day_number
from reader.index.segment import id_of, position_of
from reader.language.tokens import forms
from reader.query.days import DateRange
from reader.query.tree import (
    TERMS,
    And,
    InArticle,
    Not,
    Or,
    Query,
    Synonyms,
    Term,
    Within,
    is_article_level,
    map_terms,
    positive_terms,
)

if TYPE_CHECKING:
    from reader.index.generation import OpenSegment
    from reader.search.terms import Terms

# Of paragraphs or articles, by segment.
Ids: TypeAlias = list[set[int]]


class Matching:
    """Evaluates queries over the segments of an index."""

    def __init__(self, leaves: Sequence[OpenSegment], terms: Terms) -> None:
        self._leaves = leaves
        self._terms = terms

    def find(self, query: Query) -> Ids:
        """The paragraphs that match; where no single one does, the ones with something of it in the
        articles that match as wholes.
        """
        found = self.paragraphs(query)
        return found if any(found) else self._in_articles(query)

    def paragraphs(self, query: Query) -> Ids:
        """The paragraphs that match, each by itself."""
        if is_article_level(query):
            articles = self.articles(query)
            return [leaf.paragraphs_of(some) for leaf, some in self._each(articles)]
        if isinstance(query, Or):
            return _union(self.paragraphs(part) for part in query.parts)
        if isinstance(query, Within):
            found = self._all(query.parts)
            return self._in_a_sentence(query, found) if query.unit == "sentence" else found
        if isinstance(query, TERMS):
            return self._term(query)
        return self._all(query.parts if isinstance(query, And) else (query,))

    def articles(self, query: Query) -> Ids:
        """The articles that match a query about articles."""
        if isinstance(query, (And, Within)):
            without = [part.part for part in query.parts if isinstance(part, Not)]
            wanted = [part for part in query.parts if not isinstance(part, Not)]
            found = (
                _intersection(self.articles(part) for part in wanted)
                if wanted
                else [
                    set(range(leaf.file.articles)) - leaf.deleted_articles for leaf in self._leaves
                ]
            )
            for unwanted in without:
                found = _difference(found, self.articles(unwanted))
            return found
        if isinstance(query, Or):
            return _union(self.articles(part) for part in query.parts)
        if isinstance(query, Not):
            return self.articles(And((query,)))
        if isinstance(query, DateRange):
            return self._dated(query)
        if isinstance(query, InArticle):
            return [
                {
                    number
                    for number in leaf.file.articles_with_key(query.id)
                    if number not in leaf.deleted_articles and leaf.id_of(number) == query.id
                }
                for leaf in self._leaves
            ]
        return self._term(query)

    def articles_of(self, paragraphs: Ids) -> Ids:
        """The articles that paragraphs are of."""
        return [
            set(map(leaf.file.article_of.__getitem__, some))
            for leaf, some in self._each(paragraphs)
        ]

    def _term(self, term: Term) -> Ids:
        standing = self._terms[term]
        return [standing.ids(number) for number in range(len(self._leaves))]

    def _all(self, parts: Sequence[Query]) -> Ids:
        """The paragraphs that match every part."""
        without = [part.part for part in parts if isinstance(part, Not)]
        wanted = [part for part in parts if not isinstance(part, Not)]
        of_articles = [part for part in wanted if is_article_level(part)]
        found: Ids | None = None
        # Terms of one word first: a phrase is looked for only where they stand.
        others = [part for part in wanted if part not in of_articles]
        for part in sorted(others, key=self._is_long):
            if not isinstance(part, TERMS):
                more = self.paragraphs(part)
            elif found is None:
                more = self._term(part)
            else:
                standing = self._terms[part]
                more = [standing.ids(number, some) for number, some in enumerate(found)]
            found = more if found is None else [a & b for a, b in zip(found, more, strict=True)]
        articles = _intersection(self.articles(part) for part in of_articles) if of_articles else []
        if found is None:
            found = [
                leaf.paragraphs_of(articles[number])
                if of_articles
                else set(range(leaf.file.paragraphs)) - leaf.deleted_paragraphs
                for number, leaf in enumerate(self._leaves)
            ]
        elif of_articles:
            found = [self._of(leaf, some, kept) for leaf, some, kept in self._each(found, articles)]
        for unwanted in without:
            found = _difference(found, self.paragraphs(unwanted))
        return found

    def _is_long(self, part: Query) -> int:
        if not isinstance(part, TERMS):
            return 2
        return int(self._terms[part].length > 1)

    def _in_articles(self, query: Query) -> Ids:
        """The paragraphs with any part of the query in the articles that have every part somewhere,
        in a paragraph or the title; the first ones of those that have it all in the title.
        """
        parts = query.parts if isinstance(query, And) else (query,)
        wanted = [p for p in parts if not isinstance(p, Not) and not is_article_level(p)]
        filters = tuple(part for part in parts if part not in wanted)
        nothing: Ids = [set() for _ in self._leaves]
        if not wanted:
            return nothing
        inside = [self.paragraphs(part) for part in wanted]
        whole = _intersection(
            _union((self.articles_of(found), self.titled(part)))
            for part, found in zip(wanted, inside, strict=True)
        )
        if not any(whole):
            return nothing
        found = [
            self._of(leaf, some, kept) for leaf, some, kept in self._each(_union(inside), whole)
        ]
        if not any(found):
            found = [
                {leaf.file.starts[n] for n in some if self._span(leaf, n)}
                for leaf, some in self._each(whole)
            ]
        return _intersection((found, self._all(filters))) if filters else found

    def titled(self, query: Query) -> Ids:
        """The articles with a title that matches what is asked of paragraphs."""
        asked = list(positive_terms(query))
        if not asked or any(part.field != "text" for part in asked):
            return [set() for _ in self._leaves]
        return self.articles(of_title(query))

    def _in_a_sentence(self, query: Within, found: Ids) -> Ids:
        """Those of the paragraphs that have a sentence with every part."""
        parts = [list(_terms_of(part)) for part in query.parts]
        kept: Ids = []
        for number, (leaf, some) in enumerate(self._each(found)):
            places = [
                _by_id(chain.from_iterable(self._terms[t].starts(number, some) for t in terms))
                for terms in parts
            ]
            kept.append({id for id in some if _in_one(leaf.file.text(id), id, places)})
        return kept

    def _dated(self, days: DateRange) -> Ids:
        since = day_number(days.since or datetime.date.min)
        until = day_number(days.until or datetime.date.max)
        return [
            {
                number
                for number, day in enumerate(leaf.file.days)
                if since <= day <= until and number not in leaf.deleted_articles
            }
            for leaf in self._leaves
        ]

    def _each(self, *ids: Ids) -> Iterable[Any]:
        """Each segment with its ids."""
        return zip(self._leaves, *ids, strict=True)

    @staticmethod
    def _span(leaf: OpenSegment, article: int) -> range:
        """The paragraphs of an article."""
        return range(leaf.file.starts[article], leaf.file.starts[article + 1])

    def _of(self, leaf: OpenSegment, paragraphs: set[int], articles: set[int]) -> set[int]:
        """Those of the paragraphs that are of some of the articles."""
        article_of = leaf.file.article_of
        return {paragraph for paragraph in paragraphs if article_of[paragraph] in articles}


def of_title(query: Query) -> Query:
    """The query asked of titles instead of paragraphs."""
    return map_terms(query, term_of_title)


def term_of_title(term: Term) -> Term:
    """The term asked of titles instead of paragraphs."""
    if isinstance(term, Synonyms):
        return Synonyms(tuple(part._replace(field="title") for part in term.parts))
    return term._replace(field="title")


def _terms_of(query: Query) -> Iterable[Term]:
    return positive_terms(query)


def _by_id(occurrences: Iterable[int]) -> dict[int, list[int]]:
    """The numbers of the words, by the id that they are of."""
    found: dict[int, list[int]] = {}
    for occurrence in occurrences:
        found.setdefault(id_of(occurrence), []).append(position_of(occurrence))
    return found


def _in_one(text: str, id: int, places: Sequence[dict[int, list[int]]]) -> bool:
    """Whether a text has a sentence with something of all the places."""
    # Loads the rules: few queries need them.
    from reader.language.sentences import sentences

    firsts = list(accumulate(len(forms(text[start:end])) for start, end in sentences(text)))
    return bool(
        set.intersection(
            *({bisect_right(firsts, place) for place in some.get(id, ())} for some in places)
        )
    )


def _union(parts: Iterable[Ids]) -> Ids:
    return [set().union(*some) for some in zip(*parts, strict=True)]


def _intersection(parts: Iterable[Ids]) -> Ids:
    return [set.intersection(*some) for some in zip(*parts, strict=True)]


def _difference(found: Ids, unwanted: Ids) -> Ids:
    return [some - others for some, others in zip(found, unwanted, strict=True)]

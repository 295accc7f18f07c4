"""Evaluates query trees as sets of ids: the semantics of AND, OR, NOT and /s."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import TypeAlias

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
    is_term,
)

# Ids of a whole index: a set for each of its segments, in their order. They are of paragraphs,
# articles or the like, and count from 0 within their segment. Whole sets are combined, because that
# runs in C, ten times as fast as a loop over postings.
IdsBySegment: TypeAlias = list[set[int]]


class Evaluator(ABC):
    """Evaluates queries over a universe of ids: paragraphs, articles, quotations or sentences.

    Subclasses define the universe and evaluate leaves. `within` restricts the ids of interest: a
    result must have the matches among them, and may have further ids.
    """

    @abstractmethod
    def universe(self) -> IdsBySegment:
        """All ids."""

    @abstractmethod
    def leaf(self, leaf: Leaf, within: IdsBySegment | None) -> IdsBySegment:
        """The ids that a leaf matches."""

    @abstractmethod
    def sentence(self, parts: Sequence[Query], candidates: IdsBySegment) -> IdsBySegment:
        """The candidates with a sentence that matches all parts."""

    def cost(self, part: Query) -> int:  # noqa: ARG002
        """The relative cost of a part of a conjunction; the cheapest is evaluated first."""
        return 0

    def evaluate(self, query: Query, within: IdsBySegment | None = None) -> IdsBySegment:
        """The ids that match."""
        match query:
            case Phrase() | Wildcard() | Fuzzy() | Synonyms() | DateRange() | InArticle():
                return self.leaf(query, within)
            case And():
                return self.conjunction(query.parts, within)
            case Or():
                return union(self.evaluate(part, within) for part in query.parts)
            case Not():
                return self.conjunction((query,), within)
            case Within():
                ids = self.conjunction(query.parts, within)
                return ids if query.unit == "paragraph" else self.sentence(query.parts, ids)
            case _:
                assert_never(query)

    def conjunction(
        self, parts: Sequence[Query], within: IdsBySegment | None = None
    ) -> IdsBySegment:
        """The ids that match every part: each is evaluated within those that match so far."""
        ids = within
        positive = [part for part in parts if not isinstance(part, Not)]
        for part in sorted(positive, key=self.cost):
            matches = self.evaluate(part, ids)
            ids = matches if ids is None else intersection((ids, matches))
        if ids is None:
            ids = self.universe()
        for negation in (part for part in parts if isinstance(part, Not)):
            ids = difference(ids, self.evaluate(negation.part, ids))
        return ids


class SentenceEvaluator(Evaluator):
    """Evaluates terms, and OR and /s of terms, as sentences."""

    @abstractmethod
    def term(self, term: Term, within: IdsBySegment | None) -> IdsBySegment:
        """The sentences that have a term."""

    def leaf(self, leaf: Leaf, within: IdsBySegment | None) -> IdsBySegment:
        if not is_term(leaf):
            raise ValueError("a sentence has neither a date nor an id")
        return self.term(leaf, within)

    def sentence(self, parts: Sequence[Query], candidates: IdsBySegment) -> IdsBySegment:  # noqa: ARG002
        return candidates


def union(operands: Iterable[IdsBySegment]) -> IdsBySegment:
    """The ids in any of the operands, at least one."""
    return [set().union(*sets) for sets in zip(*operands, strict=True)]


def intersection(operands: Iterable[IdsBySegment]) -> IdsBySegment:
    """The ids in all of the operands, at least one."""
    return [set.intersection(*sets) for sets in zip(*operands, strict=True)]


def difference(ids: IdsBySegment, excluded: IdsBySegment) -> IdsBySegment:
    """The ids that are not excluded."""
    return [kept - dropped for kept, dropped in zip(ids, excluded, strict=True)]

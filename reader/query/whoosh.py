"""Converts a parsed query into Whoosh's own query tree, for its searcher."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product

from whoosh.query import And as WhooshAnd
from whoosh.query import Every, FuzzyTerm, Prefix, Regex, SpanNear2, Term
from whoosh.query import Not as WhooshNot
from whoosh.query import Or as WhooshOr
from whoosh.query import Phrase as WhooshPhrase
from whoosh.query import Query as WhooshQuery
from whoosh.query import Wildcard as WhooshWildcard
from whoosh.query.spans import Span

from reader.language.tokens import is_compound, join_compound, query_tokens, spelling_variants
from reader.query.fields import FIELDS, folded_pattern, fuzzy_form, query_terms, stemmed_term
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
    Wildcard,
    Within,
    assert_never,
)
from reader.query.whoosh_dates import date_range


def as_whoosh(query: Query) -> WhooshQuery | None:
    """Whoosh's query that matches the same paragraphs, each by itself.

    None if the query needs data that the index does not have: exact spellings, or sentences.
    """
    match query:
        case Phrase():
            return None if query.exact else _phrase(query)
        case Wildcard():
            pattern = folded_pattern(query.text)
            if pattern.endswith("*") and not set("*?") & set(pattern[:-1]):
                return Prefix(query.field, pattern[:-1])
            return WhooshWildcard(query.field, pattern)
        case Fuzzy():
            form = fuzzy_form(query.text)
            return FuzzyTerm(query.field, form, maxdist=query.edits, prefixlength=0)
        case DateRange():
            return date_range(query.since, query.until)
        case InArticle():
            numbered = Regex("article", f"{re.escape(query.id)}/[1-9][0-9]*$")
            return WhooshOr([Term("article", query.id), numbered])
        case Synonyms() | Or():
            parts = _all(query.parts)
            return None if parts is None else WhooshOr(parts)
        case And() | Within():
            if isinstance(query, Within) and query.unit == "sentence":
                return None
            return _conjunction(
                [part for part in query.parts if not isinstance(part, Not)],
                [part.part for part in query.parts if isinstance(part, Not)],
            )
        case Not():
            return _conjunction([], [query.part])
        case _:
            assert_never(query)


def _all(queries: Sequence[Query]) -> list[WhooshQuery] | None:
    """Whoosh's queries for several; None if one of them has none."""
    converted = [as_whoosh(query) for query in queries]
    return None if None in converted else converted


def _conjunction(required: Sequence[Query], excluded: Sequence[Query]) -> WhooshQuery | None:
    """Whoosh's query for paragraphs with all of the required and none of the excluded.

    Not `AndNot`, whose matcher in Whoosh 3.54 does not compare the first document with all that
    are excluded. `Every` because `Not` alone may give a deleted document.
    """
    positive, negative = _all(required), _all(excluded)
    if positive is None or negative is None:
        return None
    return WhooshAnd([*(positive or [Every()]), *map(WhooshNot, negative)])


def _phrase(phrase: Phrase) -> WhooshQuery:
    field, stemmed = phrase.field, FIELDS[phrase.field].stemmed
    if phrase.slop and is_compound(phrase.text):
        # Words may stand between its parts, as in any phrase with slop.
        parts = [stemmed_term(token.form, stemmed) for token in query_tokens(phrase.text)]
        whole = stemmed_term(join_compound(phrase.text), stemmed)
        return WhooshOr([_near(field, parts, phrase.slop), Term(field, whole)])
    terms = query_terms(phrase.text, stemmed)
    if len(terms) == 1:
        variants = [stemmed_term(form, stemmed) for form in spelling_variants(phrase.text)]
        spellings = [Term(field, term) for term in (terms[0], *variants)]
        return WhooshOr(spellings) if variants else spellings[0]
    return _near(field, terms, phrase.slop) if phrase.slop else WhooshPhrase(field, terms)


def _near(field: str, terms: Sequence[str], slop: int) -> WhooshQuery:
    """Words in any order with at most `slop` others between the first and the last."""
    queries = [Term(field, term) for term in terms]
    if len(queries) == 2:
        return SpanNear2(queries, slop=slop + 1, ordered=False)
    return Window(queries, slop=len(terms) + slop - 1, ordered=False)


class Window(SpanNear2):  # type: ignore[misc, unused-ignore]
    """Several terms in any order, the last at most `slop` positions after the first.

    Whoosh's own query takes them two by two, so that its slop is that of each pair.
    """

    class SpanNear2Matcher(SpanNear2.SpanNear2Matcher):  # type: ignore[misc, unused-ignore]
        """Finds the windows in a paragraph that has all the terms."""

        def _get_spans(self) -> list[Span]:
            positions = [[span.start for span in matcher.spans()] for matcher in self.ms]
            spans = []
            for first in sorted(set().union(*positions)):
                last = first + self.slop
                inside = [[p for p in each if first <= p <= last] for each in positions]
                if any(len(set(chosen)) == len(chosen) for chosen in product(*inside)):
                    spans.append(Span(first, last))
            return spans

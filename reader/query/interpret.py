"""Interprets a query with its options: filters, aliases, similar spellings, questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reader.errors import QueryError
from reader.language.clean import normalize
from reader.language.tokens import forms
from reader.language.word_lists import stop_words
from reader.query.days import parse_days
from reader.query.grammar import parse_query
from reader.query.tree import (
    And,
    Fuzzy,
    InArticle,
    Not,
    Or,
    Phrase,
    Query,
    Synonyms,
    Term,
    is_article_level,
    map_terms,
)

# The lengths in letters from which --fuzzy allows a word one edit, and two.
_MIN_LENGTH, _MIN_LENGTH_FOR_TWO = 4, 8


class QueryRequest(NamedTuple):
    """The text of a query, None for everything, with its options and filters.

    `any`: match paragraphs with any of the words, as for a question. `exact`: no stemming, accents
    or aliases. `fuzzy`: similar spellings too. `quotes`: only inside speech. The filters: a
    speaker's name, the first and the last day, words of the source and the title, the id of an
    article.
    """

    text: str | None
    any: bool = False
    exact: bool = False
    fuzzy: bool = False
    quotes: bool = False
    by: str | None = None
    since: str | None = None
    until: str | None = None
    source: str | None = None
    title: str | None = None
    article: str | None = None


class Interpretation(NamedTuple):
    """The query of a request; `notes` are the changes made to it."""

    query: Query
    notes: tuple[str, ...] = ()


def interpret(request: QueryRequest, aliases: Sequence[Sequence[str]] = ()) -> Interpretation:
    """Interpret a request; `aliases` are groups of names for one thing.

    Raises QueryError.
    """
    query, notes = _parsed(request)
    query = with_filters(query, request)
    if request.exact:
        return Interpretation(map_terms(query, _exact), notes)
    query = map_terms(query, _Aliases(aliases))
    if request.fuzzy:
        query = map_terms(query, _with_similar_spellings)
    return Interpretation(query, notes)


def _parsed(request: QueryRequest) -> Interpretation:
    """The text of a request, parsed, without its filters."""
    if request.text is None:
        return Interpretation(And(()))
    field = "quote" if request.quotes else "text"
    if request.any:
        return _question(request.text, field)
    return Interpretation(parse_query(request.text, field))


def with_filters(query: Query, request: QueryRequest) -> Query:
    """The query and the filters of a request, as one query.

    Raises QueryError for a malformed date or a name without letters.
    """
    filters: list[Query] = []
    for option, name, field in (
        ("--by", request.by, "speaker"),
        ("--source", request.source, "source"),
        ("--title", request.title, "title"),
    ):
        if name is not None:
            if not any(map(str.isalnum, name)):
                raise QueryError(f"{option} needs a name")
            filters.append(Phrase(name, field))
    for option, day, template in (
        ("--since", request.since, "{}.."),
        ("--until", request.until, "..{}"),
    ):
        if day is not None:
            try:
                filters.append(parse_days(template.format(day)))
            except ValueError as error:
                raise QueryError(f"{option} {normalize(day)}: {error}") from error
    if request.article is not None:
        filters.append(InArticle(request.article))
    if not filters:
        return query
    return And((*(query.parts if isinstance(query, And) else (query,)), *filters))


def match_any(query: Query) -> Query:
    """The query with OR between its words; negations and filters must still hold."""
    parts = query.parts if isinstance(query, And) else (query,)
    alternatives: list[Query] = []
    conditions: list[Query] = []
    for part in parts:
        if isinstance(part, Not) or is_article_level(part):
            conditions.append(part)
        else:
            alternatives += _alternatives(part)
    if not alternatives:
        return query
    words = alternatives[0] if len(alternatives) == 1 else Or(tuple(alternatives))
    return And((words, *conditions)) if conditions else words


def _alternatives(query: Query) -> tuple[Query, ...]:
    """The parts of groups of words, however deep: brackets in a question are punctuation."""
    if isinstance(query, (And, Or)) and not any(
        isinstance(part, Not) or is_article_level(part) for part in query.parts
    ):
        return tuple(word for part in query.parts for word in _alternatives(part))
    return (query,)


def _question(text: str, field: str) -> Interpretation:
    """A question: any of its words, without stop words. If it breaks the grammar, its plain words.

    Raises QueryError if it has no words.
    """
    # In a question in capitals, AND, OR and NOT are words like the others.
    question = text.lower() if text.isupper() else text
    notes: tuple[str, ...] = ()
    try:
        query = match_any(parse_query(question, field))
    except QueryError as error:
        words = forms(question)
        if not words:
            raise
        query = Or(tuple(Phrase(word, field) for word in words))
        notes = (f"read as plain words: {error}",)
    if isinstance(query, And):
        query = And(tuple(_without_stop_words(part) for part in query.parts))
    else:
        query = _without_stop_words(query)
    return Interpretation(query, notes)


def _without_stop_words(query: Query) -> Query:
    """The alternatives of a question without stop words; all of them if nothing is left."""
    if not isinstance(query, Or):
        return query
    words = tuple(word for part in query.parts for word in _split(part))
    return Or(tuple(word for word in words if not _is_stop_word(word)) or words)


def _split(part: Query) -> tuple[Query, ...]:
    """The words of a word with hyphens or the like; a phrase in quotation marks stays whole."""
    if not isinstance(part, Phrase) or part.slop or " " in part.text:
        return (part,)
    return tuple(Phrase(form, part.field) for form in forms(part.text)) or (part,)


def _is_stop_word(part: Query) -> bool:
    return isinstance(part, Phrase) and set(forms(part.text)) <= stop_words()


class _Aliases:
    """Replaces names by their synonyms."""

    def __init__(self, groups: Sequence[Sequence[str]]) -> None:
        # The forms of a name, and the names in its groups.
        self._names: dict[tuple[str, ...], list[str]] = {}
        for group in groups:
            for name in group:
                key = tuple(forms(name))
                if key:
                    self._names.setdefault(key, []).extend(group)

    def __call__(self, term: Term) -> Query:
        if not self._names or not isinstance(term, Phrase) or term.slop:
            return term
        key = tuple(forms(term.text))
        # The first name with each sequence of forms.
        names: dict[tuple[str, ...], str] = {}
        for name in self._names.get(key, ()):
            names.setdefault(tuple(forms(name)), name)
        for excluded in (key, ()):  # a name without letters has no forms
            names.pop(excluded, None)
        if not names:
            return term
        return Synonyms((term, *(Phrase(name, term.field) for name in names.values())))


def _exact(term: Term) -> Query:
    return term._replace(exact=True) if isinstance(term, Phrase) else term


def _with_similar_spellings(term: Term) -> Query:
    """The term and the words spelt like each word of it."""
    parts = term.parts if isinstance(term, Synonyms) else (term,)
    names = tuple(part for part in parts if isinstance(part, (Phrase, Fuzzy)))
    similar = tuple(
        Fuzzy(part.text, 1 if len(part.text) < _MIN_LENGTH_FOR_TWO else 2, part.field)
        for part in parts
        if isinstance(part, Phrase) and len(part.text) >= _MIN_LENGTH and len(forms(part.text)) == 1
    )
    return Synonyms((*names, *similar)) if similar else term

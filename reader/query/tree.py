"""The query tree: its nodes and their traversals.

The nodes are named tuples: dataclasses would add 4 ms to the start of every search. So they compare
as tuples do, and `And((a,)) == Or((a,))`: tell nodes of different classes apart by `match`.

A function that distinguishes the kinds of nodes is a `match` that ends in `assert_never`, so that
mypy reports each function that lacks a new kind.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple, NoReturn, TypeAlias, TypeGuard

from reader.query.fields import FIELDS

Unit: TypeAlias = Literal["sentence", "paragraph"]


class Phrase(NamedTuple):
    """One word, or several in a row.

    `slop` is the number of further words allowed between them, which then match in any order. An
    `exact` phrase matches only its own spelling in any case: no stemming, no folding of accents.
    """

    text: str
    field: str = "text"
    slop: int = 0
    exact: bool = False


class Wildcard(NamedTuple):
    """The words that fit a pattern: `*` is any number of letters, `?` is one."""

    text: str
    field: str = "text"


class Fuzzy(NamedTuple):
    """The words within a Damerau-Levenshtein distance of `edits`."""

    text: str
    edits: int
    field: str = "text"


class Synonyms(NamedTuple):
    """Names for one thing, counted and ranked as one term. The first is the name in the query."""

    parts: tuple[Phrase | Fuzzy, ...]

    @property
    def text(self) -> str:
        return self.parts[0].text

    @property
    def field(self) -> str:
        return self.parts[0].field


class DateRange(NamedTuple):
    """The articles from `since` to `until`, both included; None leaves an end open."""

    since: datetime.date | None
    until: datetime.date | None


class InArticle(NamedTuple):
    """The paragraphs of the article with this id, or of all articles of the file with it."""

    id: str


class Within(NamedTuple):
    """All of the parts within one unit of text."""

    parts: tuple[Query, ...]
    unit: Unit


class And(NamedTuple):
    """All of the parts. Without parts it matches everything."""

    parts: tuple[Query, ...]


class Or(NamedTuple):
    """Any of the parts."""

    parts: tuple[Query, ...]


class Not(NamedTuple):
    """Everything that the part does not match."""

    part: Query


# The leaves with postings of their own, and all leaves.
Term: TypeAlias = Phrase | Wildcard | Fuzzy | Synonyms
Leaf: TypeAlias = Term | DateRange | InArticle
Query: TypeAlias = Leaf | Within | And | Or | Not


def assert_never(value: NoReturn) -> NoReturn:
    """Mark code that mypy proves to be unreachable. (`typing` has it from Python 3.11 on.)"""
    raise AssertionError(f"unexpected node: {value!r}")


def is_term(query: Query) -> TypeGuard[Term]:
    """Whether a node is a term."""
    match query:
        case Phrase() | Wildcard() | Fuzzy() | Synonyms():
            return True
        case DateRange() | InArticle() | And() | Or() | Not() | Within():
            return False
        case _:
            assert_never(query)


def children(query: Query) -> tuple[Query, ...]:
    """The direct parts of a node; a leaf has none."""
    match query:
        case And() | Or() | Within():
            return query.parts
        case Not():
            return (query.part,)
        case Phrase() | Wildcard() | Fuzzy() | Synonyms() | DateRange() | InArticle():
            return ()
        case _:
            assert_never(query)


def positive_leaves(query: Query) -> Iterator[Leaf]:
    """The leaves outside negations, in the order of the query: those that can occur in a hit."""
    match query:
        case Phrase() | Wildcard() | Fuzzy() | Synonyms() | DateRange() | InArticle():
            yield query
        case And() | Or() | Within():
            for part in query.parts:
                yield from positive_leaves(part)
        case Not():
            return
        case _:
            assert_never(query)


def positive_terms(query: Query) -> Iterator[Term]:
    """The terms outside negations, in the order of the query."""
    for leaf in positive_leaves(query):
        if is_term(leaf):
            yield leaf


def map_terms(query: Query, replace: Callable[[Term], Query]) -> Query:
    """The query with each term, also below negations, replaced by what `replace` returns."""
    match query:
        case Phrase() | Wildcard() | Fuzzy() | Synonyms():
            return replace(query)
        case DateRange() | InArticle():
            return query
        case And() | Or() | Within():
            return query._replace(parts=tuple(map_terms(part, replace) for part in query.parts))
        case Not():
            return Not(map_terms(query.part, replace))
        case _:
            assert_never(query)


def is_article_level(query: Query) -> bool:
    """Whether every leaf is a property of articles, so that the query selects whole articles."""
    match query:
        case DateRange() | InArticle():
            return True
        case Phrase() | Wildcard() | Fuzzy() | Synonyms():
            return FIELDS[query.field].of_article
        case And() | Or() | Within() | Not():
            return all(map(is_article_level, children(query)))
        case _:
            assert_never(query)


def describe(query: Query) -> str:
    """The query in the syntax of the query language, where that has one for it."""
    match query:
        case Phrase() | Wildcard() | Fuzzy():
            text = _describe_word(query)
            return text if query.field == "text" else f"{query.field}:{text}"
        case Synonyms():
            return " = ".join(map(describe, query.parts))
        case DateRange():
            since, until = (day.isoformat() if day else "" for day in query)
            return f"date:{since}" if since == until else f"date:{since}..{until}"
        case InArticle():
            return f"in {query.id}"
        case Not():
            return f"NOT {_grouped(query.part)}"
        case And() | Or() | Within():
            return _operator(query).join(map(_grouped, query.parts))
        case _:
            assert_never(query)


def _describe_word(term: Phrase | Wildcard | Fuzzy) -> str:
    match term:
        case Wildcard():
            return term.text
        case Fuzzy():
            return f"{term.text}~{term.edits}"
        case Phrase():
            text = term.text
            if term.slop or not re.fullmatch(r"[^\s()\"“”„«]+", text):
                text = f'"{text}"' + (f"~{term.slop}" if term.slop else "")
            return f"={text}" if term.exact else text
        case _:
            assert_never(term)


def _operator(query: And | Or | Within) -> str:
    match query:
        case And():
            return " "
        case Or():
            return " OR "
        case Within():
            return " /s " if query.unit == "sentence" else " /p "
        case _:
            assert_never(query)


def _grouped(query: Query) -> str:
    """The description of a part, in brackets if it has an operator of its own."""
    text = describe(query)
    return f"({text})" if isinstance(query, (And, Or, Within, Synonyms)) else text

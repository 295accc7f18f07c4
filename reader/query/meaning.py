"""What a query means: the other names of things, near spellings, the very words, a question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reader.errors import QueryError
from reader.language.clean import normalize
from reader.language.tokens import forms
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

# Letters of a word that has two edits when near spellings are asked for; of one that has one.
_LONG, _SHORT = 8, 4


class Asked(NamedTuple):
    """A query as it was asked: its text, None for whatever there is, and what options say of it.

    `any`: as a question, for what has any of its words. `exact`: the very words, without other
    endings, accents and names. `fuzzy`: near spellings too. `quotes`: only inside speech. The rest
    narrows it down: a speaker's name, the first and last day, a source's name, words of the title,
    the id of an article.
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


class Understood(NamedTuple):
    """A query as it is understood, with notes of what was not taken as it was typed."""

    query: Query
    notes: tuple[str, ...] = ()


def understand(asked: Asked, aliases: Sequence[Sequence[str]] = ()) -> Understood:
    """The query that was asked; `aliases` are rows of names for one thing.

    Raises QueryError: what is wrong, and where.
    """
    field = "quote" if asked.quotes else "text"
    notes: tuple[str, ...] = ()
    query: Query
    if asked.text is None:
        query = And(())
    elif asked.any:
        query, notes = _question(asked.text, field)
    else:
        query = parse_query(asked.text, field)
    narrowing = asked._asdict()
    for name in ("text", "any", "exact", "fuzzy", "quotes"):
        del narrowing[name]
    query = narrowed(query, **narrowing)
    if asked.exact:
        return Understood(map_terms(query, _exactly), notes)
    named = _Names(aliases)
    query = map_terms(query, named)
    if asked.fuzzy:
        query = map_terms(query, _nearly)
    return Understood(query, notes)


def narrowed(
    query: Query,
    by: str | None = None,
    since: str | None = None,
    until: str | None = None,
    source: str | None = None,
    title: str | None = None,
    article: str | None = None,
) -> Query:
    """The query with what options ask for besides: a speaker, days, a source, words of the title,
    an article's id.

    Raises QueryError for a day that is none, or a name without letters.
    """
    parts: list[Query] = []
    for option, name, field in (
        ("--by", by, "speaker"),
        ("--source", source, "source"),
        ("--title", title, "title"),
    ):
        if name is not None:
            if not any(map(str.isalnum, name)):
                raise QueryError(f"{option} needs a name")
            parts.append(Phrase(name, field))
    for option, day, form in (("--since", since, "{}.."), ("--until", until, "..{}")):
        if day is not None:
            try:
                parts.append(parse_days(form.format(day)))
            except ValueError as error:
                raise QueryError(f"{option} {normalize(day)}: {error}") from error
    if article is not None:
        parts.append(InArticle(article))
    if not parts:
        return query
    return And((*(query.parts if isinstance(query, And) else (query,)), *parts))


def either(query: Query) -> Query:
    """The query with its words or-ed: any will do. What else it asks for must still hold."""
    parts = query.parts if isinstance(query, And) else (query,)
    wanted = [part for part in parts if not isinstance(part, Not) and not is_article_level(part)]
    rest = tuple(part for part in parts if part not in wanted)
    words = [word for part in wanted for word in _alternatives(part)]
    if not words:
        return query
    some = words[0] if len(words) == 1 else Or(tuple(words))
    return And((some, *rest)) if rest else some


def _alternatives(query: Query) -> tuple[Query, ...]:
    """The parts of groups of words, however deep: brackets around words are prose."""
    if isinstance(query, (And, Or)) and not any(
        isinstance(part, Not) or is_article_level(part) for part in query.parts
    ):
        return tuple(word for part in query.parts for word in _alternatives(part))
    return (query,)


def _question(text: str, field: str) -> tuple[Query, tuple[str, ...]]:
    """A text asked as a question: any of its words, without those that every text has."""
    # Loads lists of stop words.
    from reader.language.stop_words import STOP_WORDS

    # In capitals throughout, AND, OR and NOT are words like the others.
    asked = text.lower() if text.isupper() else text
    notes: tuple[str, ...] = ()
    try:
        query = either(parse_query(asked, field))
    except QueryError as error:
        words = forms(asked)
        if not words:
            raise
        query = Or(tuple(Phrase(word, field) for word in words))
        notes = (f"read as plain words: {error}",)
    if isinstance(query, And):
        return And(tuple(_telling(part, STOP_WORDS) for part in query.parts)), notes
    return _telling(query, STOP_WORDS), notes


def _telling(query: Query, stop_words: frozenset[str]) -> Query:
    """Of alternatives, the words that tell anything: all if none does."""
    if not isinstance(query, Or):
        return query
    words = tuple(word for part in query.parts for word in _words_of(part))
    return Or(tuple(word for word in words if not _is_stop_word(word, stop_words)) or words)


def _words_of(part: Query) -> tuple[Query, ...]:
    """Of what hyphens and the like join, each word; phrases in quotation marks as they are."""
    if not isinstance(part, Phrase) or part.slop or " " in part.text:
        return (part,)
    return tuple(Phrase(form, part.field) for form in forms(part.text)) or (part,)


def _is_stop_word(part: Query, stop_words: frozenset[str]) -> bool:
    return isinstance(part, Phrase) and set(forms(part.text)) <= stop_words


class _Names:
    """Puts all the names of a thing for any of them."""

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        self._rows: dict[tuple[str, ...], list[str]] = {}
        for row in rows:
            for name in row:
                key = tuple(forms(name))
                if key:
                    self._rows.setdefault(key, []).extend(row)

    def __call__(self, term: Term) -> Query:
        if not self._rows or not isinstance(term, Phrase) or term.slop:
            return term
        key = tuple(forms(term.text))
        others = dict.fromkeys(tuple(forms(name)) for name in self._rows.get(key, ()))
        others.pop(key, None)
        if not others:
            return term
        names = (next(n for n in self._rows[key] if tuple(forms(n)) == other) for other in others)
        return Synonyms((term, *(Phrase(name, term.field) for name in names)))


def _exactly(term: Term) -> Query:
    return term._replace(exact=True) if isinstance(term, Phrase) else term


def _nearly(term: Term) -> Query:
    """The term, and what is spelt nearly as each word of it."""
    parts = term.parts if isinstance(term, Synonyms) else (term,)
    near = [
        Fuzzy(part.text, 1 if len(part.text) < _LONG else 2, part.field)
        for part in parts
        if isinstance(part, Phrase) and len(part.text) >= _SHORT and len(forms(part.text)) == 1
    ]
    words = tuple(part for part in parts if isinstance(part, (Phrase, Fuzzy)))
    return Synonyms((*words, *near)) if near and words else term

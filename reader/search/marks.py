"""Finds a query's words in a text, to mark them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from reader.language.tokens import (
    Token,
    compound_tokens,
    is_cjk_character,
    is_compound,
    join_compound,
    query_tokens,
    stem,
    tokenize,
)
from reader.query.fields import fuzzy_form
from reader.query.tree import TERMS, Fuzzy, Phrase, Query, Synonyms, Term, Wildcard, positive_leaves
from reader.search.terms import Terms, pattern_of

if TYPE_CHECKING:
    from reader.model.hit import Highlights

# Characters where something starts and ends.
Span: TypeAlias = tuple[int, int]


class _Text(NamedTuple):
    """A text, its words in order, and the same with those that hyphens join as words too."""

    text: str
    tokens: list[Token]
    every: list[Token]


Find: TypeAlias = Callable[[_Text], Iterable[Span]]


class QueryMarker:
    """Marks the matches of a query in paragraphs."""

    def __init__(self, query: Query, terms: Terms) -> None:
        self._finders: list[Find] = []
        # Of what has several names, what finds the first, which was asked for, and the others.
        self._names: list[list[Find]] = []
        for term in positive_leaves(query):
            if isinstance(term, TERMS) and term.field in ("text", "quote"):
                parts = term.parts if isinstance(term, Synonyms) else (term,)
                finders = [finder(part, terms) for part in parts]
                self._finders += finders
                if len(finders) > 1:
                    self._names.append(finders)

    def highlights(self, text: str) -> Highlights:
        """The characters where each match starts and ends, in order, overlapping ones made one."""
        if not self._finders:
            return ()
        words = read(text)
        merged: list[Span] = []
        for start, end in sorted({span for find in self._finders for span in find(words)}):
            if merged and start < merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return tuple(merged)

    def through(self, text: str) -> tuple[str, ...]:
        """The other names in the text of what the query names, where it has not the very name."""
        if not self._names:
            return ()
        words = read(text)
        found = []
        for asked_for, *others in self._names:
            if not any(True for _ in asked_for(words)):
                found += sorted({span for find in others for span in find(words)})
        return tuple(dict.fromkeys(text[start:end] for start, end in found))


def read(text: str) -> _Text:
    """The text as what `finder` makes reads it."""
    tokens = tokenize(text)
    return _Text(text, tokens, tokens + compound_tokens(text))


def finder(term: Term, terms: Terms) -> Find:
    """What finds a term in a text: the characters where each match starts and ends."""
    if isinstance(term, Synonyms):
        parts = [finder(part, terms) for part in term.parts]
        return lambda words: (span for find in parts for span in find(words))
    if isinstance(term, Wildcard):
        matches = pattern_of(term.text).fullmatch
        return lambda words: ((t.start, t.end) for t in words.every if matches(t.form))
    if isinstance(term, Fuzzy):
        near = terms.near(fuzzy_form(term.text), term.edits, term.field)
        return lambda words: ((t.start, t.end) for t in words.every if t.form in near)
    return _exactly(term) if term.exact else _words(term)


def _exactly(term: Phrase) -> Find:
    letters = r"\W+".join(map(re.escape, re.findall(r"\w+", term.text)))
    pattern = re.compile(rf"(?<!\w){letters}(?!\w)", re.IGNORECASE)
    return lambda words: (match.span() for match in pattern.finditer(words.text))


def _words(term: Phrase) -> Find:
    wanted = query_tokens(term.text)
    if len(wanted) == 1 and is_cjk_character(wanted[0].form):
        sign = wanted[0].form
        return lambda words: (
            (t.start, t.start + 1) for t in words.tokens if t.form.startswith(sign)
        )
    stems = [token.stem for token in wanted]
    runs = [stems] if not term.slop else [[stem] for stem in stems]
    if is_compound(term.text):
        runs.append([stem(join_compound(term.text))])
    return lambda words: (span for run in runs for span in _runs(run, words))


def _runs(stems: Sequence[str], words: _Text) -> Iterator[Span]:
    """Where words with these stems follow one another."""
    if len(stems) == 1:
        yield from ((t.start, t.end) for t in words.every if t.has_stem(stems[0]))
        return
    tokens = words.tokens
    for place in range(len(tokens) - len(stems) + 1):
        if all(tokens[place + at].has_stem(stem) for at, stem in enumerate(stems)):
            yield tokens[place].start, tokens[place + len(stems) - 1].end

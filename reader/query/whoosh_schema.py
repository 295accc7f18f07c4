"""Whoosh's schema of the index: a document is a paragraph, with the fields of its article.

The postings are written by `writer.py`: passing each word through Whoosh's token objects and pool
takes four times as long. The analyzers are for those who search with Whoosh: they give the terms
that a query's words mean (see `reader.query.fields`), and the offsets of matches in a text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from whoosh.analysis import Analyzer, Token
from whoosh.fields import ID, NUMERIC, STORED, FieldType, Schema
from whoosh.formats import Positions

from reader.language.tokens import (
    compound_tokens,
    forms,
    is_compound,
    query_tokens,
    tokenize,
)
from reader.query.fields import (
    FIELDS,
    compound_term,
    folded_pattern,
    query_terms,
    stemmed_term,
)
from reader.query.whoosh_dates import DateField


class _Term(NamedTuple):
    """A term with its position in a text and its offsets there, in characters."""

    text: str
    position: int
    start: int
    end: int


class WordAnalyzer(Analyzer):  # type: ignore[misc, unused-ignore]
    """Divides a text into the terms of a field, stemmed or not.

    In Whoosh's mode "query" each word gives the term for all its inflections; in others its form
    too, at the same position. Without `tokenize`, which is how Whoosh passes prefixes, patterns and
    misspelt words, the text is one term, folded.
    """

    def __init__(self, stemmed: bool) -> None:
        self.stemmed = stemmed

    def __call__(
        self, value: str, mode: str = "", tokenize: bool = True, no_morph: bool = False, **kw: Any
    ) -> Iterator[Token]:
        if not tokenize:
            terms = [_Term(folded_pattern(value), 0, 0, len(value))]
        elif mode == "query":
            terms = self._of_query(value)
        else:
            terms = sorted(self._of_text(value, no_morph), key=lambda term: term.start)
        first, offset = kw.get("start_pos", 0), kw.get("start_char", 0)
        token = Token(kw.get("positions", False), kw.get("chars", False), mode=mode)
        for term in terms:
            token.text = token.original = term.text
            token.pos = first + term.position
            token.startchar, token.endchar = offset + term.start, offset + term.end
            yield token

    def _of_query(self, text: str) -> list[_Term]:
        tokens = query_tokens(text)
        if is_compound(text):
            tokens = [tokens[0]._replace(end=tokens[-1].end)]
        terms = query_terms(text, self.stemmed)
        return [
            _Term(term, position, token.start, token.end)
            for position, (term, token) in enumerate(zip(terms, tokens, strict=True))
        ]

    def _of_text(self, text: str, only_forms: bool) -> Iterator[_Term]:
        position_at = {}
        for position, token in enumerate(tokenize(text)):
            position_at[token.start] = position
            yield _Term(token.form, position, token.start, token.end)
            if self.stemmed and not only_forms:
                stem = stemmed_term(token.form, stemmed=True)
                yield _Term(stem, position, token.start, token.end)
        for token in compound_tokens(text):
            position = position_at[token.start]
            yield _Term(token.form, position, token.start, token.end)
            if not only_forms:
                parts = forms(text[token.start : token.end])
                for term in (
                    compound_term(parts, token.form, self.stemmed),
                    stemmed_term(token.form, self.stemmed),
                ):
                    yield _Term(term, position, token.start, token.end)


class WordField(FieldType):  # type: ignore[misc, unused-ignore]
    """Text by its words, with their positions."""

    def __init__(self, stemmed: bool, stored: bool) -> None:
        super().__init__(
            Positions(),
            WordAnalyzer(stemmed),
            scorable=True,
            stored=stored,
            # Whoosh's parser takes a word that gives several terms for a phrase, as ours does.
            multitoken_query="phrase",
        )

    def from_bytes(self, bs: bytes | str) -> str:
        """The term in bytes; what is text already, as the result of a fuzzy query, stays."""
        return bs if isinstance(bs, str) else bs.decode()


# The fields of the segments, then those that are made from them when they are read.
SCHEMA = Schema(
    **{
        name: WordField(field.stemmed, stored=name not in ("quote", "tag"))
        for name, field in FIELDS.items()
    },
    date=DateField(),
    article=ID(stored=True),
    paragraph=NUMERIC(int, 32, shift_step=0, stored=True),
    url=STORED(),
)

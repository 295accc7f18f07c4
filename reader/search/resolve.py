"""Resolves query terms to postings."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from reader.index.schema import FIELDS
from reader.index.segment import SegmentFile
from reader.language.tokens import (
    is_cjk_character,
    is_compound,
    join_compound,
    query_tokens,
    spelling_variants,
    stem,
)
from reader.query.fields import folded_pattern, fuzzy_form
from reader.query.tree import Fuzzy, Phrase, Synonyms, Term, Wildcard, assert_never
from reader.search.postings import (
    ExactPostings,
    PhrasePostings,
    TermPostings,
    UnionPostings,
    WordPostings,
)

if TYPE_CHECKING:
    from reader.index.generation import OpenSegment

# Selects words of a segment's vocabulary, by their ids.
Selector: TypeAlias = Callable[[SegmentFile], Iterable[int]]


class TermResolver:
    """Resolves terms to their postings in the segments of an index, and keeps these."""

    def __init__(self, segments: Sequence[OpenSegment]) -> None:
        self._segments = segments
        self._postings: dict[Term, TermPostings] = {}

    def __getitem__(self, term: Term) -> TermPostings:
        postings = self._postings.get(term)
        if postings is None:
            postings = self._postings[term] = self._resolve(term)
        return postings

    def phrase_of_forms(self, forms: Sequence[str], field: str = "text") -> TermPostings:
        """The postings of words in a row, by form, without stemming."""
        words = [self._word(field, _with_form(field, form)) for form in forms]
        return words[0] if len(words) == 1 else PhrasePostings(words, slop=0)

    def stem_frequency(self, stem: str) -> tuple[int, int]:
        """The approximate paragraph and article frequency of a stem: deleted paragraphs count, and
        a paragraph counts once for each form that it has.
        """
        paragraphs = articles = 0
        for segment in self._segments:
            for word in segment.file.words_with_stem("text", stem):
                paragraphs += segment.file.document_frequency("text", word)
                articles += segment.file.article_frequency("text", word)
        return paragraphs, articles

    def near(self, form: str, edits: int, field: str = "text") -> dict[str, int]:
        """The indexed words within a distance of `edits`, each with its distance."""
        near: dict[str, int] = {}
        for segment in self._segments:
            near.update(segment.file.words_within(field, form, edits))
        return near

    def _resolve(self, term: Term) -> TermPostings:
        field = term.field
        match term:
            case Synonyms():
                return self._union([self[part] for part in term.parts], field)
            case Wildcard():
                return self._word(field, _with_pattern(field, term.text))
            case Fuzzy():
                near = self.near(fuzzy_form(term.text), term.edits, field)
                return self._word(field, lambda file: _word_ids(file, field, near))
            case Phrase():
                return self._resolve_phrase(term)
            case _:
                assert_never(term)

    def _resolve_phrase(self, term: Phrase) -> TermPostings:
        field = term.field
        postings = self._words(term)
        if term.exact:
            if FIELDS[field].of_article:
                return postings
            return ExactPostings(postings, term.text, self._segments)
        if is_compound(term.text):
            unhyphenated = self._word(field, _with_stem_of(field, join_compound(term.text)))
            return self._union([postings, unhyphenated], field)
        if variants := self.variants(term):
            spelt = [self._word(field, _with_stem_of(field, form)) for form in variants]
            return self._union([postings, *spelt], field)
        return postings

    def variants(self, term: Phrase) -> list[str]:
        """The forms of other spellings of a name that the index has."""
        return [
            form
            for form in spelling_variants(term.text)
            if any(segment.file.find(term.field, form) >= 0 for segment in self._segments)
        ]

    def _words(self, term: Phrase) -> TermPostings:
        """The postings of a phrase, whatever its exact spelling."""
        field = term.field
        tokens = query_tokens(term.text)
        if len(tokens) == 1 and is_cjk_character(tokens[0].form):
            return self._word(field, _with_pattern(field, tokens[0].form + "*"))
        select = _with_form if term.exact else _with_stem_of
        words = [self._word(field, select(field, token.form)) for token in tokens]
        return words[0] if len(words) == 1 else PhrasePostings(words, term.slop)

    def _word(self, field: str, select: Selector) -> WordPostings:
        return WordPostings(
            [
                [segment.file.postings(field, word) for word in select(segment.file)]
                for segment in self._segments
            ],
            [segment.deleted_ids(field) for segment in self._segments],
            self._total(field),
        )

    def _union(self, parts: Sequence[TermPostings], field: str) -> UnionPostings:
        return UnionPostings(parts, self._total(field), len(self._segments))

    def _total(self, field: str) -> int:
        return sum(segment.document_count(field) for segment in self._segments)


def pattern_of(text: str) -> re.Pattern[str]:
    """Matches the forms that fit a pattern: `*` is any number of letters, `?` is one.

    A `*` matches the shortest run, without backtracking, which could take polynomial time in the
    word's length.
    """
    return re.compile(fnmatch.translate(folded_pattern(text)))


def _with_form(field: str, form: str) -> Selector:
    """Selects the word with this form."""
    return lambda file: _word_ids(file, field, (form,))


def _with_stem_of(field: str, form: str) -> Selector:
    """Selects the words with the stem of this form; in fields without stems, the form itself."""
    if FIELDS[field].stemmed:
        return lambda file: file.words_with_stem(field, stem(form))
    return _with_form(field, form)


def _with_pattern(field: str, pattern: str) -> Selector:
    """Selects the words that fit a pattern."""
    prefix = re.split(r"[*?]", folded_pattern(pattern), maxsplit=1)[0]
    if folded_pattern(pattern) == prefix + "*":
        return lambda file: file.words_with_prefix(field, prefix)
    matches = pattern_of(pattern).fullmatch
    return lambda file: [
        word for word in file.words_with_prefix(field, prefix) if matches(file.word(field, word))
    ]


def _word_ids(file: SegmentFile, field: str, forms: Iterable[str]) -> list[int]:
    return [word for form in forms if (word := file.find(field, form)) >= 0]

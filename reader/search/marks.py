"""Finds the matches of a query's terms in a text, for highlights."""

from __future__ import annotations

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
from reader.query.fields import TEXT_FIELDS, fuzzy_form
from reader.query.tree import (
    Fuzzy,
    Phrase,
    Query,
    Synonyms,
    Term,
    Wildcard,
    assert_never,
    positive_terms,
)
from reader.search.postings import exact_pattern, phrase_starts
from reader.search.resolve import TermResolver, pattern_of

if TYPE_CHECKING:
    from reader.model.hit import Highlights

# The offsets at which a match starts and ends.
Span: TypeAlias = tuple[int, int]


class TokenizedText(NamedTuple):
    """A text and its tokens: `words` in order, and `all`, which adds each hyphenated word as a
    single token.
    """

    text: str
    words: list[Token]
    all: list[Token]


# Finds the matches of a term in a text.
Finder: TypeAlias = Callable[[TokenizedText], Iterable[Span]]


class QueryMarker:
    """Finds the matches of a query in the texts of paragraphs."""

    def __init__(self, query: Query, resolver: TermResolver) -> None:
        self._finders: list[Finder] = []
        # The finders of each group of synonyms, that of the query's own name first.
        self._synonyms: list[list[Finder]] = []
        for term in positive_terms(query):
            if term.field in TEXT_FIELDS:
                parts = term.parts if isinstance(term, Synonyms) else (term,)
                finders = [finder(part, resolver) for part in parts]
                self._finders += finders
                if len(finders) > 1:
                    self._synonyms.append(finders)

    def highlights(self, text: str) -> Highlights:
        """The spans of the matches in order; overlapping spans are merged."""
        if not self._finders:
            return ()
        tokenized = tokenized_text(text)
        merged: list[Span] = []
        for start, end in sorted({span for find in self._finders for span in find(tokenized)}):
            if merged and start < merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return tuple(merged)

    def synonyms(self, text: str) -> tuple[str, ...]:
        """The synonyms that match in a text without the query's own name."""
        if not self._synonyms:
            return ()
        tokenized = tokenized_text(text)
        names: list[str] = []
        for original, *others in self._synonyms:
            if not has_match(original, tokenized):
                spans = sorted({span for find in others for span in find(tokenized)})
                names += (text[start:end] for start, end in spans)
        return tuple(dict.fromkeys(names))


def tokenized_text(text: str) -> TokenizedText:
    """The text as finders read it."""
    words = tokenize(text)
    return TokenizedText(text, words, words + compound_tokens(text))


def has_match(find: Finder, text: TokenizedText) -> bool:
    """Whether a finder finds a match."""
    return any(True for _ in find(text))


def finder(term: Term, resolver: TermResolver) -> Finder:
    """The finder of a term's matches."""
    match term:
        case Synonyms():
            finders = [finder(part, resolver) for part in term.parts]
            return lambda text: (span for find in finders for span in find(text))
        case Wildcard():
            matches = pattern_of(term.text).fullmatch
            return lambda text: ((t.start, t.end) for t in text.all if matches(t.form))
        case Fuzzy():
            near = resolver.near(fuzzy_form(term.text), term.edits, term.field)
            return lambda text: ((t.start, t.end) for t in text.all if t.form in near)
        case Phrase():
            return _exact_finder(term) if term.exact else _phrase_finder(term, resolver)
        case _:
            assert_never(term)


def _exact_finder(term: Phrase) -> Finder:
    pattern = exact_pattern(term.text)
    return lambda text: (match.span() for match in pattern.finditer(text.text))


def _phrase_finder(term: Phrase, resolver: TermResolver) -> Finder:
    tokens = query_tokens(term.text)
    if len(tokens) == 1 and is_cjk_character(tokens[0].form):
        character = tokens[0].form
        return lambda text: (
            (t.start, t.start + 1) for t in text.words if t.form.startswith(character)
        )
    stems = [token.stem for token in tokens]
    # With slop, each word is marked by itself.
    phrases = [[stem] for stem in stems] if term.slop else [stems]
    if is_compound(term.text):
        phrases.append([stem(join_compound(term.text))])
    phrases += [[stem(form)] for form in resolver.variants(term)]
    return lambda text: (span for stems in phrases for span in _phrase_spans(stems, text))


def _phrase_spans(stems: Sequence[str], text: TokenizedText) -> Iterator[Span]:
    """The spans of words in a row with these stems."""
    if len(stems) == 1:
        return ((t.start, t.end) for t in text.all if t.has_stem(stems[0]))
    words = text.words
    starts = phrase_starts(
        (position - offset for position, word in enumerate(words) if word.has_stem(stem))
        for offset, stem in enumerate(stems)
    )
    return ((words[s].start, words[s + len(stems) - 1].end) for s in sorted(starts))

"""Matches queries against the words of quotations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from reader.index.segment import SHIFT, QuotationRecord, id_of
from reader.language.sentences import sentences
from reader.query.fields import TEXT_FIELDS
from reader.query.tree import (
    DateRange,
    Fuzzy,
    InArticle,
    Leaf,
    Phrase,
    Query,
    Synonyms,
    Term,
    Wildcard,
    assert_never,
)
from reader.search.evaluate import Evaluator, SentenceEvaluator
from reader.search.marks import finder, has_match, tokenized_text

if TYPE_CHECKING:
    from reader.search.engine import Index
    from reader.search.evaluate import IdsBySegment


class QuotationMatcher(Evaluator):
    """Evaluates queries as quotations, whose ids are their indexes in the list of their segment.

    A text term must be in the quotation's own words; any other leaf must match one of its
    paragraphs.
    """

    def __init__(
        self, index: Index, quotations: Sequence[Sequence[Sequence[QuotationRecord]]]
    ) -> None:
        self._index = index
        self._quotations = quotations

    def universe(self) -> IdsBySegment:
        return [set(range(len(quotations))) for quotations in self._quotations]

    def leaf(self, leaf: Leaf, within: IdsBySegment | None) -> IdsBySegment:
        match leaf:
            case Phrase() | Wildcard() | Fuzzy() | Synonyms() if leaf.field in TEXT_FIELDS:
                # The text is read only of quotations in paragraphs that have the term.
                texts = self._texts(self._in_paragraphs(leaf, within))
                return with_match(self._index, leaf, texts)
            case Phrase() | Wildcard() | Fuzzy() | Synonyms() | DateRange() | InArticle():
                return self._in_paragraphs(leaf, within)
            case _:
                assert_never(leaf)

    def sentence(self, parts: Sequence[Query], candidates: IdsBySegment) -> IdsBySegment:
        texts = [
            {
                (id << SHIFT) + index: text[start:end]
                for id, text in texts.items()
                for index, (start, end) in enumerate(sentences(text))
            }
            for texts in self._texts(candidates)
        ]
        matches = _TextMatcher(self._index, texts).conjunction(parts)
        return [set(map(id_of, ids)) for ids in matches]

    def _in_paragraphs(self, leaf: Leaf, within: IdsBySegment | None) -> IdsBySegment:
        """The quotations in paragraphs that a leaf matches."""
        paragraphs = self._index.matcher.paragraphs(leaf)
        return [
            {id for id in ids if any(part.paragraph in matching for part in quotations[id])}
            for quotations, ids, matching in zip(
                self._quotations, within or self.universe(), paragraphs, strict=True
            )
        ]

    def _texts(self, ids: IdsBySegment) -> list[dict[int, str]]:
        return [
            {id: text_of(self._index, segment, quotations[id]) for id in selected}
            for segment, (quotations, selected) in enumerate(
                zip(self._quotations, ids, strict=True)
            )
        ]


class _TextMatcher(SentenceEvaluator):
    """Evaluates sentences by their texts, given by id."""

    def __init__(self, index: Index, texts: Sequence[Mapping[int, str]]) -> None:
        self._index = index
        self._texts = texts

    def universe(self) -> IdsBySegment:
        return [set(texts) for texts in self._texts]

    def term(self, term: Term, within: IdsBySegment | None) -> IdsBySegment:
        ids = within or self.universe()
        texts = [
            {id: texts[id] for id in selected}
            for texts, selected in zip(self._texts, ids, strict=True)
        ]
        return with_match(self._index, term, texts)


def with_match(index: Index, term: Term, texts: Sequence[Mapping[int, str]]) -> IdsBySegment:
    """The ids of the texts that have a term."""
    find = finder(term, index.resolver)
    return [
        {id for id, text in segment_texts.items() if has_match(find, tokenized_text(text))}
        for segment_texts in texts
    ]


def text_of(index: Index, segment: int, parts: Sequence[QuotationRecord]) -> str:
    """The words of a quotation, with newlines between its paragraphs."""
    file = index.segments[segment].file
    return "\n".join(file.text(part.paragraph)[part.start : part.end] for part in parts)

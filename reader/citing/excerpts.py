"""Excerpts: the paragraphs that claims are compared with, and their quotations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from reader.citing.alignment import text_words
from reader.index.segment import CONTINUED, QuotationRecord

if TYPE_CHECKING:
    from reader.index.generation import OpenSegment
    from reader.language.tokens import Token


class ParagraphId(NamedTuple):
    """A paragraph of the index: the index of its segment, and its id in the segment."""

    segment: int
    paragraph: int


class Excerpt(NamedTuple):
    """A paragraph with paragraphs that follow it, and their words.

    `text` joins the paragraphs' `texts` by a newline; the spans of the words are in it. `starts`
    are the indexes of the first word of each paragraph. `quotations` has for each word the index
    of its quotation in the segment, -1 for none.
    """

    id: ParagraphId
    texts: tuple[str, ...]
    words: tuple[Token, ...]
    starts: tuple[int, ...]
    quotations: tuple[int, ...]

    @property
    def text(self) -> str:
        """The texts, joined by a newline."""
        return "\n".join(self.texts)


class ExcerptReader:
    """Reads excerpts from an index. Raises Damaged."""

    def __init__(self, segments: Sequence[OpenSegment]) -> None:
        self._segments = segments

    def read(self, id: ParagraphId, more: int = 0) -> Excerpt:
        """A paragraph with those that follow it in its article, for at least `more` words."""
        texts: list[str] = []
        words: list[Token] = []
        starts: list[int] = []
        quotations: list[int] = []
        offset = 0
        for paragraph, text in self._texts_from(id):
            if texts and len(words) - len(text_words(texts[0])) >= more:
                break
            starts.append(len(words))
            spans = self._spans[id.segment].get(paragraph, ())
            for word in text_words(text):
                words.append(word._replace(start=word.start + offset, end=word.end + offset))
                inside = (n for n, start, end in spans if start <= word.start < end)
                quotations.append(next(inside, -1))
            texts.append(text)
            offset += len(text) + 1
        return Excerpt(id, tuple(texts), tuple(words), tuple(starts), tuple(quotations))

    def article(self, id: ParagraphId) -> int:
        """The id, in its segment, of a paragraph's article."""
        article: int = self._segments[id.segment].file.article_of[id.paragraph]
        return article

    def paragraph_number(self, id: ParagraphId) -> int:
        """The number of a paragraph in its article, counted from 1."""
        first: int = self._segments[id.segment].file.starts[self.article(id)]
        return id.paragraph - first + 1

    def speaker(self, segment: int, quotation: int) -> str:
        """The speaker of a quotation, by its index in the segment; "" if not named."""
        return self._quotations[segment][quotation].speaker

    def _texts_from(self, id: ParagraphId) -> Iterator[tuple[int, str]]:
        """The ids and texts of a paragraph and of those after it in its article."""
        file = self._segments[id.segment].file
        end = file.starts[self.article(id) + 1]
        return ((paragraph, file.text(paragraph)) for paragraph in range(id.paragraph, end))

    @cached_property
    def _quotations(self) -> list[list[QuotationRecord]]:
        """The quotations of each segment; each part of those over several paragraphs."""
        return [list(segment.file.quotations()) for segment in self._segments]

    @cached_property
    def _spans(self) -> list[dict[int, list[tuple[int, int, int]]]]:
        """For each segment, by paragraph, the quotations in it: index, start and end.

        The index of a quotation over several paragraphs is that of its first part.
        """
        return [_spans_by_paragraph(quotations) for quotations in self._quotations]


def _spans_by_paragraph(
    quotations: Sequence[QuotationRecord],
) -> dict[int, list[tuple[int, int, int]]]:
    spans: dict[int, list[tuple[int, int, int]]] = {}
    first = 0
    for index, part in enumerate(quotations):
        first = first if part.kind == CONTINUED else index
        spans.setdefault(part.paragraph, []).append((first, part.start, part.end))
    return spans

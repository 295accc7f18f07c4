"""Merges segments."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import merge as merge_sorted
from itertools import chain
from operator import itemgetter
from typing import IO, TYPE_CHECKING

from reader.index.segment import Postings, QuotationRecord, SegmentFile
from reader.index.writer import SegmentWriter, TermRow, articles_of

if TYPE_CHECKING:
    from reader.query.fields import Field


def merge(
    fields: Mapping[str, Field],
    segments: Sequence[tuple[SegmentFile, frozenset[int]]],
    file: IO[bytes],
) -> None:
    """Write a segment with the articles of several, each given with its deleted articles.

    Memory grows with the number of forms, not with the postings and texts.
    """
    merged = [_MergedSegment(segment, deleted) for segment, deleted in segments]
    offset = paragraphs = 0
    for segment in merged:
        segment.shift(offset, paragraphs)
        offset += len(segment.kept)
        paragraphs += segment.paragraphs
    starts, days, keys = array("I", [0]), array("I"), array("I")
    for segment in merged:
        segment.describe(starts, days, keys)
    writer = SegmentWriter(file)
    article_of = articles_of(starts)
    for name, field in fields.items():
        rows = merge_sorted(
            *(segment.rows(index, name) for index, segment in enumerate(merged)),
            key=itemgetter(0, 1),
        )
        joined = _joined(rows, merged, name, field)
        writer.field(name, field.stemmed, joined, None if field.of_article else article_of)
        lengths = array("H")
        for segment in merged:
            lengths.extend(segment.lengths(name, field))
        writer.lengths(name, lengths, None if field.of_article else starts)
    writer.articles(starts, days, keys)
    writer.quotations(chain.from_iterable(segment.quotations() for segment in merged))
    writer.texts(chain.from_iterable(segment.texts() for segment in merged))
    writer.close()


def _joined(
    rows: Iterable[tuple[bytes, int, int]],
    merged: Sequence[_MergedSegment],
    name: str,
    field: Field,
) -> Iterator[TermRow]:
    """The postings of each form from all the segments that have it."""
    term, ids, positions = b"", array("I"), array("I")
    frequencies: array[int] | None = None
    for next_term, index, word in rows:
        if next_term != term:
            if ids:
                yield term, ids, frequencies, positions
            term, ids, frequencies, positions = next_term, array("I"), None, array("I")
        more = merged[index].postings(name, field, word)
        if more.frequencies is not None and frequencies is None:
            frequencies = array("I", [1]) * len(ids)
        ids.extend(more.ids)
        positions.extend(more.positions)
        if frequencies is not None:
            frequencies.extend(more.frequencies or [1] * len(more.ids))
    if ids:
        yield term, ids, frequencies, positions


class _MergedSegment:
    """A segment that is merged into another, with the new ids of the articles that it keeps."""

    def __init__(self, segment: SegmentFile, deleted: frozenset[int]) -> None:
        self._segment = segment
        self._deleted = deleted
        self.kept = [article for article in range(segment.articles) if article not in deleted]
        starts = segment.starts
        self.paragraphs = sum(starts[n + 1] - starts[n] for n in self.kept)

    def shift(self, articles: int, paragraphs: int) -> None:
        """Set the number of articles and paragraphs in the segments before."""
        self._articles = articles
        self._first = paragraphs
        if not self._deleted:
            return
        starts = self._segment.starts
        self._new_article = {old: articles + new for new, old in enumerate(self.kept)}
        olds = chain.from_iterable(range(starts[n], starts[n + 1]) for n in self.kept)
        self._new_paragraph = {old: paragraphs + new for new, old in enumerate(olds)}

    def rows(self, index: int, name: str) -> Iterator[tuple[bytes, int, int]]:
        """Each form of a field with the index of the segment and its own index."""
        terms = bytes(self._segment.section(f"{name}.terms")).split(b"\n")
        return ((term, index, word) for word, term in enumerate(terms[:-1]))

    def postings(self, name: str, field: Field, word: int) -> Postings:
        ids, frequencies, positions = self._segment.postings(name, word)
        if not self._deleted:
            offset = self._articles if field.of_article else self._first
            return Postings([id + offset for id in ids], frequencies, positions)
        new = self._new_article if field.of_article else self._new_paragraph
        kept_ids: list[int] = []
        kept_frequencies: list[int] = []
        kept_positions: list[int] = []
        start = 0
        for id, frequency in zip(ids, frequencies or [1] * len(ids), strict=True):
            if id in new:
                kept_ids.append(new[id])
                kept_frequencies.append(frequency)
                kept_positions += positions[start : start + frequency]
            start += frequency
        return Postings(kept_ids, kept_frequencies if frequencies else None, kept_positions)

    def lengths(self, name: str, field: Field) -> Iterable[int]:
        lengths = self._segment.lengths(name)
        if not self._deleted:
            return lengths
        return map(
            lengths.__getitem__, self._new_article if field.of_article else self._new_paragraph
        )

    def describe(self, starts: array[int], days: array[int], keys: array[int]) -> None:
        """Add the first paragraph, the day and the key of each article."""
        old_starts, old_days = self._segment.starts, self._segment.days
        old_keys = self._segment.section("keys", "I")
        for article in self.kept:
            starts.append(starts[-1] + old_starts[article + 1] - old_starts[article])
            days.append(old_days[article])
            keys.append(old_keys[article])

    def quotations(self) -> Iterator[QuotationRecord]:
        for quotation in self._segment.quotations():
            if not self._deleted:
                yield quotation._replace(paragraph=quotation.paragraph + self._first)
            elif quotation.paragraph in self._new_paragraph:
                yield quotation._replace(paragraph=self._new_paragraph[quotation.paragraph])

    def texts(self) -> Iterator[bytes]:
        starts = self._segment.starts
        for article in self.kept:
            for paragraph in range(starts[article], starts[article + 1]):
                yield self._segment.text(paragraph).encode()

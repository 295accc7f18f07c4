"""Writes a segment's file; its layout is described in `segment.py`."""

from __future__ import annotations

import marshal
import sys
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain, pairwise
from operator import sub
from typing import IO, TYPE_CHECKING, TypeAlias

from reader.index.segment import (
    LONGEST,
    MAGIC,
    MARSHAL,
    MOST_WORDS,
    POSTINGS,
    SHIFT,
    TAIL,
    WIDTHS,
    QuotationRecord,
    id_of,
    key_of,
)
from reader.language.spelling import signature
from reader.language.tokens import stem

if TYPE_CHECKING:
    from reader.query.fields import Field

# A form with its ids, term frequencies (None if all are 1) and positions.
TermRow: TypeAlias = tuple[bytes, Sequence[int], Sequence[int] | None, Sequence[int]]


class SegmentBuilder:
    """Collects articles in memory and writes them as a segment."""

    def __init__(self, fields: Mapping[str, Field]) -> None:
        self._fields = fields
        self._occurrences: dict[str, defaultdict[str, list[int]]] = {
            name: defaultdict(list) for name in fields
        }
        self._lengths = {name: array("H") for name in fields}
        self._starts = array("I", [0])
        self._days = array("I")
        self._keys = array("I")
        self._texts: list[bytes] = []
        self._quotations: list[QuotationRecord] = []

    @property
    def articles(self) -> int:
        return len(self._days)

    @property
    def paragraphs(self) -> int:
        return len(self._texts)

    def add_words(self, field: str, words: Sequence[str], first: int = 0) -> int:
        """Add forms of the article or paragraph that is added next; `first` is the position of the
        first of them. Returns the position after the last.
        """
        id = len(self._days) if self._fields[field].of_article else len(self._texts)
        words = words[: max(MOST_WORDS - first, 0)]
        occurrences = self._occurrences[field]
        for occurrence, word in enumerate(words, start=(id << SHIFT) + first):
            occurrences[word].append(occurrence)
        lengths = self._lengths[field]
        if len(lengths) <= id:
            lengths.extend([0] * (id + 1 - len(lengths)))
        lengths[id] = min(lengths[id] + len(words), LONGEST)
        return first + len(words)

    def add_alternatives(self, field: str, words: Iterable[tuple[int, str]]) -> None:
        """Add alternative forms to the article or paragraph that is added next, each with its
        position.
        """
        id = len(self._days) if self._fields[field].of_article else len(self._texts)
        occurrences = self._occurrences[field]
        for position, word in words:
            if position < MOST_WORDS:
                occurrences[word].append((id << SHIFT) + position)

    def add_quotation(self, quotation: QuotationRecord) -> None:
        """Add a quotation of the article that is added next, whose paragraphs are counted from 0.

        The parts of a quotation over several paragraphs are added one by one, in order.
        """
        first = self._starts[-1]
        self._quotations.append(quotation._replace(paragraph=first + quotation.paragraph))

    def add_paragraph(self, text: str) -> None:
        """Add a paragraph of the article that is added next."""
        self._texts.append(text.encode())

    def add_article(self, id: str, day: int) -> None:
        """Add the article whose words and paragraphs were added."""
        self._days.append(day)
        self._keys.append(key_of(id))
        self._starts.append(len(self._texts))

    def truncate(self, articles: int) -> None:
        """Forget all but the first articles, and what was added of the next one."""
        paragraphs = self._starts[articles]
        del self._starts[articles + 1 :], self._days[articles:], self._keys[articles:]
        del self._texts[paragraphs:]
        while self._quotations and self._quotations[-1].paragraph >= paragraphs:
            del self._quotations[-1]
        for name, field in self._fields.items():
            kept = articles if field.of_article else paragraphs
            del self._lengths[name][kept:]
            occurrences = self._occurrences[name]
            for word in list(occurrences):
                # Those of the last id come last, though not in order.
                of_word = occurrences[word]
                while of_word and id_of(of_word[-1]) >= kept:
                    del of_word[-1]
                if not of_word:
                    del occurrences[word]

    def write(self, file: IO[bytes]) -> None:
        """Write the segment."""
        writer = SegmentWriter(file)
        article_of = articles_of(self._starts)
        for name, field in self._fields.items():
            occurrences = self._occurrences[name]
            terms = sorted((word.encode(), word) for word in occurrences)
            rows = ((term, *_split(occurrences[word])) for term, word in terms)
            writer.field(name, field.stemmed, rows, None if field.of_article else article_of)
            count = self.articles if field.of_article else self.paragraphs
            lengths = self._lengths[name]
            lengths.extend([0] * (count - len(lengths)))
            writer.lengths(name, lengths, None if field.of_article else self._starts)
        writer.articles(self._starts, self._days, self._keys)
        writer.quotations(self._quotations)
        writer.texts(self._texts)
        writer.close()


def _split(occurrences: list[int]) -> tuple[list[int], list[int] | None, list[int]]:
    occurrences.sort()  # alternatives come after the words of their text
    ids = [occurrence >> SHIFT for occurrence in occurrences]
    positions = [occurrence & MOST_WORDS for occurrence in occurrences]
    counted = Counter(ids)
    if len(counted) == len(ids):
        return ids, None, positions
    return list(counted), list(counted.values()), positions


class SegmentWriter:
    """Writes the sections of a segment's file, then their directory."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._directory: dict[str, tuple[int, int, int]] = {}
        self._offset = file.write(MAGIC)

    def section(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write a section, given in chunks."""
        start, checksum = self._offset, 0
        for chunk in chunks:
            self._offset += self._file.write(chunk)
            checksum = zlib.crc32(chunk, checksum)
        self._directory[name] = (start, self._offset - start, checksum)

    def numbers(self, name: str, numbers: array[int]) -> None:
        """Write a section of numbers."""
        self.section(name, [numbers.tobytes()])

    def field(
        self,
        name: str,
        stemmed: bool,
        rows: Iterable[TermRow],
        article_of: Sequence[int] | None,
    ) -> None:
        """Write a field: the rows of its forms in order; for a field of paragraphs, `article_of`
        gives the article of each.
        """
        article_frequencies = array("I")
        terms: list[bytes] = []
        offsets = array("Q", [0])

        def packed() -> Iterator[bytes]:
            for term, ids, frequencies, positions in rows:
                record = _pack(ids, frequencies, positions)
                terms.append(term)
                offsets.append(offsets[-1] + len(record))
                if article_of is not None:
                    article_frequencies.append(len(set(map(article_of.__getitem__, ids))))
                yield record

        self.section(f"{name}.postings", packed())
        self._lexicon(name, terms)
        self.numbers(f"{name}.offsets", offsets)
        self.numbers(f"{name}.signatures", array("I", [signature(term.decode()) for term in terms]))
        if article_of is not None:
            self.numbers(f"{name}.article_frequencies", article_frequencies)
        if stemmed:
            self._stems(name, terms)

    def _lexicon(self, name: str, terms: Sequence[bytes]) -> None:
        self.section(f"{name}.terms", [b"\n".join([*terms, b""])])
        starts = accumulate((len(term) + 1 for term in terms), initial=0)
        self.numbers(f"{name}.starts", array("I", starts))

    def _stems(self, name: str, terms: Sequence[bytes]) -> None:
        groups: dict[str, list[int]] = {}
        for index, term in enumerate(terms):
            groups.setdefault(stem(term.decode()), []).append(index)
        ordered = sorted((text.encode(), members) for text, members in groups.items())
        self._lexicon(f"{name}.stems", [text for text, _ in ordered])
        members = [members for _, members in ordered]
        firsts = accumulate(map(len, members), initial=0)
        self.numbers(f"{name}.firsts", array("I", firsts))
        self.numbers(f"{name}.members", array("I", chain.from_iterable(members)))

    def lengths(self, name: str, lengths: array[int], starts: array[int] | None) -> None:
        """Write the number of words that a field has in each paragraph or article, and in all; for
        a field of paragraphs, given the first of each article, also that in each article.
        """
        self.numbers(f"{name}.lengths", lengths)
        if starts is not None:
            article_lengths = (sum(lengths[start:end]) for start, end in pairwise(starts))
            self.numbers(f"{name}.article_lengths", array("I", article_lengths))
        self.numbers(f"{name}.total", array("Q", [sum(lengths)]))

    def articles(self, starts: array[int], days: array[int], keys: array[int]) -> None:
        """Write the first paragraph, the day and the key of each article."""
        self.numbers("starts", starts)
        self.numbers("days", days)
        self.numbers("keys", keys)
        self.numbers("articles", articles_of(starts))

    def quotations(self, quotations: Iterable[QuotationRecord]) -> None:
        """Write the quotations, a column for each attribute."""
        columns = {name: array("I") for name in QuotationRecord._fields}
        names = {"": 0}
        for *numbers, speaker, attribution, cue in quotations:
            named = (names.setdefault(name, len(names)) for name in (speaker, attribution, cue))
            for column, value in zip(columns.values(), (*numbers, *named), strict=True):
                column.append(value)
        for name, column in columns.items():
            self.numbers(f"quotations.{name}", column)
        self._lexicon("quotations.names", [name.encode() for name in names])

    def texts(self, texts: Iterable[bytes]) -> None:
        """Write the paragraphs' texts, each with a checksum."""
        starts = array("Q", [0])
        checksums = array("I")

        def counted() -> Iterator[bytes]:
            for text in texts:
                starts.append(starts[-1] + len(text))
                checksums.append(zlib.crc32(text))
                yield text

        self.section("texts", counted())
        self.numbers("texts.starts", starts)
        self.numbers("texts.checksums", checksums)

    def close(self) -> None:
        """Write the directory."""
        directory = marshal.dumps(self._directory, MARSHAL)
        self._file.write(directory)
        self._file.write(TAIL.pack(self._offset, zlib.crc32(directory), MAGIC))


def articles_of(starts: Sequence[int]) -> array[int]:
    """The article of each paragraph, given the first paragraph of each article and, last, the
    number of paragraphs.
    """
    articles = array("I")
    for article, (start, end) in enumerate(pairwise(starts)):
        articles.extend([article] * (end - start))
    return articles


def _pack(ids: Sequence[int], frequencies: Sequence[int] | None, positions: Sequence[int]) -> bytes:
    steps = [ids[0], *map(sub, ids[1:], ids)]
    id_width, packed_ids = _narrow(steps)
    frequency_width, packed_frequencies = _narrow(frequencies) if frequencies else (0, b"")
    position_width, packed_positions = _narrow(positions) if positions else (0, b"")
    body = packed_ids + packed_frequencies + packed_positions
    header = POSTINGS.pack(0, len(ids), id_width, frequency_width, position_width)[4:]
    return zlib.crc32(body, zlib.crc32(header)).to_bytes(4, sys.byteorder) + header + body


def _narrow(numbers: Sequence[int]) -> tuple[int, bytes]:
    """The width in bytes of the largest number, and all numbers in this width."""
    largest = max(numbers)
    width = 1 if largest < 1 << 8 else 2 if largest < 1 << 16 else 4
    return width, array(WIDTHS[width], numbers).tobytes()

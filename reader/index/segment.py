"""A segment's file: terms, postings and texts of articles, laid out to be read in place.

The file holds named sections, then their directory. Integers have
the machine's byte order (it is part of the index's version). Everything is compared with a checksum
when it is read; each posting list and each text has its own, as a search reads little of a file.

- Per field: `terms`, the forms in order, one a line, with `starts`, the offset of each; `offsets`,
  those of the posting lists in `postings`; for a stemmed field `stems` with its own starts, and
  `members`, the forms of each stem. Only forms have postings: a stem's are those of its forms.
- A posting list: a checksum, the number of postings, the widths of what follows in bytes, then the
  ids (each as the difference from the one before), the term frequencies (left out if always 1), and
  the positions.
- Also per field: `signatures` of the forms (see `spelling.py`); `lengths`, the number of words in
  each paragraph or article; for a paragraph's field `article_lengths`, that in each article, and
  `article_frequencies`, the number of articles that have each form.
- `quotations`: a column for each attribute of a quotation; names are indexes into `names`.
- Ids are paragraphs for a paragraph's fields, articles for an article's, both counted from 0 within
  the segment.
"""

from __future__ import annotations

import marshal
import struct
import sys
import zlib
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate, chain, compress, pairwise, repeat
from typing import Literal, NamedTuple, TypeAlias

from reader.index.damage import Damaged, StoredFile

SUFFIX = ".paragraphs"
MAGIC = b"reader\r\n"
TAIL = struct.Struct("=QI8s")  # the directory's offset and checksum
_BOUNDS = struct.Struct("=QQ")  # of a text
POSTINGS = struct.Struct("=IIBBB")  # checksum, count, widths of ids, frequencies, positions
Kind: TypeAlias = Literal["B", "H", "I", "Q"]
WIDTHS: dict[int, Kind] = {1: "B", 2: "H", 4: "I"}
# Bits of a position in an occurrence, which is an id and a position in one integer.
SHIFT = 24
MOST_WORDS = (1 << SHIFT) - 1
LONGEST = 0xFFFF

# marshal is ten times as fast as JSON. Every Python since 3.4 reads this version of its format.
MARSHAL = 4
# Texts whose offsets are read one by one: for more, those of all are.
_FEW_TEXTS = 100
# Bytes that are read at a time for checking.
_PIECE = 1 << 20


class Postings(NamedTuple):
    """The posting list of a form: ids in order, the term frequency of each, and the positions, one
    posting's after the other's. `frequencies` is None if all are 1.
    """

    ids: list[int]
    frequencies: Sequence[int] | None
    positions: Sequence[int]

    def counts(self, ids: Collection[int]) -> dict[int, int]:
        """The term frequency in each of these ids, where there is a posting."""
        if len(ids) * _FEW < len(self.ids):
            frequencies = self.frequencies
            return {
                id: frequencies[index] if frequencies else 1 for id, index in self._indices(ids)
            }
        if self.frequencies is None:
            return dict.fromkeys(filter(ids.__contains__, self.ids), 1)
        counts = dict(zip(self.ids, self.frequencies, strict=True))
        common = counts.keys() & ids
        if len(common) == len(counts):
            return counts
        return dict(zip(common, map(counts.__getitem__, common), strict=True))

    def occurrences(self, ids: Collection[int], step: int) -> list[int]:
        """The occurrences in these ids, each an id and a position in a single integer, minus
        `step` words.
        """
        frequencies = self.frequencies
        kept: Iterable[int]
        if len(ids) * _FEW < len(self.ids):
            pairs = list(self._indices(ids))
            kept = [id for id, _ in pairs]
            indices = [index for _, index in pairs]
            starts = (
                list(accumulate(frequencies, initial=0)) if frequencies else range(len(self.ids))
            )
            firsts: Iterable[int] = map(starts.__getitem__, indices)
            counts: Iterable[int] = (
                map(frequencies.__getitem__, indices) if frequencies else repeat(1)
            )
        else:
            mask = list(map(ids.__contains__, self.ids))
            kept = compress(self.ids, mask)
            if frequencies is None:
                paired = zip(kept, compress(self.positions, mask), strict=True)
                return [(id << SHIFT) + position - step for id, position in paired]
            firsts = compress(accumulate(frequencies, initial=0), mask)
            counts = compress(frequencies, mask)
        positions = self.positions
        occurrences = []
        for id, first, count in zip(kept, firsts, counts, strict=False):
            moved = (id << SHIFT) - step
            if count == 1:  # mostly
                occurrences.append(moved + positions[first])
            else:
                occurrences += [moved + position for position in positions[first : first + count]]
        return occurrences

    def by_id(self) -> Iterator[tuple[int, Sequence[int]]]:
        """Each id with its positions."""
        ends = accumulate(self.frequencies or repeat(1, len(self.ids)), initial=0)
        for id, (first, end) in zip(self.ids, pairwise(ends), strict=True):
            yield id, self.positions[first:end]

    def _indices(self, ids: Iterable[int]) -> Iterator[tuple[int, int]]:
        """The ids that have a posting, each with its index in the list."""
        for id in ids:
            index = bisect_left(self.ids, id)
            if index < len(self.ids) and self.ids[index] == id:
                yield id, index


# Ids are looked up by bisection in a posting list at least this many times longer.
_FEW = 8


def position_of(occurrence: int) -> int:
    """The position of an occurrence that was not moved."""
    return occurrence & MOST_WORDS


def id_of(occurrence: int) -> int:
    """The id of an occurrence."""
    return occurrence >> SHIFT


class QuotationRecord(NamedTuple):
    """A quotation, or the part of it that is in one paragraph.

    `paragraph` is its id, `start` and `end` are offsets in its text. `kind` is a constant below;
    parts after the first are `CONTINUED`. `speaker`, `attribution` (the article's own words for the
    speaker) and `cue` are empty if unknown.
    """

    paragraph: int
    start: int
    end: int
    kind: int
    speaker: str
    attribution: str
    cue: str


TERM, SPEECH, CONTINUED = range(3)


def key_of(id: str) -> int:
    """The checksum by which an article's id is looked up."""
    return zlib.crc32(id.encode("utf-8", "surrogatepass"))


class SegmentFile:
    """A segment's file, open for reading. Every method raises Damaged if it is not as written."""

    def __init__(self, content: StoredFile | bytes) -> None:
        self._content = content
        self._read = (
            (lambda start, length: content[start : start + length])
            if isinstance(content, bytes)
            else content.read
        )
        self._sections: dict[str, memoryview] = {}
        self._texts_read = 0
        # Where the texts are, their offsets and checksums.
        self._texts: tuple[int, memoryview, memoryview] | None = None
        size = len(content) if isinstance(content, bytes) else content.size
        if size < TAIL.size + len(MAGIC):
            raise Damaged("too short for a segment")
        offset, checksum, magic = TAIL.unpack(self._read(size - TAIL.size, TAIL.size))
        directory = self._read(offset, size - TAIL.size - offset)
        if magic != MAGIC or zlib.crc32(directory) != checksum:
            raise Damaged("the directory of a segment")
        self._directory: dict[str, tuple[int, int, int]] = marshal.loads(directory)  # noqa: S302

    def close(self) -> None:
        """Close the file; what was read of it remains valid."""
        if not isinstance(self._content, bytes):
            self._content.close()

    def verify(self) -> None:
        """Check every byte against the checksums."""
        for name, (start, length, checksum) in self._directory.items():
            own = 0
            for offset in range(start, start + length, _PIECE):
                own = zlib.crc32(self._read(offset, min(_PIECE, start + length - offset)), own)
            if own != checksum:
                raise Damaged(name)

    def section(self, name: str, kind: Kind = "B") -> memoryview:
        """A section as integers of a kind (an `array` type code)."""
        if name not in self._sections:
            start, length, checksum = self._entry(name)
            content = self._read(start, length)
            if zlib.crc32(content) != checksum:
                raise Damaged(name)
            self._sections[name] = memoryview(content).cast(kind)
        return self._sections[name]

    def _entry(self, name: str) -> tuple[int, int, int]:
        """The offset, length and checksum of a section."""
        try:
            return self._directory[name]
        except KeyError as error:
            raise Damaged(f"no section {name}") from error

    def _part(self, name: str, start: int, end: int) -> bytes:
        """A part of a section, not checked."""
        offset, length, _ = self._entry(name)
        if not start <= end <= length:
            raise Damaged(f"an offset outside {name}")
        return self._read(offset + start, end - start)

    @property
    def articles(self) -> int:
        """The number of articles."""
        return len(self.section("days", "I"))

    @property
    def paragraphs(self) -> int:
        """The number of paragraphs."""
        return len(self.section("articles", "I"))

    @property
    def starts(self) -> memoryview:
        """The first paragraph of each article; at the end, the number of paragraphs."""
        return self.section("starts", "I")

    @property
    def days(self) -> memoryview:
        """The day of each article."""
        return self.section("days", "I")

    @property
    def article_of(self) -> memoryview:
        """The article of each paragraph."""
        return self.section("articles", "I")

    def paragraphs_of(self, articles: Iterable[int]) -> Iterator[int]:
        """The paragraphs of articles."""
        starts = self.starts
        return chain.from_iterable(range(starts[n], starts[n + 1]) for n in articles)

    def lengths(self, field: str) -> memoryview:
        """The number of words of a field in each paragraph or article."""
        return self.section(f"{field}.lengths", "H")

    def article_lengths(self, field: str) -> memoryview:
        """The number of words of a field of paragraphs in each article."""
        return self.section(f"{field}.article_lengths", "I")

    def total(self, field: str) -> int:
        """The total number of words of a field."""
        total: int = self.section(f"{field}.total", "Q")[0]
        return total

    def quotations(self) -> Iterator[QuotationRecord]:
        """All the quotations, in order."""
        names = self.words("quotations.names")
        columns = [self.section(f"quotations.{name}", "I") for name in QuotationRecord._fields]
        for paragraph, start, end, kind, *named in zip(*columns, strict=True):
            yield QuotationRecord(paragraph, start, end, kind, *map(names.__getitem__, named))

    def articles_with_key(self, id: str) -> Iterator[int]:
        """The articles that may have this id, by its checksum."""
        keys, key = self.section("keys", "I").tolist(), key_of(id)
        article = -1
        for _ in range(keys.count(key)):
            article = keys.index(key, article + 1)
            yield article

    def text(self, paragraph: int) -> str:
        """The text of a paragraph."""
        if self._texts is None:
            self._texts_read += 1
            if self._texts_read > _FEW_TEXTS:
                numbers = self.section("texts.starts", "Q"), self.section("texts.checksums", "I")
                self._texts = (self._entry("texts")[0], *numbers)
            # The offset needs no check: elsewhere is another text, which has another checksum.
            starts = self._part("texts.starts", 8 * paragraph, 8 * paragraph + 16)
            text = self._part("texts", *_BOUNDS.unpack(starts))
            own = self._part("texts.checksums", 4 * paragraph, 4 * paragraph + 4)
            checksum = int.from_bytes(own, sys.byteorder)
        else:
            first, offsets, checksums = self._texts
            start = offsets[paragraph]
            text = self._read(first + start, offsets[paragraph + 1] - start)
            checksum = checksums[paragraph]
        if zlib.crc32(text) != checksum:
            raise Damaged(f"the text of paragraph {paragraph}")
        return text.decode()

    def words(self, field: str) -> list[str]:
        """All the forms of a field, in order of their bytes."""
        return str(self.section(f"{field}.terms"), "utf-8").split("\n")[:-1]

    def word(self, field: str, index: int) -> str:
        """The form of a field at an index."""
        return self._term(field, index).decode()

    def find(self, field: str, word: str) -> int:
        """The index of a form; -1 if the field does not have it."""
        return self._find(field, word.encode())

    def words_with_prefix(self, field: str, prefix: str) -> range:
        """The indexes of the forms with a prefix."""
        first = self._lower_bound(field, prefix.encode())
        # No UTF-8 text has this byte: it sorts after all forms with the prefix.
        return range(first, self._lower_bound(field, prefix.encode() + b"\xff"))

    def words_with_stem(self, field: str, stem: str) -> Sequence[int]:
        """The indexes of the forms with a stem."""
        index = self._find(f"{field}.stems", stem.encode())
        if index < 0:
            return ()
        firsts = self.section(f"{field}.firsts", "I")
        return self.section(f"{field}.members", "I")[firsts[index] : firsts[index + 1]].tolist()

    def words_within(self, field: str, form: str, edits: int) -> Iterator[tuple[str, int]]:
        """The forms of a field within `edits` edits of a form, each with its distance."""
        # Imported here: few queries need it.
        from reader.language.spelling import Distance, signature, with_near_signature

        distance = Distance(form)
        signatures = self.section(f"{field}.signatures", "I").tolist()
        for index in with_near_signature(signature(form), signatures, edits):
            word = self.word(field, index)
            edit = distance.to(word, edits)
            if edit <= edits:
                yield word, edit

    def article_frequency(self, field: str, word: int) -> int:
        """The number of articles that have a form of a field of paragraphs."""
        frequency: int = self.section(f"{field}.article_frequencies", "I")[word]
        return frequency

    def document_frequency(self, field: str, word: int) -> int:
        """The number of paragraphs or articles that have a form."""
        count: int = POSTINGS.unpack_from(self._record(field, word))[1]
        return count

    def postings(self, field: str, word: int) -> Postings:
        """The posting list of a form."""
        record = memoryview(self._record(field, word))
        _, count, id_width, frequency_width, position_width = POSTINGS.unpack_from(record)
        frequencies = POSTINGS.size + count * id_width
        positions = frequencies + count * frequency_width
        return Postings(
            list(accumulate(record[POSTINGS.size : frequencies].cast(WIDTHS[id_width]))),
            record[frequencies:positions].cast(WIDTHS[frequency_width]).tolist()
            if frequency_width
            else None,
            record[positions:].cast(WIDTHS[position_width]) if position_width else (),
        )

    def _record(self, field: str, word: int) -> bytes:
        """The stored posting list of a form."""
        offsets = self.section(f"{field}.offsets", "Q")
        record = self._part(f"{field}.postings", offsets[word], offsets[word + 1])
        if zlib.crc32(memoryview(record)[4:]) != int.from_bytes(record[:4], sys.byteorder):
            raise Damaged(f"the postings of {field} {word}")
        return record

    def _find(self, lexicon: str, term: bytes) -> int:
        index = self._lower_bound(lexicon, term)
        starts = self.section(f"{lexicon}.starts", "I")
        if index == len(starts) - 1 or self._term(lexicon, index) != term:
            return -1
        return index

    def _lower_bound(self, lexicon: str, term: bytes) -> int:
        """The index of the first term not before this term."""
        starts, terms = self.section(f"{lexicon}.starts", "I"), self.section(f"{lexicon}.terms")
        low, high = 0, len(starts) - 1
        while low < high:  # as bisect does, without a call for each term
            middle = (low + high) // 2
            if bytes(terms[starts[middle] : starts[middle + 1] - 1]) < term:
                low = middle + 1
            else:
                high = middle
        return low

    def _term(self, lexicon: str, index: int) -> bytes:
        starts = self.section(f"{lexicon}.starts", "I")
        return bytes(self.section(f"{lexicon}.terms")[starts[index] : starts[index + 1] - 1])

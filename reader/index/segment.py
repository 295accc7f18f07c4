"""A segment's file: terms, postings and texts of some articles, laid out to be read in place.

The file is mapped into memory and holds named sections, then their directory. A number is
little-endian or big-endian as the machine has it (the index's version says which). Everything that
is read is compared with a checksum first, each posting list and each text with its own: a search
reads little of a file, and what it reads is what was written.

- Per field: `terms`, the words in order, one a line, with `starts`, where each begins; `places`,
  where the posting list of each begins in `postings`; for a stemmed field `stems` with theirs, and
  `members`, the words of each stem. Only words have postings: a stem's are those of its words.
- A posting list: a checksum, the number of postings, the widths of what follows in bytes, then the
  ids (each as the step from the one before), how often the word stands there (left out if always
  once), and at which words of the text (left out where nobody asks).
- Also per field: `letters`, each word's signature (see `spelling.py`); `lengths`, how many words
  it has in each paragraph or article; for a paragraph's field `sums`, how many in each article, and
  `spread`, in how many articles each word stands.
- `quotations`: a column for each thing that is known of a quotation; names are numbers of `names`.
- Ids are paragraphs for a paragraph's fields, articles for an article's, both counted from 0 within
  the segment.
"""

from __future__ import annotations

import marshal
import mmap
import struct
import zlib
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import accumulate, compress, repeat
from typing import Literal, NamedTuple, TypeAlias

from reader.index.damage import Damaged

MAGIC = b"reader\r\n"
TAIL = struct.Struct("=QI8s")  # the directory's offset and checksum
POSTINGS = struct.Struct("=IIBBB")  # checksum, count, widths of ids, frequencies, positions
Kind: TypeAlias = Literal["B", "H", "I", "Q"]
WIDTHS: dict[int, Kind] = {1: "B", 2: "H", 4: "I"}
# An occurrence while indexing: the id, and the number of the word, in one integer.
SHIFT = 24
MOST_WORDS = (1 << SHIFT) - 1
LONGEST = 0xFFFF

# marshal reads and writes a thousand rows in the time that JSON takes for a hundred. This version
# of its format is known to every Python from 3.4 on.
MARSHAL = 4


class Field(NamedTuple):
    """How a field is indexed: by stems too or only by its words, for paragraphs or articles."""

    stemmed: bool
    of_article: bool = False


class Postings(NamedTuple):
    """Where a word stands: ids in order, how often in each, at which words of each, one after
    the other. `frequencies` is None if it is always once.
    """

    ids: list[int]
    frequencies: Sequence[int] | None
    positions: Sequence[int]

    def counts(self, wanted: Collection[int]) -> dict[int, int]:
        """How often the word stands in each of the wanted."""
        if len(wanted) * _FEW < len(self.ids):
            often = self.frequencies
            return {id: often[place] if often else 1 for id, place in self._places(wanted)}
        if self.frequencies is None:
            return dict.fromkeys(filter(wanted.__contains__, self.ids), 1)
        counts = dict(zip(self.ids, self.frequencies, strict=True))
        common = counts.keys() & wanted
        if len(common) == len(counts):
            return counts
        return dict(zip(common, map(counts.__getitem__, common), strict=True))

    def occurrences(self, wanted: Collection[int], step: int) -> list[int]:
        """Id and position in one integer, moved back by `step` words, of each of the wanted."""
        often = self.frequencies
        if len(wanted) * _FEW < len(self.ids):
            places = list(self._places(wanted))
            ids: Iterable[int] = (id for id, _ in places)
            chosen = [place for _, place in places]
            starts = list(accumulate(often, initial=0)) if often else range(len(self.ids))
            begins: Iterable[int] = map(starts.__getitem__, chosen)
            counts: Iterable[int] = map(often.__getitem__, chosen) if often else repeat(1)
        else:
            here = list(map(wanted.__contains__, self.ids))
            ids = compress(self.ids, here)
            if often is None:
                pairs = zip(ids, compress(self.positions, here), strict=True)
                return [(id << SHIFT) + position - step for id, position in pairs]
            begins = compress(accumulate(often, initial=0), here)
            counts = compress(often, here)
        positions = self.positions
        found = []
        for id, begin, count in zip(ids, begins, counts, strict=False):
            first = (id << SHIFT) - step
            if count == 1:  # mostly
                found.append(first + positions[begin])
            else:
                found += [first + position for position in positions[begin : begin + count]]
        return found

    def _places(self, wanted: Iterable[int]) -> Iterator[tuple[int, int]]:
        """The wanted that have a posting, each with the place of its own."""
        ids = self.ids
        for id in wanted:
            place = bisect_left(ids, id)
            if place < len(ids) and ids[place] == id:
                yield id, place


# So many times fewer are looked up one by one, rather than going through all.
_FEW = 8


def position_of(occurrence: int) -> int:
    """The number of the word of an occurrence, if it was not moved."""
    return occurrence & MOST_WORDS


class QuotationRecord(NamedTuple):
    """A quotation, or the part of it that stands in one paragraph.

    `paragraph` is its id, `start` and `end` are characters of its text. `kind` is one of those
    below; parts after the first are `CONTINUED`. `speaker`, `attribution` (the article's own words
    for the speaker) and `cue` are empty if unknown.
    """

    paragraph: int
    start: int
    end: int
    kind: int
    speaker: str
    attribution: str
    cue: str


TERM, SPEECH, CONTINUED = range(3)


def key_of(text: str) -> int:
    """What is stored of an article's id to look it up by."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def id_of(occurrence: int) -> int:
    """The id of an occurrence as `Postings.occurrences` gives it."""
    return occurrence >> SHIFT


class SegmentFile:
    """A segment's file, open for reading. Every method raises Damaged if it is not as written."""

    def __init__(self, content: mmap.mmap | bytes) -> None:
        self._content = content
        self._view = memoryview(content)
        self._sections: dict[str, memoryview] = {}
        if len(content) < TAIL.size + len(MAGIC):
            raise Damaged
        offset, checksum, magic = TAIL.unpack(self._view[-TAIL.size :])
        directory = self._view[offset : -TAIL.size]
        if magic != MAGIC or zlib.crc32(directory) != checksum:
            raise Damaged
        self._directory: dict[str, tuple[int, int, int]] = marshal.loads(directory)  # noqa: S302

    def close(self) -> None:
        """Let go of the file. What was read stays; what of it is in use is let go with that."""
        with suppress(BufferError):
            for view in [*self._sections.values(), self._view]:
                view.release()
            if isinstance(self._content, mmap.mmap):
                self._content.close()
        self._sections.clear()

    def verify(self) -> None:
        """Read everything once."""
        for start, length, checksum in self._directory.values():
            if zlib.crc32(self._view[start : start + length]) != checksum:
                raise Damaged

    def section(self, name: str, kind: Kind = "B", checked: bool = True) -> memoryview:
        """A section as numbers of a kind (as `array` names them)."""
        section = self._sections.get(name)
        if section is None:
            start, length, checksum = self._directory[name]
            section = self._view[start : start + length]
            if checked and zlib.crc32(section) != checksum:
                raise Damaged
            self._sections[name] = section = section.cast(kind)
        return section

    @property
    def articles(self) -> int:
        return len(self.section("days", "I"))

    @property
    def paragraphs(self) -> int:
        return len(self.section("articles", "I"))

    @property
    def starts(self) -> memoryview:
        """For each article its first paragraph; at the end, the number of paragraphs."""
        return self.section("starts", "I")

    @property
    def days(self) -> memoryview:
        """For each article its day."""
        return self.section("days", "I")

    @property
    def article_of(self) -> memoryview:
        """For each paragraph its article."""
        return self.section("articles", "I")

    def lengths(self, field: str) -> memoryview:
        """For each paragraph or article, how many words the field has there."""
        return self.section(f"{field}.lengths", "H")

    def sums(self, field: str) -> memoryview:
        """For each article, how many words a field of paragraphs has there."""
        return self.section(f"{field}.sums", "I")

    def letters(self, field: str) -> memoryview:
        """For each word of a field its signature."""
        return self.section(f"{field}.letters", "I")

    def spread(self, field: str, word: int) -> int:
        """In how many articles a word of a field of paragraphs stands."""
        spread: int = self.section(f"{field}.spread", "I")[word]
        return spread

    def quotations(self) -> Iterator[QuotationRecord]:
        """All the quotations, in order."""
        names = self.words("quotations.names")
        columns = [self.section(f"quotations.{name}", "I") for name in QuotationRecord._fields]
        for paragraph, start, end, kind, *known in zip(*columns, strict=True):
            yield QuotationRecord(paragraph, start, end, kind, *map(names.__getitem__, known))

    def total(self, field: str) -> int:
        """How many words the field has in all."""
        total: int = self.section(f"{field}.total", "Q")[0]
        return total

    def having_key(self, text: str) -> Iterator[int]:
        """The articles that may have the key: a few others can have the same checksum."""
        keys, key = self.section("keys", "I").tolist(), key_of(text)
        place = -1
        for _ in range(keys.count(key)):
            place = keys.index(key, place + 1)
            yield place

    def text(self, paragraph: int) -> str:
        """The text of a paragraph."""
        # Where it is need not be checked: elsewhere is another text, which has another checksum.
        starts = self.section("texts.starts", "Q", checked=False)
        text = self.section("texts", checked=False)[starts[paragraph] : starts[paragraph + 1]]
        if zlib.crc32(text) != self.section("texts.checksums", "I", checked=False)[paragraph]:
            raise Damaged
        return str(text, "utf-8")

    def words(self, field: str) -> list[str]:
        """All the words of a field, in order of their bytes."""
        return str(self.section(f"{field}.terms"), "utf-8").split("\n")[:-1]

    def word(self, field: str, number: int) -> str:
        """The word of a field with this number."""
        return self._term(field, number).decode()

    def find(self, field: str, word: str) -> int:
        """The number of a word; -1 if the field does not have it."""
        return self._find(field, word.encode())

    def beginning(self, field: str, prefix: str) -> range:
        """The numbers of the words that begin so."""
        wanted = prefix.encode()
        first = self._place(field, wanted)
        # No UTF-8 text has this byte: it comes after everything that begins so.
        return range(first, self._place(field, wanted + b"\xff"))

    def having_stem(self, field: str, stem: str) -> Sequence[int]:
        """The numbers of the words that have this stem."""
        number = self._find(f"{field}.stems", stem.encode())
        if number < 0:
            return ()
        firsts = self.section(f"{field}.firsts", "I")
        return self.section(f"{field}.members", "I")[firsts[number] : firsts[number + 1]].tolist()

    def stems(self, field: str) -> list[str]:
        """All the stems of a field, in order of their bytes."""
        return self.words(f"{field}.stems")

    def count(self, field: str, word: int) -> int:
        """In how many paragraphs or articles a word stands."""
        start = self.section(f"{field}.places", "Q")[word]
        section = self.section(f"{field}.postings", checked=False)
        count: int = POSTINGS.unpack_from(section, start)[1]
        return count

    def postings(self, field: str, word: int) -> Postings:
        """Where a word stands."""
        places = self.section(f"{field}.places", "Q")
        start, end = places[word], places[word + 1]
        record = self.section(f"{field}.postings", checked=False)[start:end]
        checksum, count, step_width, often_width, place_width = POSTINGS.unpack_from(record)
        if zlib.crc32(record[4:]) != checksum:
            raise Damaged
        often = POSTINGS.size + count * step_width
        place = often + count * often_width
        return Postings(
            list(accumulate(record[POSTINGS.size : often].cast(WIDTHS[step_width]))),
            record[often:place].cast(WIDTHS[often_width]).tolist() if often_width else None,
            record[place:].cast(WIDTHS[place_width]) if place_width else (),
        )

    def _find(self, lexicon: str, term: bytes) -> int:
        place = self._place(lexicon, term)
        starts = self.section(f"{lexicon}.starts", "I")
        if place == len(starts) - 1 or self._term(lexicon, place) != term:
            return -1
        return place

    def _place(self, lexicon: str, term: bytes) -> int:
        """The number of the first term that is not before this one."""
        starts, terms = self.section(f"{lexicon}.starts", "I"), self.section(f"{lexicon}.terms")
        low, high = 0, len(starts) - 1
        while low < high:  # as bisect does, without a call for each term
            middle = (low + high) // 2
            if bytes(terms[starts[middle] : starts[middle + 1] - 1]) < term:
                low = middle + 1
            else:
                high = middle
        return low

    def _term(self, lexicon: str, place: int) -> bytes:
        starts = self.section(f"{lexicon}.starts", "I")
        return bytes(self.section(f"{lexicon}.terms")[starts[place] : starts[place + 1] - 1])

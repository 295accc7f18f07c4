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
- Ids are paragraphs for a paragraph's fields, articles for an article's, both counted from 0 within
  the segment.
"""

from __future__ import annotations

import marshal
import mmap
import struct
import sys
import zlib
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import merge as merge_sorted
from itertools import accumulate, chain, compress, pairwise, repeat
from operator import itemgetter, sub
from typing import IO, Literal, NamedTuple, TypeAlias

from reader.catalogue import Damaged
from reader.index.analysis import stem

_MAGIC = b"reader\r\n"
_TAIL = struct.Struct("=QI8s")  # the directory's offset and checksum
_POSTINGS = struct.Struct("=IIBBB")  # checksum, count, widths of ids, frequencies, positions
Kind: TypeAlias = Literal["B", "H", "I", "Q"]
_WIDTHS: dict[int, Kind] = {1: "B", 2: "H", 4: "I"}
# An occurrence while indexing: the id, and the number of the word, in one integer.
_SHIFT = 24
_MOST_WORDS = (1 << _SHIFT) - 1
_LONGEST = 0xFFFF

# marshal reads and writes a thousand rows in the time that JSON takes for a hundred. This version
# of its format is known to every Python from 3.4 on.
_MARSHAL = 4


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
                return [(id << _SHIFT) + position - step for id, position in pairs]
            begins = compress(accumulate(often, initial=0), here)
            counts = compress(often, here)
        positions = list(self.positions)
        return [
            (id << _SHIFT) + position - step
            for id, begin, count in zip(ids, begins, counts, strict=False)
            for position in positions[begin : begin + count]
        ]

    def _places(self, wanted: Iterable[int]) -> Iterator[tuple[int, int]]:
        """The wanted that have a posting, each with the place of its own."""
        ids = self.ids
        for id in wanted:
            place = bisect_left(ids, id)
            if place < len(ids) and ids[place] == id:
                yield id, place


# So many times fewer are looked up one by one, rather than going through all.
_FEW = 20


def id_of(occurrence: int) -> int:
    """The id of an occurrence as `Postings.occurrences` gives it."""
    return occurrence >> _SHIFT


class SegmentBuilder:
    """Gathers articles in memory and writes them as a segment."""

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

    @property
    def articles(self) -> int:
        return len(self._days)

    @property
    def paragraphs(self) -> int:
        return len(self._texts)

    def add_words(self, field: str, words: Sequence[str], first: int = 0) -> int:
        """Add words of the article or paragraph that is added next; `first` is the number of the
        first of them. Returns the number after the last.
        """
        id = len(self._days) if self._fields[field].of_article else len(self._texts)
        words = words[: max(_MOST_WORDS - first, 0)]
        occurrences = self._occurrences[field]
        for occurrence, word in enumerate(words, start=(id << _SHIFT) + first):
            occurrences[word].append(occurrence)
        lengths = self._lengths[field]
        if len(lengths) <= id:
            lengths.extend([0] * (id + 1 - len(lengths)))
        lengths[id] = min(lengths[id] + len(words), _LONGEST)
        return first + len(words)

    def add_paragraph(self, text: str) -> None:
        """Add a paragraph of the article that is added next."""
        self._texts.append(text.encode())

    def add_article(self, key: str, day: int) -> None:
        """Add the article whose words and paragraphs were added; `key` can be looked up."""
        self._days.append(day)
        self._keys.append(_key(key))
        self._starts.append(len(self._texts))

    def write(self, file: IO[bytes]) -> None:
        """Write the segment."""
        writer = _Writer(file)
        for name, field in self._fields.items():
            occurrences = self._occurrences[name]
            terms = sorted((word.encode(), word) for word in occurrences)
            writer.field(
                name, field.stemmed, ((term, *_split(occurrences[word])) for term, word in terms)
            )
            count = self.articles if field.of_article else self.paragraphs
            lengths = self._lengths[name]
            lengths.extend([0] * (count - len(lengths)))
            writer.lengths(name, lengths)
        writer.articles(self._starts, self._days, self._keys)
        writer.texts(self._texts)
        writer.close()


def _split(occurrences: Sequence[int]) -> tuple[list[int], list[int] | None, list[int]]:
    ids = [occurrence >> _SHIFT for occurrence in occurrences]
    positions = [occurrence & _MOST_WORDS for occurrence in occurrences]
    counted = Counter(ids)
    if len(counted) == len(ids):
        return ids, None, positions
    return list(counted), list(counted.values()), positions


def _key(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


class _Writer:
    """Writes the sections of a segment's file, then their directory."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._directory: dict[str, tuple[int, int, int]] = {}
        self._offset = file.write(_MAGIC)

    def section(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write a section, given in pieces."""
        start, checksum = self._offset, 0
        for chunk in chunks:
            self._offset += self._file.write(chunk)
            checksum = zlib.crc32(chunk, checksum)
        self._directory[name] = (start, self._offset - start, checksum)

    def numbers(self, name: str, numbers: array[int]) -> None:
        self.section(name, [numbers.tobytes()])

    def field(
        self,
        name: str,
        stemmed: bool,
        rows: Iterable[tuple[bytes, Sequence[int], Sequence[int] | None, Sequence[int]]],
    ) -> None:
        """Write a field: words in order, each with its ids, frequencies and positions."""
        terms: list[bytes] = []
        places = array("Q", [0])

        def packed() -> Iterator[bytes]:
            for term, ids, frequencies, positions in rows:
                record = _pack(ids, frequencies, positions)
                terms.append(term)
                places.append(places[-1] + len(record))
                yield record

        self.section(f"{name}.postings", packed())
        self._lexicon(name, terms)
        self.numbers(f"{name}.places", places)
        if stemmed:
            self._stems(name, terms)

    def _lexicon(self, name: str, terms: Sequence[bytes]) -> None:
        self.section(f"{name}.terms", [b"\n".join([*terms, b""])])
        starts = accumulate((len(term) + 1 for term in terms), initial=0)
        self.numbers(f"{name}.starts", array("I", starts))

    def _stems(self, name: str, terms: Sequence[bytes]) -> None:
        groups: dict[str, list[int]] = {}
        for number, term in enumerate(terms):
            groups.setdefault(stem(term.decode()), []).append(number)
        ordered = sorted((text.encode(), members) for text, members in groups.items())
        self._lexicon(f"{name}.stems", [text for text, _ in ordered])
        members = [members for _, members in ordered]
        firsts = accumulate(map(len, members), initial=0)
        self.numbers(f"{name}.firsts", array("I", firsts))
        self.numbers(f"{name}.members", array("I", chain.from_iterable(members)))

    def lengths(self, name: str, lengths: array[int]) -> None:
        """Write how many words a field has in each paragraph or article, and in all."""
        self.numbers(f"{name}.lengths", lengths)
        self.numbers(f"{name}.total", array("Q", [sum(lengths)]))

    def articles(self, starts: array[int], days: array[int], keys: array[int]) -> None:
        """Write what is known of each article: its first paragraph, its day, its key."""
        self.numbers("starts", starts)
        self.numbers("days", days)
        self.numbers("keys", keys)
        articles = array("I")
        for number, (start, end) in enumerate(pairwise(starts)):
            articles.extend([number] * (end - start))
        self.numbers("articles", articles)

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
        directory = marshal.dumps(self._directory, _MARSHAL)
        self._file.write(directory)
        self._file.write(_TAIL.pack(self._offset, zlib.crc32(directory), _MAGIC))


def _pack(ids: Sequence[int], frequencies: Sequence[int] | None, positions: Sequence[int]) -> bytes:
    steps = [ids[0], *map(sub, ids[1:], ids)]
    step_width, packed_steps = _narrow(steps)
    often_width, packed_often = _narrow(frequencies) if frequencies else (0, b"")
    place_width, packed_places = _narrow(positions) if positions else (0, b"")
    body = packed_steps + packed_often + packed_places
    header = _POSTINGS.pack(0, len(ids), step_width, often_width, place_width)[4:]
    return zlib.crc32(body, zlib.crc32(header)).to_bytes(4, sys.byteorder) + header + body


def _narrow(numbers: Sequence[int]) -> tuple[int, bytes]:
    """The numbers in as few bytes each as the largest needs, and how many those are."""
    largest = max(numbers)
    width = 1 if largest < 1 << 8 else 2 if largest < 1 << 16 else 4
    return width, array(_WIDTHS[width], numbers).tobytes()


class SegmentFile:
    """A segment's file, open for reading. Every method raises Damaged if it is not as written."""

    def __init__(self, content: mmap.mmap | bytes) -> None:
        self._content = content
        self._view = memoryview(content)
        self._sections: dict[str, memoryview] = {}
        if len(content) < _TAIL.size + len(_MAGIC):
            raise Damaged
        offset, checksum, magic = _TAIL.unpack(self._view[-_TAIL.size :])
        directory = self._view[offset : -_TAIL.size]
        if magic != _MAGIC or zlib.crc32(directory) != checksum:
            raise Damaged
        self._directory: dict[str, tuple[int, int, int]] = marshal.loads(directory)  # noqa: S302

    def close(self) -> None:
        """Let go of the file. What was read stays."""
        for view in [*self._sections.values(), self._view]:
            view.release()
        self._sections.clear()
        if isinstance(self._content, mmap.mmap):
            self._content.close()

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

    def total(self, field: str) -> int:
        """How many words the field has in all."""
        total: int = self.section(f"{field}.total", "Q")[0]
        return total

    def having_key(self, text: str) -> Iterator[int]:
        """The articles that may have the key: a few others can have the same checksum."""
        keys, key = self.section("keys", "I").tolist(), _key(text)
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
        count: int = _POSTINGS.unpack_from(section, start)[1]
        return count

    def postings(self, field: str, word: int) -> Postings:
        """Where a word stands."""
        places = self.section(f"{field}.places", "Q")
        start, end = places[word], places[word + 1]
        record = self.section(f"{field}.postings", checked=False)[start:end]
        checksum, count, step_width, often_width, place_width = _POSTINGS.unpack_from(record)
        if zlib.crc32(record[4:]) != checksum:
            raise Damaged
        often = _POSTINGS.size + count * step_width
        place = often + count * often_width
        return Postings(
            list(accumulate(record[_POSTINGS.size : often].cast(_WIDTHS[step_width]))),
            record[often:place].cast(_WIDTHS[often_width]).tolist() if often_width else None,
            record[place:].cast(_WIDTHS[place_width]) if place_width else (),
        )

    def _find(self, lexicon: str, term: bytes) -> int:
        place = self._place(lexicon, term)
        starts = self.section(f"{lexicon}.starts", "I")
        if place == len(starts) - 1 or self._term(lexicon, place) != term:
            return -1
        return place

    def _place(self, lexicon: str, term: bytes) -> int:
        """The number of the first term that is not before this one."""
        count = len(self.section(f"{lexicon}.starts", "I")) - 1
        return bisect_left(range(count), term, key=lambda place: self._term(lexicon, place))

    def _term(self, lexicon: str, place: int) -> bytes:
        starts = self.section(f"{lexicon}.starts", "I")
        return bytes(self.section(f"{lexicon}.terms")[starts[place] : starts[place + 1] - 1])


def merge(
    fields: Mapping[str, Field],
    segments: Sequence[tuple[SegmentFile, frozenset[int]]],
    file: IO[bytes],
) -> None:
    """Write one segment with the articles of several, in order, without those deleted.

    Memory grows with the number of words, not with the postings and texts.
    """
    parts = [_Part(segment, deleted) for segment, deleted in segments]
    offset = paragraphs = 0
    for part in parts:
        part.shift(offset, paragraphs)
        offset += len(part.kept)
        paragraphs += part.paragraphs
    writer = _Writer(file)
    for name, field in fields.items():
        rows = merge_sorted(
            *(part.rows(number, name) for number, part in enumerate(parts)),
            key=itemgetter(0, 1),
        )
        writer.field(name, field.stemmed, _joined(rows, parts, name, field))
        lengths = array("H")
        for part in parts:
            lengths.extend(part.lengths(name, field))
        writer.lengths(name, lengths)
    starts, days, keys = array("I", [0]), array("I"), array("I")
    for part in parts:
        part.describe(starts, days, keys)
    writer.articles(starts, days, keys)
    writer.texts(chain.from_iterable(part.texts() for part in parts))
    writer.close()


def _joined(
    rows: Iterable[tuple[bytes, int, int]], parts: Sequence[_Part], name: str, field: Field
) -> Iterator[tuple[bytes, Sequence[int], Sequence[int] | None, Sequence[int]]]:
    """The postings of each word from all the parts that have it."""
    term, ids, positions = b"", array("I"), array("I")
    frequencies: array[int] | None = None
    for next_term, number, word in rows:
        if next_term != term:
            if ids:
                yield term, ids, frequencies, positions
            term, ids, frequencies, positions = next_term, array("I"), None, array("I")
        more = parts[number].postings(name, field, word)
        if more.frequencies is not None and frequencies is None:
            frequencies = array("I", [1]) * len(ids)
        ids.extend(more.ids)
        positions.extend(more.positions)
        if frequencies is not None:
            frequencies.extend(more.frequencies or [1] * len(more.ids))
    if ids:
        yield term, ids, frequencies, positions


class _Part:
    """A segment that is merged into another, with the new ids of what it keeps."""

    def __init__(self, segment: SegmentFile, deleted: frozenset[int]) -> None:
        self._segment = segment
        self._deleted = deleted
        self.kept = [number for number in range(segment.articles) if number not in deleted]
        starts = segment.starts
        self.paragraphs = sum(starts[number + 1] - starts[number] for number in self.kept)

    def shift(self, articles: int, paragraphs: int) -> None:
        """Set how many articles and paragraphs come before."""
        self._articles = articles
        self._first = paragraphs
        if not self._deleted:
            return
        starts = self._segment.starts
        self._new_article = {old: articles + new for new, old in enumerate(self.kept)}
        olds = chain.from_iterable(range(starts[n], starts[n + 1]) for n in self.kept)
        self._new_paragraph = {old: paragraphs + new for new, old in enumerate(olds)}

    def rows(self, number: int, name: str) -> Iterator[tuple[bytes, int, int]]:
        """Each word of a field with the part's number and the word's own."""
        terms = bytes(self._segment.section(f"{name}.terms")).split(b"\n")
        return ((term, number, word) for word, term in enumerate(terms[:-1]))

    def postings(self, name: str, field: Field, word: int) -> Postings:
        ids, frequencies, positions = self._segment.postings(name, word)
        if not self._deleted:
            offset = self._articles if field.of_article else self._first
            return Postings([id + offset for id in ids], frequencies, positions)
        new = self._new_article if field.of_article else self._new_paragraph
        often = frequencies or [1] * len(ids)
        kept_ids: list[int] = []
        kept_often: list[int] = []
        kept_positions: list[int] = []
        start = 0
        for id, frequency in zip(ids, often, strict=True):
            if id in new:
                kept_ids.append(new[id])
                kept_often.append(frequency)
                kept_positions += positions[start : start + frequency]
            start += frequency
        return Postings(kept_ids, kept_often if frequencies else None, kept_positions)

    def lengths(self, name: str, field: Field) -> Iterable[int]:
        lengths = self._segment.lengths(name)
        if not self._deleted:
            return lengths
        return map(
            lengths.__getitem__, self._new_article if field.of_article else self._new_paragraph
        )

    def describe(self, starts: array[int], days: array[int], keys: array[int]) -> None:
        """Add what is known of each article."""
        old_starts, old_days = self._segment.starts, self._segment.days
        old_keys = self._segment.section("keys", "I")
        for number in self.kept:
            starts.append(starts[-1] + old_starts[number + 1] - old_starts[number])
            days.append(old_days[number])
            keys.append(old_keys[number])

    def texts(self) -> Iterator[bytes]:
        starts = self._segment.starts
        for number in self.kept:
            for paragraph in range(starts[number], starts[number + 1]):
                yield self._segment.text(paragraph).encode()

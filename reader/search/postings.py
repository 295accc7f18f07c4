"""The postings of terms: words, phrases, unions of terms, exact matches.

They are read a segment at a time, as whole sets and lists, whose operations run in C: ten times as
fast as reading posting by posting. Ids are of paragraphs or of articles,
as the field has; deleted ones are left out. An occurrence is an id and a position in one
integer, as in `reader.index.segment`.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from math import log
from typing import TYPE_CHECKING

from reader.index.segment import Postings, id_of

if TYPE_CHECKING:
    from reader.index.generation import OpenSegment


def idf(total: int, frequency: int) -> float:
    """The inverse document frequency of a term in `frequency` of `total` documents: the weight of
    Robertson and Spärck Jones (1976), in the form that is never negative.
    """
    return log(1 + (total - frequency + 0.5) / (frequency + 0.5))


def phrase_starts(occurrences: Iterable[Iterable[int]]) -> set[int]:
    """The occurrences of a phrase, given those of its words minus their offsets in it."""
    return set.intersection(*map(set, occurrences))


def exact_pattern(text: str) -> re.Pattern[str]:
    """Matches the words of a text in its own spelling, in any case."""
    letters = r"\W+".join(map(re.escape, re.findall(r"\w+", text)))
    return re.compile(rf"(?<!\w){letters}(?!\w)", re.IGNORECASE)


class TermPostings(ABC):
    """The postings of a term in each segment. `length` is the number of its words."""

    length: int

    @property
    @abstractmethod
    def idf(self) -> float:
        """The inverse document frequency."""

    @abstractmethod
    def ids(self, segment: int, within: set[int] | None = None) -> set[int]:
        """The ids in a segment, by its index; with `within`, at least those among them."""

    @abstractmethod
    def frequencies(self, segment: int, ids: Collection[int]) -> dict[int, int]:
        """The term frequency for each of the ids that has the term."""

    @abstractmethod
    def starts(self, segment: int, ids: Collection[int], shift: int = 0) -> Iterable[int]:
        """The occurrences of the first word in the ids, each minus `shift` words."""


class WordPostings(TermPostings):
    """A word in all its forms: for each segment the posting list of each form."""

    length = 1

    def __init__(
        self, lists: Sequence[Sequence[Postings]], deleted: Sequence[frozenset[int]], total: int
    ) -> None:
        self._lists = lists
        self._deleted = deleted
        self._total = total
        self._ids: dict[int, set[int]] = {}

    @property
    def idf(self) -> float:
        return idf(self._total, sum(len(self.ids(n)) for n in range(len(self._lists))))

    def ids(self, segment: int, within: set[int] | None = None) -> set[int]:  # noqa: ARG002
        if segment not in self._ids:
            ids = set().union(*(postings.ids for postings in self._lists[segment]))
            deleted = self._deleted[segment]
            self._ids[segment] = ids - deleted if deleted else ids
        return self._ids[segment]

    def frequencies(self, segment: int, ids: Collection[int]) -> dict[int, int]:
        lists = sorted(self._lists[segment], key=lambda postings: -len(postings.ids))
        frequencies = lists[0].counts(ids) if lists else {}
        for postings in lists[1:]:
            for id, frequency in postings.counts(ids).items():
                frequencies[id] = frequencies.get(id, 0) + frequency
        return frequencies

    def starts(self, segment: int, ids: Collection[int], shift: int = 0) -> Iterable[int]:
        return chain.from_iterable(
            postings.occurrences(ids, shift) for postings in self._lists[segment]
        )


class PhrasePostings(TermPostings):
    """Words in a row, or with at most `slop` further words between them and in any order."""

    def __init__(self, words: Sequence[TermPostings], slop: int) -> None:
        self._words = words
        self._slop = slop
        self.length = len(words)
        # Of whole segments: searches within ids are not kept.
        self._starts: dict[int, Collection[int]] = {}

    @property
    def idf(self) -> float:
        return sum(word.idf for word in self._words)

    def ids(self, segment: int, within: set[int] | None = None) -> set[int]:
        if within is None and segment not in self._starts:
            self._starts[segment] = self._find(segment, self._candidates(segment))
        return set(map(id_of, self._starts_within(segment, within)))

    def frequencies(self, segment: int, ids: Collection[int]) -> dict[int, int]:
        counts = Counter(map(id_of, self._starts_within(segment, set(ids))))
        return {id: frequency for id, frequency in counts.items() if id in ids}

    def starts(self, segment: int, ids: Collection[int], shift: int = 0) -> Iterable[int]:
        starts = self._starts_within(segment, set(ids))
        return (start - shift for start in starts if id_of(start) in ids)

    def _starts_within(self, segment: int, within: set[int] | None) -> Collection[int]:
        """The starts in a segment; with `within`, at least those in these ids."""
        starts = self._starts.get(segment)
        if starts is not None:
            return starts
        candidates = self._candidates(segment)
        return self._find(segment, candidates if within is None else candidates & within)

    def _candidates(self, segment: int) -> set[int]:
        """The ids that have every word."""
        return set.intersection(*(word.ids(segment) for word in self._words))

    def _find(self, segment: int, ids: set[int]) -> Collection[int]:
        if self._slop:
            return self._find_near(segment, ids)
        return phrase_starts(
            word.starts(segment, ids, offset) for offset, word in enumerate(self._words)
        )

    def _find_near(self, segment: int, ids: set[int]) -> list[int]:
        """The first position of each window that has all the words; windows do not overlap."""
        width = len(self._words) + self._slop
        starts: list[int] = []
        latest: dict[int, int] = {}  # the latest occurrence of each word, by its index
        for occurrence, index in sorted(
            (occurrence, index)
            for index, word in enumerate(self._words)
            for occurrence in word.starts(segment, ids)
        ):
            latest[index] = occurrence
            first = min(latest.values())
            if len(latest) < self.length:
                continue
            # In one paragraph, for which the ids in the occurrences cancel out.
            if occurrence - first < width and len(set(latest.values())) == self.length:
                latest.clear()
                starts.append(first)
        return starts


class UnionPostings(TermPostings):
    """Several terms counted as a single term, of `total` documents in `segments` segments."""

    def __init__(self, parts: Sequence[TermPostings], total: int, segments: int) -> None:
        self._parts = parts
        self._total = total
        self._segments = segments
        self.length = parts[0].length

    @property
    def idf(self) -> float:
        return idf(self._total, sum(len(self.ids(n)) for n in range(self._segments)))

    def ids(self, segment: int, within: set[int] | None = None) -> set[int]:
        return set().union(*(part.ids(segment, within) for part in self._parts))

    def frequencies(self, segment: int, ids: Collection[int]) -> dict[int, int]:
        return Counter(map(id_of, self.starts(segment, ids)))

    def starts(self, segment: int, ids: Collection[int], shift: int = 0) -> Iterable[int]:
        # A set: a word with a hyphen and the same without have one position.
        return set().union(*(part.starts(segment, ids, shift) for part in self._parts))


class ExactPostings(TermPostings):
    """An exact match: a term in the spelling of `text`, in any case."""

    def __init__(self, postings: TermPostings, text: str, segments: Sequence[OpenSegment]) -> None:
        self._postings = postings
        self._segments = segments
        self._pattern = exact_pattern(text)
        self.length = postings.length

    @property
    def idf(self) -> float:
        return self._postings.idf

    def ids(self, segment: int, within: set[int] | None = None) -> set[int]:
        text = self._segments[segment].file.text
        ids = self._postings.ids(segment, within)
        candidates = ids if within is None else ids & within
        return {id for id in candidates if self._pattern.search(text(id))}

    def frequencies(self, segment: int, ids: Collection[int]) -> dict[int, int]:
        return self._postings.frequencies(segment, self.ids(segment, set(ids)))

    def starts(self, segment: int, ids: Collection[int], shift: int = 0) -> Iterable[int]:
        return self._postings.starts(segment, self.ids(segment, set(ids)), shift)

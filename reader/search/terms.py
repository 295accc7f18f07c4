"""Where the terms of a query stand: words, phrases, patterns, near spellings, names for one thing.

A term is asked about a segment at a time, by the segment's number, and answers with whole lists:
what Python does to lists and sets runs in C, at ten times the speed of asking for one posting after
another. Ids are of paragraphs or of articles, as the field has them; deleted ones are left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import chain
from math import log
from typing import TYPE_CHECKING, Protocol

from reader.index.schema import FIELDS
from reader.index.segment import Postings, SegmentFile, id_of
from reader.language.tokens import is_cjk_character, is_compound, join_compound, query_tokens, stem
from reader.query.fields import folded_pattern, fuzzy_form
from reader.query.tree import Fuzzy, Phrase, Synonyms, Term, Wildcard

# Which words of a segment, by number, are meant.
Find = Callable[[SegmentFile], Iterable[int]]


if TYPE_CHECKING:
    from reader.index.generation import OpenSegment

    class Standing(Protocol):
        """Where a term stands.

        `length` is the number of its words, `rarity` how much it tells: the logarithm of how many
        times fewer paragraphs or articles have it than there are.
        """

        length: int

        @property
        def rarity(self) -> float: ...

        def ids(self, number: int, within: set[int] | None = None) -> set[int]:
            """The ids in a segment that it stands in; at least those that are within some."""

        def counts(self, number: int, wanted: Collection[int]) -> dict[int, int]:
            """How often it stands in each of the wanted of a segment, where it does."""

        def starts(self, number: int, wanted: Collection[int], step: int = 0) -> Iterable[int]:
            """Where it begins in each of the wanted, moved back by `step` words: occurrences, as in
            `Postings.occurrences`.
            """


class Terms:
    """Finds where terms stand in the segments of an index; remembers it until told to forget."""

    def __init__(self, leaves: Sequence[OpenSegment]) -> None:
        self._leaves = leaves
        self._known: dict[Term, Standing] = {}

    def forget(self) -> None:
        """Let go of what was found."""
        self._known.clear()

    def __getitem__(self, term: Term) -> Standing:
        found = self._known.get(term)
        if found is None:
            found = self._known[term] = self._find(term)
        return found

    def having_stem(self, stem: str) -> tuple[int, int]:
        """In about how many paragraphs and how many articles words with a stem stand: one that has
        several of them counts several times.
        """
        paragraphs = articles = 0
        for leaf in self._leaves:
            for word in leaf.file.words_with_stem("text", stem):
                paragraphs += leaf.file.document_frequency("text", word)
                articles += leaf.file.article_frequency("text", word)
        return paragraphs, articles

    def near(self, form: str, edits: int, field: str = "text") -> dict[str, int]:
        """The words of the corpus at most so many edits away, each with how many."""
        near: dict[str, int] = {}
        for leaf in self._leaves:
            near.update(leaf.file.words_within(field, form, edits))
        return near

    def _find(self, term: Term) -> Standing:
        field = term.field
        if isinstance(term, Synonyms):
            return self._any([self[part] for part in term.parts], field)
        if isinstance(term, Wildcard):
            return self._word(field, _matching(field, term.text))
        if isinstance(term, Fuzzy):
            near = self.near(fuzzy_form(term.text), term.edits, field)
            return self._word(field, lambda file: _numbers(file, field, near))
        found = self._words(term)
        if term.exact:
            return found if FIELDS[field].of_article else _Exact(found, term.text, self._leaves)
        if is_compound(term.text):
            without = self._word(field, _meaning(field, join_compound(term.text)))
            return self._any([found, without], field)
        return found

    def _words(self, term: Phrase) -> Standing:
        field = term.field
        tokens = query_tokens(term.text)
        if len(tokens) == 1 and is_cjk_character(tokens[0].form):
            return self._word(field, _matching(field, tokens[0].form + "*"))
        find = _just if term.exact else _meaning
        words = [self._word(field, find(field, token.form)) for token in tokens]
        return words[0] if len(words) == 1 else _Phrase(words, term.slop)

    def _word(self, field: str, find: Find) -> _Word:
        return _Word(
            [[leaf.file.postings(field, n) for n in find(leaf.file)] for leaf in self._leaves],
            [leaf.deleted_ids(field) for leaf in self._leaves],
            self._total(field),
        )

    def _any(self, parts: Sequence[Standing], field: str) -> _Any:
        return _Any(parts, self._total(field), len(self._leaves))

    def _total(self, field: str) -> int:
        return sum(leaf.document_count(field) for leaf in self._leaves)


def rarity(total: int, having: int) -> float:
    """How much it tells that one of `total` has what `having` of them have: the weight of Robertson
    and Spärck Jones (1976), in the form that is never negative.
    """
    return log(1 + (total - having + 0.5) / (having + 0.5))


class _Word:
    """A word in all its forms: the postings of each, by segment."""

    length = 1

    def __init__(
        self, lists: list[list[Postings]], lacking: list[frozenset[int]], total: int
    ) -> None:
        self._lists = lists
        self._lacking = lacking
        self._total = total
        self._ids: dict[int, set[int]] = {}

    @property
    def rarity(self) -> float:
        return rarity(self._total, sum(len(self.ids(n)) for n in range(len(self._lists))))

    def ids(self, number: int, within: set[int] | None = None) -> set[int]:  # noqa: ARG002
        if number not in self._ids:
            ids = set().union(*(postings.ids for postings in self._lists[number]))
            lacking = self._lacking[number]
            self._ids[number] = ids - lacking if lacking else ids
        return self._ids[number]

    def counts(self, number: int, wanted: Collection[int]) -> dict[int, int]:
        lists = sorted(self._lists[number], key=lambda postings: -len(postings.ids))
        counts = lists[0].counts(wanted) if lists else {}
        for postings in lists[1:]:
            for id, often in postings.counts(wanted).items():
                counts[id] = counts.get(id, 0) + often
        return counts

    def starts(self, number: int, wanted: Collection[int], step: int = 0) -> Iterable[int]:
        return chain.from_iterable(
            postings.occurrences(wanted, step) for postings in self._lists[number]
        )


class _Phrase:
    """Phrase one after the other, or with so many other words among them in any order."""

    def __init__(self, words: Sequence[_Word], slop: int) -> None:
        self._words = words
        self._slop = slop
        self.length = len(words)
        # Of whole segments: where it was looked for within some only is not kept.
        self._found: dict[int, list[int]] = {}

    @property
    def rarity(self) -> float:
        return sum(word.rarity for word in self._words)

    def ids(self, number: int, within: set[int] | None = None) -> set[int]:
        if within is None and number not in self._found:
            self._found[number] = list(self._look(number, self._having_all(number)))
        return set(map(id_of, self._starts(number, within)))

    def counts(self, number: int, wanted: Collection[int]) -> dict[int, int]:
        counts = Counter(map(id_of, self._starts(number, set(wanted))))
        return {id: often for id, often in counts.items() if id in wanted}

    def starts(self, number: int, wanted: Collection[int], step: int = 0) -> Iterable[int]:
        starts = self._starts(number, set(wanted))
        return (start - step for start in starts if id_of(start) in wanted)

    def _starts(self, number: int, within: set[int] | None) -> Iterable[int]:
        known = self._found.get(number)
        if known is not None:
            return known
        common = self._having_all(number)
        return self._look(number, common if within is None else common & within)

    def _having_all(self, number: int) -> set[int]:
        return set.intersection(*(word.ids(number) for word in self._words))

    def _look(self, number: int, wanted: set[int]) -> Iterable[int]:
        if self._slop:
            return self._look_around(number, wanted)
        return set.intersection(
            *(set(word.starts(number, wanted, step)) for step, word in enumerate(self._words))
        )

    def _look_around(self, number: int, wanted: set[int]) -> Iterable[int]:
        """Where all the words stand near enough, each time anew."""
        most = len(self._words) + self._slop
        last: dict[int, int] = {}
        for place, number_of_word in sorted(
            (place, which)
            for which, word in enumerate(self._words)
            for place in word.starts(number, wanted)
        ):
            last[number_of_word] = place
            first = min(last.values())
            if len(last) < self.length:
                continue
            # Of one paragraph: where it is one, the ids in the numbers cancel out.
            if place - first < most and len(set(last.values())) == self.length:
                last.clear()
                yield first


class _Any:
    """Several terms that are counted as one."""

    def __init__(self, parts: Sequence[Standing], total: int, segments: int) -> None:
        self._parts = parts
        self._total = total
        self._segments = segments
        self.length = parts[0].length

    @property
    def rarity(self) -> float:
        return rarity(self._total, sum(len(self.ids(n)) for n in range(self._segments)))

    def ids(self, number: int, within: set[int] | None = None) -> set[int]:
        return set().union(*(part.ids(number, within) for part in self._parts))

    def counts(self, number: int, wanted: Collection[int]) -> dict[int, int]:
        return Counter(map(id_of, self.starts(number, wanted)))

    def starts(self, number: int, wanted: Collection[int], step: int = 0) -> Iterable[int]:
        # A set: a word with a hyphen and the same without stand at the same place.
        return set().union(*(part.starts(number, wanted, step) for part in self._parts))


class _Exact:
    """Phrase of which the text has the very letters, but for case."""

    def __init__(self, words: Standing, text: str, leaves: Sequence[OpenSegment]) -> None:
        self._words = words
        self._leaves = leaves
        self.length = words.length
        letters = r"\W+".join(map(re.escape, re.findall(r"\w+", text)))
        self._pattern = re.compile(rf"(?<!\w){letters}(?!\w)", re.IGNORECASE)

    @property
    def rarity(self) -> float:
        return self._words.rarity

    def ids(self, number: int, within: set[int] | None = None) -> set[int]:
        text = self._leaves[number].file.text
        found = self._words.ids(number, within)
        some = found if within is None else found & within
        return {id for id in some if self._pattern.search(text(id))}

    def counts(self, number: int, wanted: Collection[int]) -> dict[int, int]:
        return self._words.counts(number, self._only(number, wanted))

    def starts(self, number: int, wanted: Collection[int], step: int = 0) -> Iterable[int]:
        return self._words.starts(number, self._only(number, wanted), step)

    def _only(self, number: int, wanted: Collection[int]) -> set[int]:
        return self.ids(number, set(wanted))


def _just(field: str, form: str) -> Find:
    """Finds this word."""
    return lambda file: _numbers(file, field, (form,))


def _meaning(field: str, form: str) -> Find:
    """Finds the words with the stem of this one; where fields have none, this one."""
    if FIELDS[field].stemmed:
        return lambda file: file.words_with_stem(field, stem(form))
    return _just(field, form)


def _numbers(file: SegmentFile, field: str, words: Iterable[str]) -> list[int]:
    return [number for word in words if (number := file.find(field, word)) >= 0]


def _matching(field: str, pattern: str) -> Find:
    """Finds the words of a pattern."""
    beginning = re.split(r"[*?]", folded_pattern(pattern), maxsplit=1)[0]
    if folded_pattern(pattern) == beginning + "*":
        return lambda file: file.words_with_prefix(field, beginning)
    matches = pattern_of(pattern).fullmatch
    return lambda file: [
        number
        for number in file.words_with_prefix(field, beginning)
        if matches(file.word(field, number))
    ]


def pattern_of(text: str) -> re.Pattern[str]:
    """What the forms of the words of a pattern match: `*` is any letters, `?` is one."""
    parts = (
        {"*": ".*", "?": "."}.get(p, re.escape(p))
        for p in re.split(r"([*?])", folded_pattern(text))
    )
    return re.compile("".join(parts), re.DOTALL)

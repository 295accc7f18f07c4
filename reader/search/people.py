"""The people of an index: the names by which speakers are counted."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from reader.index.segment import SPEECH, QuotationRecord
from reader.language.word_lists import LANGUAGE
from reader.quotes.persons.people import is_first_name, is_of_many, merged_names, naming

if TYPE_CHECKING:
    from reader.index.generation import OpenSegment
    from reader.index.segment import SegmentFile


_TITLES = LANGUAGE.words("titles")


class People:
    """Maps the names of an index's speakers to people. Raises Damaged."""

    def __init__(self, segments: Sequence[OpenSegment]) -> None:
        self._segments = segments

    def person(self, name: str) -> str | None:
        """The most used name of the person with a name; None for one that many have: "Bob",
        "Democrats". A first name with a title, "Pope Francis", is one person's.
        """
        person = self._merged.get(name, name)
        if is_of_many(person):
            return None
        return None if is_first_name(person) and person not in self._titled else person

    def namesakes(self, name: str) -> list[str]:
        """All names of the person with a name."""
        person = self._merged.get(name)
        return [other for other, whose in self._merged.items() if whose == person]

    def names_of(self, part: str) -> set[str]:
        """The names that match a partial name, and all names of the same people."""
        is_meant = naming(part)
        people = {person for name, person in self._merged.items() if is_meant(name)}
        return {name for name, person in self._merged.items() if person in people}

    @cached_property
    def _merged(self) -> dict[str, str]:
        """Maps each name to the most used name of the same person."""
        return merged_names(Counter(quotation.speaker for _, quotation in self._speech()))

    @cached_property
    def _titled(self) -> set[str]:
        """The first names alone that an article that quotes them has with a title."""
        return {name for name in self._alone if self._has_title(name)}

    def _has_title(self, name: str) -> bool:
        with_title = re.compile(rf"\b(\w+)\.? {re.escape(name)}\b")
        return any(
            match[1].lower() in _TITLES
            for file, article in self._alone[name]
            for paragraph in range(file.starts[article], file.starts[article + 1])
            for match in with_title.finditer(file.text(paragraph))
        )

    @cached_property
    def _alone(self) -> dict[str, set[tuple[SegmentFile, int]]]:
        """The articles that quote somebody by a first name alone, by this name."""
        articles: defaultdict[str, set[tuple[SegmentFile, int]]] = defaultdict(set)
        for file, quotation in self._speech():
            if is_first_name(quotation.speaker):
                articles[quotation.speaker].add((file, file.article_of[quotation.paragraph]))
        return articles

    def _speech(self) -> Iterator[tuple[SegmentFile, QuotationRecord]]:
        """The speech with a speaker in articles that are not deleted."""
        for segment in self._segments:
            for quotation in segment.file.quotations():
                is_kept = quotation.paragraph not in segment.deleted_paragraphs
                if quotation.kind == SPEECH and quotation.speaker and is_kept:
                    yield segment.file, quotation

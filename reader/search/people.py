"""The people of an index: the names by which speakers are counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from reader.index.segment import SPEECH, QuotationRecord
from reader.language.word_lists import LANGUAGE
from reader.quotes.persons.people import is_first_name, merged_names, naming

if TYPE_CHECKING:
    from reader.index.generation import OpenSegment


_TITLES = LANGUAGE.words("titles")


class People:
    """Maps the names of an index's speakers to people. Raises Damaged."""

    def __init__(self, segments: Sequence[OpenSegment]) -> None:
        self._segments = segments

    def person(self, name: str) -> str | None:
        """The most used name of the person with a name; None for a first name alone, which may be
        anybody's in another article. One with a title, as "Pope Francis", is a name.
        """
        person = self._merged.get(name, name)
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
        return merged_names(Counter(quotation.speaker for quotation in self._speech()))

    @cached_property
    def _titled(self) -> set[str]:
        """The first names alone that an article has with a title."""
        words = (
            (quotation.speaker, quotation.attribution.split())
            for quotation in self._speech()
            if is_first_name(quotation.speaker)
        )
        return {
            name
            for name, attribution in words
            if any(word.strip(".").lower() in _TITLES for word in attribution[:-1])
        }

    def _speech(self) -> Iterator[QuotationRecord]:
        """The speech with a speaker in articles that are not deleted."""
        for segment in self._segments:
            for quotation in segment.file.quotations():
                is_kept = quotation.paragraph not in segment.deleted_paragraphs
                if quotation.kind == SPEECH and quotation.speaker and is_kept:
                    yield quotation

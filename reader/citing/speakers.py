"""Compares the speaker of a claim with that of the corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.quotes.persons.people import naming
from reader.search.people import People

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.index.generation import OpenSegment
    from reader.model.summary import Summary


class SpeakerNames:
    """The names of the speakers of an index. Raises Damaged."""

    def __init__(self, segments: Sequence[OpenSegment]) -> None:
        self._people = People(segments)

    def may_be(self, claimed: str, speaker: str) -> bool:
        """Whether a claim may name a speaker of the corpus, by any name that articles use.

        Words without a speaker may be anybody's, and so may those of "a spokesman for the
        ministry".
        """
        if not speaker or not speaker.split()[-1][:1].isupper():
            return True
        if not any(map(str.isupper, claimed)):
            return True
        return any(
            _may_agree(claimed, name) for name in (speaker, *self._people.namesakes(speaker))
        )


def is_publication(claimed: str, summary: Summary) -> bool:
    """Whether a claim names an article's source or author as the speaker."""
    own = (summary.source, summary.author)
    return any(name and _may_agree(claimed, name) for name in own)


def _may_agree(claimed: str, name: str) -> bool:
    """Whether two names may be one person's: either is a part of the other."""
    return naming(claimed)(name) or naming(name)(claimed)

"""An open index with what a search resolves in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from reader.errors import IndexUnavailable
from reader.index.damage import Damaged
from reader.search.match import Matcher
from reader.search.rank import Ranking
from reader.search.resolve import TermResolver

if TYPE_CHECKING:
    from reader.index.generation import Generation, OpenSegment
    from reader.model.summary import Summary


class OpenIndex:
    """A generation of the index as one search sees it. The postings that the search resolves are
    kept as long as its results are.
    """

    def __init__(self, generation: Generation) -> None:
        self._generation = generation
        self.segments: Sequence[OpenSegment] = generation.segments
        self.resolver = TermResolver(self.segments)
        self.matcher = Matcher(self.segments, self.resolver)
        self.ranking = Ranking(self.segments, self.resolver)

    def summary(self, segment: int, article: int) -> Summary:
        """The summary of an article, given its segment's number and its own there.

        Raises Damaged.
        """
        return self._generation.row(segment, article).summary

    def check_open(self) -> None:
        """Raise ValueError, as for a closed file, if the index was closed."""
        if self._generation.closed:
            raise ValueError("the results cannot be read: their corpus is closed")

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Re-raise index damage as IndexUnavailable. Raises ValueError if the index was closed."""
        self.check_open()
        try:
            yield
        except Damaged as error:
            raise IndexUnavailable(
                "the index is damaged; `reader index --rebuild` makes it again"
            ) from error

"""Reads that recover from index damage."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from typing import Generic, TypeVar

from reader.index.damage import ATTEMPTS, Damaged, damaged_again

Source = TypeVar("Source")
Item = TypeVar("Item")


class RecoveringReader(Generic[Source]):
    """Reads from a `source` in an index; after damage `remake` returns it from a rebuilt index.

    Raises IndexUnavailable if that is damaged too, and what `remake` raises.
    """

    def __init__(self, source: Source, remake: Callable[[Source], Source]) -> None:
        self.source = source
        self._remake = remake

    def read(self, read: Callable[[Source], Item]) -> Item:
        """The result of a function of the source."""
        for _ in range(ATTEMPTS):
            source = self.source
            try:
                return read(source)
            except Damaged:
                self._replace(source)
        raise damaged_again()

    def each(
        self,
        read: Callable[[Source], Iterator[Item]],
        key: Callable[[Item], Hashable],
        limit: int = 0,
    ) -> Iterator[Item]:
        """The items that a function of the source yields, at most `limit` of them unless that is 0.

        After damage they are read again, and those yielded before, by their `key`, are skipped.
        """
        seen: set[Hashable] = set()
        for _ in range(ATTEMPTS):
            source = self.source
            try:
                for item in read(source):
                    before = len(seen)
                    seen.add(key(item))
                    if len(seen) > before:
                        yield item
                        if len(seen) == limit:
                            return
                return
            except Damaged:
                self._replace(source)
        raise damaged_again()

    def _replace(self, damaged: Source) -> None:
        if self.source is damaged:  # else another read has replaced it already
            self.source = self._remake(damaged)

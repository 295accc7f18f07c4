"""Reads that recover from index damage."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
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
        key: Callable[[Item], str],
        limit: int = 0,
    ) -> Iterator[Item]:
        """The items that a function of the source yields, at most `limit` of them unless that is 0.

        After damage they are read again, and those yielded before, by their `key`, are skipped.
        (Keys are strings: many tuples would make much work for the garbage collector.)
        """
        seen: set[str] = set()
        for _ in range(ATTEMPTS):
            source = self.source
            left = limit - len(seen) if limit else None
            try:
                items = read(source)
                if seen:
                    items = (item for item in items if key(item) not in seen)
                for item in islice(items, left):
                    seen.add(key(item))
                    yield item
                return
            except Damaged:
                self._replace(source)
        raise damaged_again()

    def _replace(self, damaged: Source) -> None:
        if self.source is damaged:  # else another read has replaced it already
            self.source = self._remake(damaged)

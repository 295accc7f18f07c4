"""Reads that are whole although the index turns out to be damaged in the middle of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Generic, TypeVar

from reader.index.damage import ATTEMPTS, Damaged, damaged_again

Source = TypeVar("Source")
Item = TypeVar("Item")


class Mended(Generic[Source]):
    """What is read of an index, its `source`; `remake` gives the same of the index made again.

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
        """The items that a function of the source gives, at most `limit` of them unless that is 0.

        After damage they are read again, and those given already, by their `key`, passed over.
        (Keys are strings: of many tuples, the garbage collector would make long work.)
        """
        given: set[str] = set()
        for _ in range(ATTEMPTS):
            source = self.source
            left = limit - len(given) if limit else None
            try:
                items = read(source)
                if given:
                    items = (item for item in items if key(item) not in given)
                for item in islice(items, left):
                    given.add(key(item))
                    yield item
                return
            except Damaged:
                self._replace(source)
        raise damaged_again()

    def _replace(self, damaged: Source) -> None:
        if self.source is damaged:  # else another read has met the damage first
            self.source = self._remake(damaged)

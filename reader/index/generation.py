"""Opens a generation of the index on disk, and reads what it holds."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Collection, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from whoosh.filedb.filestore import FileStorage

from reader.index.codec import Segment, open_segment
from reader.index.damage import Damaged
from reader.index.manifest import (
    ArticleRow,
    ArticleRows,
    Manifest,
    latest_generation,
    live_rows,
    load_manifest,
    load_rows,
    toc_path,
)
from reader.index.schema import FIELDS

if TYPE_CHECKING:
    from reader.index.segment import SegmentFile

# Rows kept in memory by a generation.
_MOST_ROWS = 10_000


class OpenSegment(NamedTuple):
    """An open segment: `deleted` are the articles and `gone` the paragraphs that do not count.

    `id_of` gives an article's id.
    """

    file: SegmentFile
    deleted: frozenset[int]
    gone: frozenset[int]
    id_of: Callable[[int], str]

    def lacking(self, field: str) -> frozenset[int]:
        """The ids of a field that do not count."""
        return self.deleted if FIELDS[field].of_article else self.gone

    def paragraphs_of(self, articles: Collection[int]) -> set[int]:
        """The paragraphs of articles."""
        starts = self.file.starts
        return set(chain.from_iterable(range(starts[n], starts[n + 1]) for n in articles))

    def live(self, field: str) -> int:
        """How many ids of a field count."""
        every = self.file.articles if FIELDS[field].of_article else self.file.paragraphs
        return every - len(self.lacking(field))


class Generation:
    """An open generation of the index.

    `keep` is an object that must live as long as it does. Raises Damaged, OSError.
    """

    def __init__(self, folder: Path, number: int, keep: object = None) -> None:
        self.number = number
        self.manifest: Manifest = load_manifest(folder, number)
        if zlib.crc32(toc_path(folder, number).read_bytes()) != self.manifest.toc_checksum:
            raise Damaged
        self._keep = keep
        self.closed = False
        self._folder = folder
        self._rows: dict[int, ArticleRows] = {}
        # An article is asked for by its hits and their ties one after the other.
        self._known_rows: dict[tuple[int, int], ArticleRow] = {}
        storage = FileStorage(str(folder), readonly=True)
        self.segments: Sequence[OpenSegment] = [
            self._segment(place, storage, Segment(part))
            for place, part in enumerate(self.manifest.parts)
        ]

    def _segment(self, number: int, storage: FileStorage, segment: Segment) -> OpenSegment:
        file, part = open_segment(storage, segment), segment.part
        gone: frozenset[int] = frozenset()
        if part.deleted:
            starts = file.starts
            spans = (range(starts[n], starts[n + 1]) for n in part.deleted)
            gone = frozenset(chain.from_iterable(spans))
        return OpenSegment(file, part.deleted, gone, lambda n: self.row(number, n).summary.id)

    @property
    def articles(self) -> int:
        """The number of articles in the index."""
        return sum(part.articles - len(part.deleted) for part in self.manifest.parts)

    @property
    def paragraphs(self) -> int:
        """The number of paragraphs in the index."""
        return sum(segment.file.paragraphs - len(segment.gone) for segment in self.segments)

    def close(self) -> None:
        self.closed = True
        for segment in self.segments:
            segment.file.close()

    def row(self, number: int, article: int) -> ArticleRow:
        """The row of an article, by its number in a segment. Raises Damaged."""
        known = self._known_rows.get((number, article))
        if known is None:
            rows = self._rows.get(number)
            if rows is None:
                rows = self._rows[number] = load_rows(self._folder, self.manifest.parts[number])
            if len(self._known_rows) >= _MOST_ROWS:
                self._known_rows.clear()
            known = self._known_rows[number, article] = rows[article]
        return known

    def rows(self) -> list[ArticleRow]:
        """The row of each article in the index. Raises Damaged."""
        parts = self.manifest.parts
        return [row for part in parts for _, row in live_rows(self._folder, part)]

    def verify(self) -> None:
        """Read every byte of the index once. Raises Damaged."""
        for number, (segment, part) in enumerate(
            zip(self.segments, self.manifest.parts, strict=True)
        ):
            segment.file.verify()
            if (segment.file.articles, segment.file.paragraphs) != (part.articles, part.paragraphs):
                raise Damaged
            rows = load_rows(self._folder, self.manifest.parts[number])
            for article in range(len(rows)):
                rows[article]


def open_latest(
    folder: Path, accept: Callable[[Generation], bool] = lambda _: True
) -> Generation | None:
    """The latest generation that can be read and that `accept` takes; None if there is none.

    Another process may replace a generation while it is opened: then there is a newer one.
    """
    before = -1
    while (number := latest_generation(folder)) > before:
        before = number
        try:
            generation = Generation(folder, number)
        except (Damaged, OSError):
            continue
        if accept(generation):
            return generation
        generation.close()
    return None

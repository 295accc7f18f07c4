"""Opens a generation of the index on disk, and reads what it holds."""

from __future__ import annotations

import mmap
import os
import zlib
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import NamedTuple

from whoosh.filedb.filestore import FileStorage

from reader.index.damage import Damaged
from reader.index.manifest import (
    ArticleRow,
    ArticleRows,
    Manifest,
    SegmentInfo,
    latest_generation,
    live_rows,
    load_manifest,
    load_rows,
    toc_path,
)
from reader.index.segment import SUFFIX, SegmentFile
from reader.query.fields import FIELDS

# Rows kept in memory by a generation.
_MOST_ROWS = 10_000


class OpenSegment(NamedTuple):
    """An open segment with its deleted articles and paragraphs; `id_of` gives an article's id."""

    file: SegmentFile
    deleted_articles: frozenset[int]
    deleted_paragraphs: frozenset[int]
    id_of: Callable[[int], str]

    def deleted_ids(self, field: str) -> frozenset[int]:
        """The ids of a field that are deleted."""
        return self.deleted_articles if FIELDS[field].of_article else self.deleted_paragraphs

    def paragraphs_of(self, articles: Collection[int]) -> set[int]:
        """The paragraphs of articles."""
        return set(self.file.paragraphs_of(articles))

    def document_count(self, field: str) -> int:
        """The number of ids of a field that are not deleted."""
        total = self.file.articles if FIELDS[field].of_article else self.file.paragraphs
        return total - len(self.deleted_ids(field))


class Generation:
    """An open generation of the index.

    `keep` is an object that must live as long as it does. Raises Damaged.
    """

    def __init__(self, folder: Path, number: int, keep: object = None) -> None:
        self.number = number
        self.manifest: Manifest = load_manifest(folder, number)
        if _checksum(toc_path(folder, number)) != self.manifest.toc_checksum:
            raise Damaged("the table of contents")
        self._keep = keep
        self.closed = False
        self._folder = folder
        self._rows: dict[int, ArticleRows] = {}
        # An article is looked up for each of its hits and ties, one after the other.
        self._cached_rows: dict[tuple[int, int], ArticleRow] = {}
        storage = FileStorage(str(folder), readonly=True)
        self.segments: Sequence[OpenSegment] = [
            self._open(index, storage, info) for index, info in enumerate(self.manifest.segments)
        ]

    def _open(self, index: int, storage: FileStorage, info: SegmentInfo) -> OpenSegment:
        file = open_segment(storage, info.name)
        deleted = frozenset(file.paragraphs_of(info.deleted)) if info.deleted else frozenset()
        return OpenSegment(file, info.deleted, deleted, lambda n: self.row(index, n).summary.id)

    @property
    def articles(self) -> int:
        """The number of articles in the index."""
        return sum(info.articles - len(info.deleted) for info in self.manifest.segments)

    @property
    def paragraphs(self) -> int:
        """The number of paragraphs in the index."""
        return sum(
            segment.file.paragraphs - len(segment.deleted_paragraphs) for segment in self.segments
        )

    def close(self) -> None:
        """Close the files of the segments."""
        self.closed = True
        for segment in self.segments:
            segment.file.close()

    def row(self, segment: int, article: int) -> ArticleRow:
        """The row of an article, by the index of its segment and its number there. Raises
        Damaged.
        """
        row = self._cached_rows.get((segment, article))
        if row is None:
            rows = self._rows.get(segment)
            if rows is None:
                rows = load_rows(self._folder, self.manifest.segments[segment])
                self._rows[segment] = rows
            if len(self._cached_rows) >= _MOST_ROWS:
                self._cached_rows.clear()
            row = rows[article]
            path = os.path.join(self.manifest.root, row.path)
            row = row._replace(summary=row.summary._replace(path=path))
            self._cached_rows[segment, article] = row
        return row

    def rows(self) -> list[ArticleRow]:
        """The row of each article in the index. Raises Damaged."""
        return [row for info in self.manifest.segments for _, row in live_rows(self._folder, info)]

    def verify(self) -> None:
        """Read every byte of the index once. Raises Damaged."""
        for segment, info in zip(self.segments, self.manifest.segments, strict=True):
            segment.file.verify()
            if (segment.file.articles, segment.file.paragraphs) != (info.articles, info.paragraphs):
                raise Damaged(f"{info.name} has other numbers of articles and paragraphs")
            rows = load_rows(self._folder, info)
            for article in range(len(rows)):
                rows[article]


def open_segment(storage: FileStorage, name: str) -> SegmentFile:
    """The file of a segment, mapped. Raises Damaged."""
    try:
        with storage.open_file(name + SUFFIX) as file:
            content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:  # ValueError: an empty file cannot be mapped
        raise Damaged(f"{name}{SUFFIX}: {error}") from error
    return SegmentFile(content)


def open_latest(
    folder: Path, accept: Callable[[Generation], bool] = lambda _: True
) -> Generation | None:
    """The latest generation that can be read and that `accept` accepts; None if there is none.

    Another process may replace a generation while it is opened: then there is a newer one.
    """
    before = -1
    while (number := latest_generation(folder)) > before:
        before = number
        try:
            generation = Generation(folder, number)
        except Damaged:
            continue
        if accept(generation):
            return generation
        generation.close()
    return None


def _checksum(path: Path) -> int:
    try:
        return zlib.crc32(path.read_bytes())
    except OSError as error:
        raise Damaged(f"{path.name}: {error}") from error

"""Opens and reads a generation of the index on disk."""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import NamedTuple

from reader.index.damage import Damaged, StoredFile, read_stored
from reader.index.manifest import (
    ArticleRow,
    ArticleRows,
    Manifest,
    SegmentInfo,
    latest_generation,
    load_manifest,
    open_rows,
    toc_path,
)
from reader.index.segment import SUFFIX, SegmentFile
from reader.query.fields import FIELDS

# Rows kept in memory by a generation.
_MOST_ROWS = 10_000


class OpenSegment(NamedTuple):
    """An open segment, with the rows of its articles, and its deleted articles and paragraphs."""

    file: SegmentFile
    rows: ArticleRows
    deleted_articles: frozenset[int]
    deleted_paragraphs: frozenset[int]

    def id_of(self, article: int) -> str:
        """The id of an article."""
        return self.rows[article].summary.id

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
    """An open generation of the index. Raises Damaged."""

    def __init__(self, folder: Path, id: int) -> None:
        self.folder = folder
        self.id = id
        self.manifest: Manifest = load_manifest(folder, id)
        if zlib.crc32(read_stored(toc_path(folder, id))) != self.manifest.toc_checksum:
            raise Damaged("the table of contents")
        self.closed = False
        self._removal: Callable[[], object] | None = None
        # An article is looked up for each of its hits and ties in turn.
        self._cached_rows: dict[tuple[int, int], ArticleRow] = {}
        # All files are opened at once, as another process may replace the generation.
        self.segments: Sequence[OpenSegment] = [
            _open(folder, info) for info in self.manifest.segments
        ]

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
            segment.rows.close()
        if self._removal:
            self._removal()

    def remove_when_closed(self, folder: Path) -> None:
        """Remove a folder when this is closed or no longer used."""
        # Imported here: an index in the cache does not need it.
        from shutil import rmtree
        from weakref import finalize

        self._removal = finalize(self, rmtree, folder, ignore_errors=True)

    def row(self, segment: int, article: int) -> ArticleRow:
        """The row of an article, by the index of its segment and its id there. Raises
        Damaged.
        """
        row = self._cached_rows.get((segment, article))
        if row is None:
            if len(self._cached_rows) >= _MOST_ROWS:
                self._cached_rows.clear()
            row = self.segments[segment].rows[article]
            path = os.path.join(self.manifest.root, row.path)
            row = row._replace(summary=row.summary._replace(path=path))
            self._cached_rows[segment, article] = row
        return row

    def warnings(self) -> list[tuple[str, str]]:
        """What was not understood, each with the id of its article. Raises Damaged."""
        rows = sorted((row for row in self.rows() if row.warnings), key=lambda row: row.order)
        return [(row.summary.id, warning) for row in rows for warning in row.warnings]

    def rows(self) -> list[ArticleRow]:
        """The row of each article in the index. Raises Damaged."""
        return [row for segment in self.segments for _, row in segment.rows.live()]

    def verify(self) -> None:
        """Read every byte of the index once. Raises Damaged."""
        for segment, info in zip(self.segments, self.manifest.segments, strict=True):
            segment.file.verify()
            if (segment.file.articles, segment.file.paragraphs) != (info.articles, info.paragraphs):
                raise Damaged(f"{info.name} has counts that differ from the manifest")
            for article in range(len(segment.rows)):
                segment.rows[article]


def _open(folder: Path, info: SegmentInfo) -> OpenSegment:
    file = open_segment(folder, info.name)
    deleted = frozenset(file.paragraphs_of(info.deleted)) if info.deleted else frozenset()
    return OpenSegment(file, open_rows(folder, info), info.deleted, deleted)


def open_segment(folder: Path, name: str) -> SegmentFile:
    """The file of a segment. Raises Damaged."""
    return SegmentFile(StoredFile(folder / f"{name}{SUFFIX}"))


def open_latest(
    folder: Path, accept: Callable[[Generation], bool] = lambda _: True
) -> Generation | None:
    """The latest readable generation that `accept` accepts; None if there is none.

    If another process replaces a generation while it is opened, the newer one is tried.
    """
    before = -1
    while (id := latest_generation(folder)) > before:
        before = id
        try:
            generation = Generation(folder, id)
        except Damaged:
            continue
        if accept(generation):
            return generation
        generation.close()
    return None

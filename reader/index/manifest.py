"""The records of a corpus beside the index, which tell the files that must be read again.

Each generation of the index, which Whoosh numbers, has two files: `manifest_N` lists what the
generation holds, `files_N` the statuses of the corpus's files. Each segment has
`SEGMENT.articles`, a row for each of its articles. They are marshalled, which Python reads ten
times as fast as JSON, and carry checksums, as marshal does not notice damage.
"""

from __future__ import annotations

import marshal
import os
import re
import time
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from itertools import accumulate, pairwise
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from reader.files.listing import FileStatus, SkippedFile
from reader.files.private import clear, create_private, replace_private, why_distrusted
from reader.files.statuses import matches_stored, packed_listing, unpack_statuses
from reader.files.write import TEMPORARY
from reader.index.damage import Damaged, StoredFile, read_stored
from reader.model.dates import date_of, day_number
from reader.model.summary import Summary

if TYPE_CHECKING:
    from reader.files.folder import Folder

INDEX_NAME = "MAIN"
_TOC = re.compile(rf"_{INDEX_NAME}_(\d+)\.toc")

# A version of marshal's format that every Python since 3.4 reads.
_MARSHAL = 4
# Increased when the layout of these files changes: checksums begin with it, so that a file of
# another layout counts as damaged.
_LAYOUT = 5


class SegmentInfo(NamedTuple):
    """A segment of a generation: its name, the numbers of articles and paragraphs in its files, and
    the deleted articles, counted from 0.
    """

    name: str
    articles: int
    paragraphs: int
    deleted: frozenset[int] = frozenset()


class Manifest(NamedTuple):
    """The content of a generation of the index.

    `version` is that of the rules, `root` the corpus's real path. It is `complete` if it holds the
    whole corpus, and `usable` if a complete index was committed: the first one in the making is
    not. `toc_checksum` is the CRC-32 of Whoosh's table of contents.
    """

    version: str
    root: str
    segments: tuple[SegmentInfo, ...] = ()
    refusals: tuple[SkippedFile, ...] = ()
    complete: bool = True
    usable: bool = True
    toc_checksum: int = 0


class ArticleRow(NamedTuple):
    """An article of a segment: its file, the digests of the file's content and of the article's
    text, its number among the file's articles, 0 if it is the only one, what in it was not
    understood, and its summary.
    """

    path: str
    digest: bytes
    text_digest: bytes
    number: int
    warnings: tuple[str, ...]
    summary: Summary

    @property
    def file_id(self) -> str:
        """The id of the article's file."""
        return _file_id(self.summary.id, self.number)

    @property
    def order(self) -> tuple[str, int]:
        """The sort key of the article's id: the articles of a file are in its order."""
        return self.file_id, self.number


def _file_id(id: str, number: int) -> str:
    return id[: id.rindex("/")] if number else id


class IndexedFile(NamedTuple):
    """The articles of a file in a segment, counted from 0: the file's path and id, the digest of
    its content.
    """

    articles: range
    path: str
    id: str
    digest: bytes


def index_folder(cache: Path, root: str) -> Path:
    """The folder of the index of the corpus with this real path."""
    name = re.sub(r"[^A-Za-z0-9]+", "-", os.path.basename(root))[:40].strip("-") or "corpus"
    # A checksum, not a cryptographic hash: loading hashlib costs 10 ms of every search. Should
    # two corpora ever share one, their manifests differ, and each search rebuilds the index.
    return cache / "index" / f"{name}-{zlib.crc32(os.fsencode(root)):08x}"


def why_not_used(folder: Path) -> str | None:
    """Why the folder of an index cannot be trusted; None if it can."""
    return why_distrusted(folder.parent.parent, folder.parent.name, folder.name)


def latest_generation(folder: Path) -> int:
    """The generation of the index in a cache folder; -1 if there is none, or it is not trusted."""
    try:
        names = os.listdir(folder)
    except OSError:
        return -1
    if why_not_used(folder) is not None:
        return -1
    return max((int(match[1]) for match in map(_TOC.fullmatch, names) if match), default=-1)


def toc_path(folder: Path, generation: int) -> Path:
    """The path of Whoosh's table of contents of a generation."""
    return folder / f"_{INDEX_NAME}_{generation}.toc"


def manifest_path(folder: Path, generation: int) -> Path:
    """The path of the manifest of a generation."""
    return folder / f"manifest_{generation}"


def load_manifest(folder: Path, generation: int) -> Manifest:
    """The manifest of a generation. Raises Damaged."""
    version, root, segments, refusals, *rest = _load(manifest_path(folder, generation))
    return Manifest(
        version,
        root,
        tuple(SegmentInfo(*segment) for segment in segments),
        tuple(SkippedFile(*refusal) for refusal in refusals),
        *rest,
    )


def save_manifest(folder: Path, generation: int, manifest: Manifest) -> None:
    """Save the manifest of a generation, whole or not at all. Raises OSError."""
    segments = [tuple(segment) for segment in manifest.segments]
    refusals = [tuple(refusal) for refusal in manifest.refusals]
    stored = (*manifest[:2], segments, refusals, *manifest[4:])
    _save(manifest_path(folder, generation), stored)


def save_statuses(folder: Path, generation: int, corpus: Folder) -> None:
    """Save the file statuses of the listing. Raises OSError."""
    stored = (corpus.root, corpus.has_plain_ids, *packed_listing(corpus))
    _save(folder / f"files_{generation}", stored)


class Statuses(NamedTuple):
    """The statuses of a corpus's files by path, and whether their ids were plain."""

    files: Mapping[str, FileStatus] = MappingProxyType({})
    has_plain_ids: bool = False


def load_statuses(folder: Path, generation: int) -> Statuses:
    """The file statuses of a generation. Raises Damaged."""
    _, has_plain_ids, _, files, _ = _load(folder / f"files_{generation}")
    return Statuses(unpack_statuses(files), has_plain_ids)


def has_many(folder: Path, generation: int) -> bool:
    """Whether checking its files is worth a prefetch."""
    try:
        return os.stat(folder / f"files_{generation}").st_size > _MANY_BYTES
    except OSError:
        return False


# The size for a few hundred files.
_MANY_BYTES = 16 * 1024


def is_unchanged(folder: Path, generation: int, root: str) -> bool:
    """Whether the statuses of the corpus's folders and files are those of a generation."""
    try:
        walked, _, *stored = _load(folder / f"files_{generation}")
    except Damaged:
        return False
    return bool(walked == root) and matches_stored(root, *stored)


def save_rows(path: Path, rows: Iterable[ArticleRow]) -> None:
    """Save the rows of a segment. Raises OSError."""
    stored = [marshal.dumps(_marshalled(row), _MARSHAL) for row in rows]
    lengths = accumulate(map(len, stored), initial=0)
    starts = array("I", lengths).tobytes()
    checksums = array("I", map(zlib.crc32, stored)).tobytes()
    header = array("I", [len(stored), _checksum(starts + checksums)]).tobytes()
    with create_private(path) as file:
        file.writelines([header, starts, checksums, *stored])


# Rows that are read one by one: for more, all are.
_FEW_ROWS = 1_000


class ArticleRows:
    """The rows of a segment; `deleted` are its deleted articles. Raises Damaged."""

    def __init__(self, file: StoredFile, count: int, deleted: frozenset[int]) -> None:
        self._file = file
        self._count = count
        self._first = 8 + 4 * (2 * count + 1)
        self._deleted = deleted
        self._read = 0

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, article: int) -> ArticleRow:
        start, end = self._numbers[article], self._numbers[article + 1]
        self._read += 1
        stored = (
            self._file.read(self._first + start, end - start)
            if self._read < _FEW_ROWS
            else self._all[start:end]
        )
        path, digest, text, number, warnings, *summary = _loaded(
            stored, self._numbers[self._count + 1 + article]
        )
        date = date_of(summary[6])
        return ArticleRow(
            path,
            digest,
            text,
            number,
            warnings,
            Summary._make([*summary[:6], date, *summary[7:], None]),
        )

    @cached_property
    def _numbers(self) -> memoryview:
        """The offsets of the rows and of their end, then their checksums."""
        count, checksum = array("I", self._file.read(0, 8))
        table = self._file.read(8, self._first - 8)
        if count != self._count or _checksum(table) != checksum:
            raise Damaged("the table of the rows of a segment")
        return memoryview(table).cast("I")

    @cached_property
    def _all(self) -> memoryview:
        """All the rows, one after the other."""
        return memoryview(self._file.read(self._first, self._numbers[self._count]))

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def live(self) -> Iterator[tuple[int, ArticleRow]]:
        """The rows of the live articles, each with its article."""
        return ((n, self[n]) for n in range(self._count) if n not in self._deleted)

    def files(self) -> Iterator[IndexedFile]:
        """The files of the live articles: five times as fast as whole rows.

        The articles of a file follow each other, and are deleted together.
        """
        bounds = self._numbers[: self._count + 1].tolist()
        checksums = self._numbers[self._count + 1 :].tolist()
        stored = self._all
        first, last = 0, None
        for article, (start, end) in enumerate(pairwise(bounds)):
            if article in self._deleted:
                continue
            path, digest, _, number, _, id, *_ = _loaded(stored[start:end], checksums[article])
            if last is not None and last[0] != path:
                yield IndexedFile(range(first, last[3]), *last[:3])
                last = None
            if last is None:
                first = article
            last = path, _file_id(id, number), digest, article + 1
        if last is not None:
            yield IndexedFile(range(first, last[3]), *last[:3])


def _loaded(stored: bytes | memoryview, checksum: int) -> Any:
    if zlib.crc32(stored) != checksum:
        raise Damaged("a row of a segment")
    return marshal.loads(stored)  # noqa: S302 - our own, and checked


def _marshalled(row: ArticleRow) -> Any:
    """A row in types that marshal writes, without the path of the summary, which depends on the
    location of the corpus.
    """
    summary = row.summary
    return (*row[:-1], *summary[:6], day_number(summary.date), *summary[7:-1])


def rows_path(folder: Path, segment: str) -> Path:
    """The path of the rows of a segment, by its name."""
    return folder / f"{segment}.articles"


def open_rows(folder: Path, segment: SegmentInfo) -> ArticleRows:
    """The rows of a segment. Raises Damaged."""
    file = StoredFile(rows_path(folder, segment.name))
    return ArticleRows(file, segment.articles, segment.deleted)


def remove_others(folder: Path, generation: int, segments: Iterable[SegmentInfo]) -> None:
    """Remove the files of other generations and segments, and partial files of killed processes."""
    kept = {str(generation), *(segment.name for segment in segments)}
    for path in folder.iterdir():
        match = _FILE.fullmatch(path.name)
        left = path.name.startswith(TEMPORARY) and _age(path) > _ABANDONED
        if left or (match and match[match.lastindex or 0] not in kept):
            with suppress(OSError):  # on Windows, another process has it open
                clear(path)
                path.unlink(missing_ok=True)


# A file of a generation, or of a segment.
_FILE = re.compile(rf"(?:manifest_|files_|_{INDEX_NAME}_)(\d+)(?:\.toc)?|({INDEX_NAME}_\w+)\.\w+")

# Seconds after which no process can still be writing a file.
_ABANDONED = 3600


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return 0.0


def _save(path: Path, value: Any) -> None:
    content = marshal.dumps(value, _MARSHAL)
    replace_private(path, _checksum(content).to_bytes(4, "big") + content)


def _load(path: Path) -> Any:
    content = memoryview(read_stored(path))
    if _checksum(content[4:]) != int.from_bytes(content[:4], "big") or len(content) < 5:
        raise Damaged(path.name)
    return marshal.loads(content[4:])  # noqa: S302 - our own, and checked


def _checksum(content: bytes | memoryview) -> int:
    return zlib.crc32(content, _LAYOUT)

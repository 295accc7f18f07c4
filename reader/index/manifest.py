"""What is known of a corpus without reading it again: files beside the index, in the cache.

Each generation of the index, which Whoosh numbers, has two: `manifest_N` tells what the generation
holds, `files_N` what the corpus's files looked like. Each segment has one, `SEGMENT.articles`: a
row for each of its articles. They are marshalled, which Python reads ten times as fast as JSON, and
carry checksums, as marshal does not notice damage.
"""

from __future__ import annotations

import marshal
import mmap
import os
import re
import time
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate, chain, pairwise
from operator import attrgetter, itemgetter
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from reader.errors import UnreadableFile
from reader.files.folder import CHANGED, FileStatus, Folder, SkippedFile, file_status
from reader.files.write import TEMPORARY, write_whole
from reader.index.damage import Damaged
from reader.model.summary import Summary, summarize

# Nanoseconds. A file written this shortly before it was looked at could be written again without
# its times moving: their granularity is up to 4 ms on Linux file systems, 2 s on FAT.
_RACY = 2_000_000_000

_TOC = re.compile(r"_MAIN_(\d+)\.toc")

# This version of marshal's format is known to every Python from 3.4 on.
_MARSHAL = 4
# Raised when the files here get other contents: checksums begin with it, so that files of another
# layout are no more read than damaged ones.
_LAYOUT = 2

# For what cannot be looked at, and for what must be looked at again.
_NO_STATUS = (-1, -1)


class SegmentInfo(NamedTuple):
    """A segment of a generation: its name, how many articles and paragraphs are in its files, and
    which articles (by number, from 0) no longer count.
    """

    segment: str
    articles: int
    paragraphs: int
    deleted: frozenset[int] = frozenset()


class Manifest(NamedTuple):
    """What a generation of the index holds.

    `version` is of the rules that it was made by, `root` the corpus's real path. It is `complete`
    if it holds all that the corpus had, and `usable` if its answers were true once: one in the
    making is not. `toc_checksum` is the CRC-32 of Whoosh's table of contents.
    """

    version: str
    root: str
    parts: tuple[SegmentInfo, ...] = ()
    refusals: tuple[SkippedFile, ...] = ()
    complete: bool = True
    usable: bool = True
    toc_checksum: int = 0


class ArticleRow(NamedTuple):
    """An article of a segment: its file, the digests of the file's content and of the article's
    text, and its summary.
    """

    path: str
    digest: bytes
    text_digest: bytes
    summary: Summary


class IndexedFile(NamedTuple):
    """An article by its number in its segment: its file, its id, the digest of the content."""

    number: int
    path: str
    id: str
    digest: bytes


def index_folder(cache: Path, root: str) -> Path:
    """The folder of the index of the corpus with this real path."""
    name = re.sub(r"[^A-Za-z0-9]+", "-", os.path.basename(root))[:40].strip("-") or "corpus"
    # A checksum, not a cryptographic hash: loading hashlib costs 10 ms of every search. Should
    # two corpora ever share one, their manifests differ, and each search makes the index anew.
    return cache / "index" / f"{name}-{zlib.crc32(os.fsencode(root)):08x}"


def latest_generation(folder: Path) -> int:
    """The generation of the index in a cache folder; -1 if there is none."""
    try:
        names = os.listdir(folder)
    except OSError:
        return -1
    return max((int(match[1]) for match in map(_TOC.fullmatch, names) if match), default=-1)


def toc_path(folder: Path, generation: int) -> Path:
    """Where Whoosh's table of contents of a generation is."""
    return folder / f"_MAIN_{generation}.toc"


def load_manifest(folder: Path, generation: int) -> Manifest:
    """The manifest of a generation. Raises Damaged."""
    version, root, parts, refusals, *rest = _load(folder / f"manifest_{generation}")
    return Manifest(
        version,
        root,
        tuple(SegmentInfo(*part) for part in parts),
        tuple(SkippedFile(*refusal) for refusal in refusals),
        *rest,
    )


def save_manifest(folder: Path, generation: int, manifest: Manifest) -> None:
    """Save the manifest of a generation, whole or not at all. Raises OSError."""
    parts = [tuple(part) for part in manifest.parts]
    refusals = [tuple(refusal) for refusal in manifest.refusals]
    stored = (*manifest[:2], parts, refusals, *manifest[4:])
    _save(folder / f"manifest_{generation}", stored)


def save_statuses(folder: Path, generation: int, corpus: Folder) -> None:
    """Save how the corpus's files looked when they were listed. Raises OSError."""
    listing = corpus.listing
    racy = listing.began - _RACY
    refused = [refusal.path for refusal in listing.skipped]
    refusals = dict(zip(refused, _looked_at(corpus.root, refused), strict=True))
    stored = []
    for statuses in (listing.folders, listing.statuses, refusals):
        new = (path for path, (_, changed) in statuses.items() if changed > racy)
        stored.append(pack_statuses({**statuses, **dict.fromkeys(new, _NO_STATUS)}))
    _save(folder / f"files_{generation}", (corpus.root, corpus.has_plain_ids, *stored))


class Statuses(NamedTuple):
    """How a corpus's files looked, by path, and whether their ids were plain."""

    files: Mapping[str, FileStatus] = MappingProxyType({})
    has_plain_ids: bool = False


def load_statuses(folder: Path, generation: int) -> Statuses:
    """How the files looked when the generation was made. Raises Damaged."""
    _, has_plain_ids, _, files, _ = _load(folder / f"files_{generation}")
    return Statuses(unpack_statuses(files), has_plain_ids)


def has_many(folder: Path, generation: int) -> bool:
    """Whether a generation knows of so many files that looking at them takes noticeable time."""
    try:
        return os.stat(folder / f"files_{generation}").st_size > _MANY_BYTES
    except OSError:
        return False


# What a few hundred files take.
_MANY_BYTES = 16 * 1024

# Paths, sizes and times of many files: strings, which take little time to write and read.
Packed: TypeAlias = tuple[bytes, bytes, bytes]


def pack_statuses(statuses: Mapping[str, FileStatus]) -> Packed:
    """How files look, by path, packed."""
    sizes = array("q", map(itemgetter(0), statuses.values()))
    times = array("q", map(itemgetter(1), statuses.values()))
    return os.fsencode("\0".join(statuses)), sizes.tobytes(), times.tobytes()


def unpack_statuses(packed: Packed) -> dict[str, FileStatus]:
    """How files look, by path, of what `pack_statuses` made."""
    joined, sizes, times = packed
    statuses = zip(array("q", sizes), array("q", times), strict=True)
    return dict(zip(os.fsdecode(joined).split("\0"), statuses, strict=False))


def is_unchanged(folder: Path, generation: int, root: str) -> bool:
    """Whether the corpus's folders and files look as they did when the generation was made.

    No file is opened and no folder read: what is new changes its folder's time. It is quickest when
    the corpus is the working directory, as short paths are found sooner; half of many files are
    looked at by another process.
    """
    start = os.fsencode(root) + b"/"
    try:
        walked, _, folders, files, refused = _load(folder / f"files_{generation}")
        # Folders first: when one has changed, nothing else needs to be known.
        if walked != root or not _look(start, folders):
            return False
        if not _look(b"" if os.getcwd() == root else start, files):
            return False
    except (Damaged, OSError):
        return False
    refusals = unpack_statuses(refused)
    return list(refusals.values()) == list(_looked_at(root, refusals))


def _look(start: bytes, packed: Packed) -> bool:
    """Whether files, whose paths begin so, changed when they did. Raises OSError if one is gone."""
    joined, _, times = packed
    count = len(times) // _SIZE
    paths = joined.split(b"\0")[:count]
    if count < _MANY or not hasattr(os, "fork"):
        return _look_at(start, paths, times)
    half = count // 2
    process = _fork(partial(_look_at, start, paths[half:], times[_SIZE * half :]))
    try:
        same = _look_at(start, paths[:half], times[: _SIZE * half])
    finally:
        status = os.waitpid(process, 0)[1]
    return same and status == 0


# Bytes of a time.
_SIZE = 8
# Files of which half are worth a process of their own, which takes some 2 ms to make.
_MANY = 10_000

_changed = attrgetter(CHANGED)


def _look_at(start: bytes, paths: Sequence[bytes], times: bytes) -> bool:
    whole = [start + path for path in paths] if start else paths
    return array("q", map(_changed, map(os.stat, whole))).tobytes() == times


def _fork(question: Callable[[], bool]) -> int:
    """Answer a question in a process of its own, whose status is 0 for yes."""
    process = os.fork()
    if process:
        return process
    status = 1
    try:
        status = 0 if question() else 1
    finally:
        os._exit(status)


def _looked_at(root: str, paths: Iterable[str]) -> Iterator[FileStatus]:
    """How each path looks; for a link, what it leads to."""
    for path in paths:
        try:
            yield file_status(os.stat(os.path.join(root, path)))
        except (OSError, ValueError):
            yield _NO_STATUS


def save_rows(path: Path, rows: Iterable[ArticleRow]) -> None:
    """Save the rows of a segment. Raises OSError."""
    stored = [marshal.dumps(_plain(row), _MARSHAL) for row in rows]
    lengths = accumulate(map(len, stored), initial=0)
    starts = array("I", lengths).tobytes()
    checksums = array("I", map(zlib.crc32, stored)).tobytes()
    header = array("I", [len(stored), _checksum(starts + checksums)]).tobytes()
    with open(path, "wb") as file:
        file.writelines([header, starts, checksums, *stored])


class ArticleRows:
    """The rows of a segment. Raises Damaged."""

    def __init__(self, content: bytes | memoryview) -> None:
        self._content = memoryview(content)
        if len(self._content) < 8:
            raise Damaged
        self._count, checksum = self._content[:8].cast("I")
        self._first = 8 + 4 * (2 * self._count + 1)
        table = self._content[8 : self._first]
        if len(table) != self._first - 8 or _checksum(table) != checksum:
            raise Damaged
        self._numbers = table.cast("I")

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, number: int) -> ArticleRow:
        path, digest, text, *known = self._stored(number)
        return ArticleRow(
            path, digest, text, Summary._make([*known[:6], _date_of(known[6]), *known[7:]])
        )

    def sources(self, without: frozenset[int]) -> Iterator[IndexedFile]:
        """Only what tells whether each article has changed, but for some: a fifth of the time."""
        content, first, count = self._content, self._first, self._count
        bounds = self._numbers[: count + 1].tolist()
        checksums = self._numbers[count + 1 :].tolist()
        for number, (start, end) in enumerate(pairwise(bounds)):
            if number in without:
                continue
            stored = content[first + start : first + end]
            if zlib.crc32(stored) != checksums[number]:
                raise Damaged
            path, digest, _, id, *_ = marshal.loads(stored)  # noqa: S302 - our own, and checked
            yield IndexedFile(number, path, id, digest)

    def _stored(self, number: int) -> Any:
        start, end = self._numbers[number], self._numbers[number + 1]
        stored = self._content[self._first + start : self._first + end]
        if zlib.crc32(stored) != self._numbers[self._count + 1 + number]:
            raise Damaged
        return marshal.loads(stored)  # noqa: S302 - our own, and checked


def _plain(row: ArticleRow) -> Any:
    summary = row.summary
    day = summary.date.toordinal() if summary.date else 0
    return (*row[:3], *summary[:6], day, *summary[7:])


def _date_of(day: int) -> Any:
    if not day:
        return None
    from datetime import date

    return date.fromordinal(day)


def rows_path(folder: Path, segment: str) -> Path:
    """Where the rows of a segment are."""
    return folder / f"{segment}.articles"


def load_rows(folder: Path, part: SegmentInfo) -> ArticleRows:
    """The rows of a segment, deleted articles included. Raises Damaged."""
    try:
        with open(rows_path(folder, part.segment), "rb") as file:
            rows = ArticleRows(memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)))
    except (OSError, ValueError) as error:  # a file with nothing in it cannot be mapped
        raise Damaged from error
    if len(rows) != part.articles:
        raise Damaged
    return rows


def live_rows(folder: Path, part: SegmentInfo) -> Iterator[tuple[int, ArticleRow]]:
    """The rows of the articles of a segment that count, with their numbers. Raises Damaged."""
    rows = load_rows(folder, part)
    return ((number, rows[number]) for number in range(len(rows)) if number not in part.deleted)


def summaries(corpus: Folder, cache: Path, refused: list[SkippedFile]) -> Iterator[Summary]:
    """What is known of each article of the corpus, ordered by id.

    Files that the index knows are not read; the others are. What cannot be read goes to `refused`.
    """
    known, statuses = _known(index_folder(cache, corpus.root))
    refused += corpus.skipped
    for file in corpus.files:
        summary = known.get(file.path)
        unchanged = statuses.get(file.path) == file.status
        if summary is None or summary.id != file.id or not unchanged:
            try:
                summary = summarize(corpus.read(file))
            except UnreadableFile as error:
                refused.append(SkippedFile(file.path, str(error)))
                continue
        yield summary


def _known(folder: Path) -> tuple[dict[str, Summary], Mapping[str, FileStatus]]:
    """The summaries in the index, by path, and what their files looked like."""
    generation = latest_generation(folder)
    try:
        manifest = load_manifest(folder, generation)
        if not manifest.complete:
            return {}, {}
        statuses = load_statuses(folder, generation).files
        rows = chain.from_iterable(live_rows(folder, part) for part in manifest.parts)
        return {row.path: row.summary for _, row in rows}, statuses
    except Damaged:
        return {}, {}


def remove_others(folder: Path, generation: int) -> None:
    """Remove the files of other generations, and what killed processes left half written."""
    for path in folder.iterdir():
        match = re.fullmatch(r"(?:manifest|files)_(\d+)", path.name)
        left = path.name.startswith(TEMPORARY) and _age(path) > _ABANDONED
        if left or (match and int(match[1]) != generation):
            path.unlink(missing_ok=True)


# Seconds after which no process can still be writing a file.
_ABANDONED = 3600


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return 0.0


def _save(path: Path, value: Any) -> None:
    content = marshal.dumps(value, _MARSHAL)
    write_whole(path, _checksum(content).to_bytes(4, "big") + content)


def _load(path: Path) -> Any:
    try:
        content = memoryview(path.read_bytes())
    except OSError as error:
        raise Damaged from error
    if _checksum(content[4:]) != int.from_bytes(content[:4], "big") or len(content) < 5:
        raise Damaged
    return marshal.loads(content[4:])  # noqa: S302 - our own, and checked


def _checksum(content: bytes | memoryview) -> int:
    return zlib.crc32(content, _LAYOUT)

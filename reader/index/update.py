"""Builds the index when it is first needed, and updates it when files have changed.

An index is a list of segments. New and changed articles go into new segments, in batches, each
committed when it is written, so that an interrupted update continues where it stopped; in the old
segments the articles are marked as deleted. Many segments of similar size are merged.
"""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property, partial
from itertools import accumulate, groupby
from math import ceil, log
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING, NamedTuple

from reader.errors import IndexUnavailable
from reader.files.folder import Folder
from reader.files.private import make_private_folder, replace_private
from reader.files.processes import ReportSteps, in_processes, processors
from reader.index.build import (
    Batch,
    Built,
    build,
    discard,
    merge_segments,
    new_segment_name,
    publish,
)
from reader.index.damage import RESOURCES, Damaged
from reader.index.generation import Generation, open_latest
from reader.index.lock import write_lock
from reader.index.manifest import (
    IndexedFile,
    Manifest,
    Statuses,
    index_folder,
    latest_generation,
    load_manifest,
    load_statuses,
    manifest_path,
    open_rows,
    remove_others,
    save_manifest,
    save_statuses,
    toc_path,
    why_not_used,
)
from reader.index.schema import version_for
from reader.index.whoosh.codec import table_of_contents

if TYPE_CHECKING:
    from reader.files.folder import File
    from reader.model.callbacks import Notify, Progress

# Seconds to wait for a writing process before the last index is used, and where there is none yet.
_WAIT = 2.0
_FIRST_WAIT = 60.0
# Nanoseconds by which a file's time may lag the clock: its granularity on FAT.
_COARSE = 2_000_000_000
# Bytes of files in a batch, which takes about thirty times as much memory. Fewer bytes make more
# segments to search and merge.
_BATCH = 4 * 1024 * 1024
# Bytes of files that a single process indexes before others could start.
_SMALL = 256 * 1024
# Segments of a size (within a factor of this) that are merged into one.
_MANY = 8


def update(
    corpus: Folder,
    folder: Path,
    warn: Notify,
    note: Notify,
    progress: Progress,
    rebuild: bool = False,
    damaged: int | None = None,
) -> Generation:
    """The index of the corpus, updated, or built if it cannot be used.

    It is rebuilt to `rebuild` it, or if generation `damaged` is still the latest.
    Where the cache folder cannot be written or trusted, the index is made in a temporary one, with
    a warning. While another process writes, the last index is used, with a warning. Raises
    IndexUnavailable, CorpusError if the corpus is no longer there, Damaged.
    """
    distrust = why_not_used(folder)
    reason = distrust and f"{distrust}: the index there is not used until you remove it"
    try:
        index = (
            None if reason else _in_folder(corpus, folder, warn, note, progress, rebuild, damaged)
        )
    except OSError as error:
        reason = _why_not_written(error, folder)
    if reason:
        warn(f"{reason}; made one in memory, which every command will do again")
        index = _in_temporary_folder(corpus, note, progress)
    assert index is not None
    for refusal in index.manifest.refusals:
        warn(str(refusal))
    return index


def _in_folder(
    corpus: Folder,
    folder: Path,
    warn: Notify,
    note: Notify,
    progress: Progress,
    rebuild: bool,
    damaged: int | None,
) -> Generation:
    """As `update`, in the cache folder. Raises OSError where it cannot be written."""
    make_private_folder(folder.parent)
    make_private_folder(folder)
    serves = damaged is None and _usable(folder)
    with write_lock(folder, _WAIT if serves else _FIRST_WAIT) as lock:
        if lock is None:
            return _unlocked(corpus, folder, warn, -1 if damaged is None else damaged)
        if _indexed_since(corpus, folder):
            corpus = Folder(Path(corpus.root), corpus.encoding)
        if damaged is not None and latest_generation(folder) <= damaged:
            rebuild = True
        try:
            _Update(corpus, folder, lock, note, progress, rebuild).run()
        except Damaged:
            note("the index is damaged or of another version: making it again")
            _Update(corpus, folder, lock, note, progress, from_nothing=True).run()
        return Generation(folder, latest_generation(folder))


def _why_not_written(error: OSError, folder: Path) -> str:
    """The message for an error of the index's folder. Raises IndexUnavailable for any other error,
    as no other folder would help.
    """
    path, name = str(folder), str(error.filename or folder)
    if error.errno in RESOURCES or not (name.startswith(path) or path.startswith(name)):
        where = f"{error.filename}: " if error.filename else ""
        raise IndexUnavailable(f"cannot make the index: {where}{error.strerror}") from error
    return f"cannot write the index to {folder}: {error.strerror or error}"


def _indexed_since(corpus: Folder, folder: Path) -> bool:
    """Whether another process may have indexed newer files than the corpus lists."""
    try:
        committed = manifest_path(folder, latest_generation(folder)).stat().st_mtime_ns
    except OSError:
        return False
    return committed > corpus.listing.began - _COARSE


def _usable(folder: Path) -> bool:
    """Whether a complete index was committed."""
    try:
        return load_manifest(folder, latest_generation(folder)).usable
    except Damaged:
        return False


def _unlocked(corpus: Folder, folder: Path, warn: Notify, damaged: int) -> Generation:
    """The latest generation while another process writes. Raises IndexUnavailable if there is none
    that can answer.
    """
    index = open_latest(folder)
    if (
        index is None
        or index.id <= damaged
        or not index.manifest.usable
        or index.manifest.version != version_for(corpus.encoding)
    ):
        raise IndexUnavailable(
            f"another process is making the index in {folder}; try again when it is done"
        )
    warn("another process is updating the index: these are the results from before")
    return index


def _in_temporary_folder(corpus: Folder, note: Notify, progress: Progress) -> Generation:
    try:
        top = Path(tempfile.mkdtemp(prefix="reader-"))
        try:
            folder = index_folder(top, corpus.root)
            make_private_folder(folder)
            _Update(corpus, folder, None, note, progress).run()
            index = Generation(folder, latest_generation(folder))
        except BaseException:
            rmtree(top, ignore_errors=True)
            raise
    except OSError as error:
        raise IndexUnavailable(
            f"cannot make an index in a temporary folder either: {error.strerror or error}"
        ) from error
    index.remove_when_closed(top)
    return index


class _Indexed(NamedTuple):
    """An indexed file, and the indices of the segments that have articles of it."""

    file: IndexedFile
    articles: dict[int, set[int]]


class _Update:
    """An update of the index in a folder to the corpus."""

    def __init__(
        self,
        corpus: Folder,
        folder: Path,
        lock: int | None,
        note: Notify,
        progress: Progress,
        rebuild: bool = False,
        from_nothing: bool = False,
    ) -> None:
        self._corpus = corpus
        self._version = version_for(corpus.encoding)
        self._folder = folder
        self._lock = lock
        self._progress = progress
        self._generation = latest_generation(folder)
        base = None if from_nothing else self._base(note)
        # A usable old index serves until the new one is complete.
        self._at_once = rebuild and base is not None
        self._usable = base is not None
        if rebuild or base is None:
            base = Manifest(self._version, corpus.root, complete=False)
        self._segments = list(base.segments)
        self._refusals = list(corpus.skipped)
        self._statuses = Statuses()
        if base.complete:  # else the statuses are partial
            with suppress(Damaged):  # without them, each file is read
                self._statuses = load_statuses(folder, self._generation)
        # Unreadable files are tried again each time.
        self._unread = {refusal.path for refusal in base.refusals}
        self._indexed = {} if self._only_grows else self._load_indexed()

    def run(self) -> None:
        """Index what has changed, and commit."""
        pending = self._pending()
        done = 0

        def report(steps: int) -> None:
            nonlocal done
            done += steps
            self._progress(done, len(pending))

        batches = list(self._batches(pending))
        try:
            for count, built in enumerate(self._built(batches, report), start=1):
                self._add(built)
                if count < len(batches) and not self._at_once:
                    self._commit(complete=False)
            Folder(Path(self._corpus.root))  # raises if it was renamed or removed meanwhile
            self._commit(complete=True)
        except BaseException:
            # A killed process cannot remove its own partial files.
            for batch in batches:
                discard(self._folder, batch.segment)
            raise

    def _base(self, note: Notify) -> Manifest | None:
        """The manifest of the folder's index; None if there is none to update."""
        if self._generation < 0:
            return None
        try:
            manifest = load_manifest(self._folder, self._generation)
            if manifest.version != self._version:
                note("the index was made by another version of reader: rebuilding it")
                return None
            if manifest.root != self._corpus.root:
                return None
            Generation(self._folder, self._generation).close()
        except Damaged:
            note("the index is damaged or of another version: making it again")
            return None
        return manifest

    @cached_property
    def _only_grows(self) -> bool:
        """Whether no indexed file has changed, so that the rows of the index need not be read."""
        files, plain = self._statuses
        if not files or not plain or not self._corpus.has_plain_ids or self._unread:
            return False
        return files.items() <= self._corpus.listing.statuses.items()

    def _load_indexed(self) -> dict[str, _Indexed]:
        """The indexed files, by path."""
        loaded: dict[str, _Indexed] = {}
        for index, segment in enumerate(self._segments):
            for file in open_rows(self._folder, segment).files():
                indexed = loaded.setdefault(file.path, _Indexed(file, {}))
                indexed.articles.setdefault(index, set()).update(file.articles)
        return loaded

    def _pending(self) -> list[File]:
        """The files to read; articles whose files no longer exist are deleted."""
        statuses = self._statuses.files
        if self._only_grows:
            return self._corpus.files_at(
                path for path in self._corpus.listing.statuses if path not in statuses
            )
        pending = []
        kept = set()
        for file in self._corpus.files:
            indexed = self._indexed.get(file.path)
            if indexed is None or indexed.file.id != file.id:
                pending.append(file)
                continue
            kept.add(file.path)
            if statuses.get(file.path) != file.status:
                pending.append(file)
        self._delete([path for path in self._indexed if path not in kept])
        return pending

    def _delete(self, paths: Iterable[str]) -> None:
        """Mark the articles of these files as deleted."""
        articles: dict[int, set[int]] = {}
        for path in paths:
            if indexed := self._indexed.pop(path, None):
                for index, deleted in indexed.articles.items():
                    articles.setdefault(index, set()).update(deleted)
        for index, deleted in articles.items():
            segment = self._segments[index]
            self._segments[index] = segment._replace(deleted=segment.deleted | deleted)

    def _batches(self, pending: Sequence[File]) -> Iterator[Batch]:
        """The files in groups of about the same size, as many for each processor."""
        size = sum(file.size for file in pending)
        count = processors() if size > _SMALL else 1
        share = max(size / (count * ceil(max(size / _BATCH, 1) / count)), 1)
        before = list(accumulate((file.size for file in pending), initial=0))
        for _, group in groupby(
            zip(pending, before, strict=False), lambda pair: int(pair[1] / share)
        ):
            files = tuple(file for file, _ in group)
            indexed = ((file.path, self._indexed.get(file.path)) for file in files)
            digests = {path: entry.file.digest for path, entry in indexed if entry}
            batch = Batch(self._corpus.root, self._folder, new_segment_name(), files, digests)
            yield batch._replace(encoding=self._corpus.encoding)

    def _built(self, batches: Sequence[Batch], report: ReportSteps) -> Iterator[Built]:
        """Index the batches, with all processors if there are several."""
        if len(batches) == 1:
            return map(partial(build, report=report), batches)
        close = () if self._lock is None else (self._lock,)
        return in_processes(build, batches, report, processors(), close)

    def _add(self, built: Built) -> None:
        """Merge a batch's result into the update."""
        self._delete(built.replaced)
        self._refusals += built.refusals
        for segment in built.segments:
            self._segments.append(segment)
            publish(self._folder, segment.name)

    def _commit(self, complete: bool) -> None:
        """Make the update visible, atomically: by renaming the table of contents."""
        self._merge()
        self._generation += 1
        if complete:
            save_statuses(self._folder, self._generation, self._corpus)
        toc = table_of_contents(self._folder, self._segments, self._generation)
        manifest = Manifest(
            self._version,
            self._corpus.root,
            tuple(self._segments),
            tuple(sorted(self._refusals)) if complete else (),
            complete,
            self._usable or complete,
            zlib.crc32(toc),
        )
        save_manifest(self._folder, self._generation, manifest)
        replace_private(toc_path(self._folder, self._generation), toc)
        remove_others(self._folder, self._generation, self._segments)

    def _merge(self) -> None:
        """Merge many segments of similar size, and rewrite those that are mostly deleted."""
        while indices := self._to_merge():
            merged = merge_segments(self._folder, [self._segments[index] for index in indices])
            kept = [s for index, s in enumerate(self._segments) if index not in indices]
            self._segments = [*kept, merged] if merged.articles else kept
            if self._indexed:
                moved = self._load_indexed()
                self._indexed = {path: moved[path] for path in self._indexed}

    def _to_merge(self) -> list[int]:
        """The indices of the segments to merge; none if there is nothing to merge."""
        sizes: dict[int, list[int]] = {}
        for index, segment in enumerate(self._segments):
            live = segment.articles - len(segment.deleted)
            if 2 * live < segment.articles:
                return [index]
            sizes.setdefault(int(log(live, _MANY)), []).append(index)
        return next((indices for indices in sizes.values() if len(indices) >= _MANY), [])

"""Stored file statuses (size, ctime), and comparing files with them."""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, TypeAlias

from reader.files.listing import CHANGED, FileStatus, file_status

if TYPE_CHECKING:
    from reader.files.folder import Folder

# Nanoseconds. A file written this shortly before its status was read could be written again with
# the same times: their granularity is up to 4 ms on Linux file systems, 2 s on FAT.
_RACY = 2_000_000_000

# The status of unreadable files, and of files that must be checked again.
_NO_STATUS = (-1, -1)

# Paths, sizes and times of files, each joined in one string, which is quick to write and read.
Packed: TypeAlias = tuple[bytes, bytes, bytes]

# Bytes of a time.
_TIME = 8
# Files from which a second process, which takes about 2 ms to start, is worth while.
_MANY = 10_000


def pack_statuses(statuses: Mapping[str, FileStatus]) -> Packed:
    """The statuses of files by path, packed."""
    sizes = array("q", map(itemgetter(0), statuses.values()))
    times = array("q", map(itemgetter(1), statuses.values()))
    return os.fsencode("\0".join(statuses)), sizes.tobytes(), times.tobytes()


def unpack_statuses(packed: Packed) -> dict[str, FileStatus]:
    """The statuses of files by path, from the result of `pack_statuses`."""
    joined, sizes, times = packed
    statuses = zip(array("q", sizes), array("q", times), strict=True)
    return dict(zip(os.fsdecode(joined).split("\0"), statuses, strict=False))


def packed_listing(corpus: Folder) -> tuple[Packed, Packed, Packed]:
    """The statuses of the corpus's folders, files and other files that may turn into articles, in
    the listing; a file that was changed just before it must be checked again.
    """
    listing = corpus.listing
    racy = listing.began - _RACY
    skipped = [*(file.path for file in listing.skipped), *listing.untyped]
    others = dict(zip(skipped, _current(corpus.root, skipped), strict=True))
    folders, files, skipped_files = (
        pack_statuses(
            {path: _NO_STATUS if status[1] > racy else status for path, status in statuses.items()}
        )
        for statuses in (listing.folders, listing.statuses, others)
    )
    return folders, files, skipped_files


def matches_stored(root: str, folders: Packed, files: Packed, skipped: Packed) -> bool:
    """Whether the corpus's folders, files and skipped files have the statuses of `packed_listing`.

    No file is opened and no folder read: a new file changes its folder's time. It is quickest when
    the corpus is the working directory, as short paths are resolved sooner; half of many files are
    checked by another process.
    """
    start = os.fsencode(root) + b"/"
    try:
        # Folders first: when a folder has changed, the rest need not be checked.
        if not _unchanged(start, folders):
            return False
        if not _unchanged(b"" if os.getcwd() == root else start, files):
            return False
    except OSError:
        return False
    stored = unpack_statuses(skipped)
    return list(stored.values()) == list(_current(root, stored))


def _unchanged(start: bytes, packed: Packed) -> bool:
    """Whether files, whose paths begin so, have their stored times. Raises OSError."""
    joined, _, times = packed
    count = len(times) // _TIME
    paths = joined.split(b"\0")[:count]
    if count < _MANY or not hasattr(os, "fork"):
        return _have_times(start, paths, times)
    half = count // 2
    process = _fork(partial(_have_times, start, paths[half:], times[_TIME * half :]))
    try:
        same = _have_times(start, paths[:half], times[: _TIME * half])
    finally:
        status = os.waitpid(process, 0)[1]
    return same and status == 0


_changed = attrgetter(CHANGED)


def _have_times(start: bytes, paths: Sequence[bytes], times: bytes) -> bool:
    whole = [start + path for path in paths] if start else paths
    return array("q", map(_changed, map(os.stat, whole))).tobytes() == times


def _fork(predicate: Callable[[], bool]) -> int:
    """Run a predicate in a child, whose status is 0 for True; returns its pid."""
    process = os.fork()
    if process:
        return process
    status = 1
    try:
        status = 0 if predicate() else 1
    finally:
        os._exit(status)


def _current(root: str, paths: Iterable[str]) -> Iterator[FileStatus]:
    """The current status of each path; of a link, that of its target."""
    for path in paths:
        try:
            yield file_status(os.stat(os.path.join(root, path)))
        except (OSError, ValueError):
            yield _NO_STATUS

"""Lists the files of a folder of articles: those that are read, by their names and first bytes."""

from __future__ import annotations

import os
import re
import stat
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from reader.errors import CorpusError, UnreadableFile
from reader.formats import SUFFIXES, missing_extra, suffix_of
from reader.language.clean import normalize

# A file's size in bytes and the time of its last change in nanoseconds since the epoch: the inode's
# time, which moves even if a tool restores an old modification time. Windows has none.
FileStatus: TypeAlias = tuple[int, int]
CHANGED = "st_ctime_ns" if os.name == "posix" else "st_mtime_ns"
file_status: Callable[[os.stat_result], FileStatus] = attrgetter("st_size", CHANGED)

# What names of programs' files end with. A name that ends otherwise, as `story`, `index.html.1` and
# `page?id=3` do, says nothing about what is in the file.
_TYPE = re.compile(r"\.(?:[a-z][a-z0-9]{0,9}|.*~)")
# Bytes of a file that tell what it is.
_START = 4096
# The id of an article of a file that holds several: the file's id, and a number without zeros
# before it. Of ids joined by NUL.
_NUMBERED = re.compile(r"(?:^|(?<=\0))([^\0]*)/[1-9]\d*(?=\0|$)")


class SkippedFile(NamedTuple):
    """A file of the corpus that is not read: its path, and the reason."""

    path: str
    reason: str

    def __str__(self) -> str:
        return f"{normalize(self.path)}: {self.reason}: skipped"


class Listing(NamedTuple):
    """The folders and files of a corpus at one time.

    `began` is when listing them began, in nanoseconds since the epoch. `folders` maps the path of
    each folder ("" is the corpus itself) to its status before it was read. `statuses` maps the path
    of each file of a format to its status. `skipped` are the files that are not read because of
    their kind; `others` counts those of no format that is read here, by suffix, and `untyped` are
    the paths of those among them whose content might make them one. Paths are relative to the
    corpus.
    """

    began: int
    folders: dict[str, FileStatus]
    statuses: dict[str, FileStatus]
    skipped: tuple[SkippedFile, ...]
    others: Counter[str]
    untyped: list[str]


def list_files(root: str) -> Listing:
    """The files below a folder. Raises CorpusError if it cannot be read."""
    listing = Listing(time.time_ns(), {}, {}, (), Counter(), [])
    skipped: list[SkippedFile] = []
    folders = [""]
    while folders:
        folder = folders.pop()
        try:
            folders += _list_folder(root, folder, listing, skipped)
        except OSError as error:
            if not folder:
                message = f"cannot read {normalize(root)}: {error.strerror}"
                raise CorpusError(message, path=root) from error
            skipped.append(SkippedFile(folder, error.strerror or "cannot be read"))
    return listing._replace(skipped=tuple(sorted(skipped)))


def _list_folder(root: str, folder: str, listing: Listing, skipped: list[SkippedFile]) -> list[str]:
    """Add a folder, by its path relative to the root, and its files to the listing.

    Returns the folders in it that are part of the corpus. Raises OSError.
    """
    below: list[str] = []
    pages: dict[str, str] = {}
    status = os.stat(os.path.join(root, folder))
    with os.scandir(os.path.join(root, folder)) as entries:
        listing.folders[folder] = file_status(status)
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = f"{folder}/{entry.name}" if folder else entry.name
            if entry.is_dir(follow_symlinks=False):
                below.append(entry.name)
                continue
            suffix = suffix_of(entry.name)
            if suffix in _PAGES:
                pages[entry.name[: -len(suffix)]] = entry.name
            try:
                if _is_of_format(root, entry, path, suffix, listing):
                    listing.statuses[path] = _status_of(root, entry)
            except UnreadableFile as error:
                skipped.append(SkippedFile(path, str(error)))
    return [
        f"{folder}/{name}" if folder else name
        for name in below
        if not _is_beside(os.path.join(root, folder), name, pages)
    ]


def _is_of_format(
    root: str, entry: os.DirEntry[str], path: str, suffix: str, listing: Listing
) -> bool:
    """Whether a file is of a format that is read here; others are added to the listing as such."""
    if suffix and not missing_extra(suffix):
        return True
    kind = suffix or os.path.splitext(entry.name.lower())[1]
    if not suffix and not _TYPE.fullmatch(kind):
        # Loads the marks of formats: most files have suffixes.
        from reader.formats.recognition.sniffing import typed_by_content

        with suppress(UnreadableFile):
            if _status_of(root, entry)[0] and typed_by_content(_start_of(entry.path)):
                return True
            listing.untyped.append(path)
    listing.others[normalize(kind)] += 1
    return False


def _start_of(path: str) -> bytes:
    """The first bytes of a file. Raises UnreadableFile."""
    from reader.files.read import open_without_waiting

    try:
        with open(path, "rb", opener=open_without_waiting) as file:
            return file.read(_START)
    except OSError as error:
        raise UnreadableFile(error.strerror or "cannot be read") from error


# The suffixes of saved pages, beside which their pictures, scripts and frames are.
_PAGES = frozenset({".html", ".htm", ".xhtml", ".xht", ".shtml", ".php", ".asp", ".aspx", ".jsp"})


def _is_beside(folder: str, name: str, pages: dict[str, str]) -> bool:
    """Whether a folder was saved by a browser beside a page, as `Name_files` or `Name-Dateien`.

    `pages` are the file names of the pages in the same folder, by stem. The page says so itself,
    whatever the browser's language: it names the folder in addresses.
    """
    if name.endswith("_files") and name.removesuffix("_files") in pages:
        return True
    stems = (name[:end] for end in range(1, len(name)))
    return any(
        _refers_to(os.path.join(folder, pages[stem]), name) for stem in stems if stem in pages
    )


def _refers_to(page: str, folder: str) -> bool:
    """Whether the page at a path has addresses in a folder beside it."""
    from reader.files.read import read_file
    from reader.formats.recognition.beside import refers_to

    try:
        return refers_to(read_file(page, only_regular=True), folder)
    except UnreadableFile:
        return False


def _status_of(root: str, entry: os.DirEntry[str]) -> FileStatus:
    """The status of an article's file, or of the file a link leads to. Raises UnreadableFile."""
    try:
        status = (
            _status_of_link(root, entry)
            if entry.is_symlink()
            else entry.stat(follow_symlinks=False)
        )
    except OSError as error:
        raise UnreadableFile(error.strerror or "cannot be read") from error
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableFile("not a regular file")
    return file_status(status)


def _status_of_link(root: str, entry: os.DirEntry[str]) -> os.stat_result:
    """The status of a link's target. Raises UnreadableFile if that is outside the corpus."""
    target = os.path.realpath(entry.path)
    if os.path.commonpath([root, target]) != root:
        raise UnreadableFile("a link out of the corpus")
    return entry.stat()


def stem_of(path: str) -> str:
    """A file's path without its suffix; whole if that is of no format."""
    return path[: len(path) - len(suffix_of(path))]


def numbered_ids(ids: Iterable[str]) -> Iterator[str]:
    """The ids FILE for which there is a FILE/1, FILE/2 or so on among the ids."""
    return (match[1] for match in _NUMBERED.finditer("\0".join(ids)))


def ids_of(paths: Iterable[str]) -> dict[str, str]:
    """The id of each path: the path without its suffix.

    Where several paths would share an id, the first by suffix gets it, one in small letters before
    one in capitals, and the others keep their suffixes. So does a file FILE beside a folder of the
    same name with a file whose id is FILE/1, FILE/2 or so on: these would be its articles' ids, if
    it has several.
    """
    order = {suffix: index for index, suffix in enumerate(SUFFIXES)}
    ids: dict[str, str] = {}
    taken: set[str] = set()

    def precedence(path: str) -> tuple[str, bool, int, str]:
        lower = suffix_of(path)
        stem = path[: len(path) - len(lower)]
        return stem, not path.endswith(lower), order.get(lower, len(order)), path

    stems = {path: clean_id(stem_of(path)) for path in sorted(paths, key=precedence)}
    numbered = set(numbered_ids(stems.values()))
    for path, id in stems.items():
        if id in taken or id in numbered:
            id = clean_id(path)
        first, copy = id, 1
        while id in taken:
            copy += 1
            id = f"{first}-{copy}"
        taken.add(id)
        ids[path] = id
    return ids


def clean_id(path: str) -> str:
    """The id for a path without suffix."""
    return normalize(path.replace(os.sep, "/")).replace(":", "-") or "-"

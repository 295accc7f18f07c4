"""A folder of articles: finds the files, gives them ids, reads them, notices changes."""

from __future__ import annotations

import os
import re
import stat
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from reader.errors import (
    AmbiguousArticle,
    CorpusError,
    NoSuchArticle,
    UnreadableFile,
    joined,
)
from reader.files.read import read_file, refuse_binary
from reader.formats import SUFFIXES, is_binary
from reader.language.clean import fold, normalize
from reader.model.dates import day_number

if TYPE_CHECKING:
    from reader.model.article import Article
    from reader.model.summary import Summary

# A file's size in bytes and the time of its last change in nanoseconds since the epoch: the inode's
# time, which moves even if a tool restores an old modification time. Windows has none.
FileStatus: TypeAlias = tuple[int, int]
CHANGED = "st_ctime_ns" if os.name == "posix" else "st_mtime_ns"
file_status: Callable[[os.stat_result], FileStatus] = attrgetter("st_size", CHANGED)

# Kinds of files that are not read, to name.
_MOST_KINDS = 8
# Paths without their suffixes, joined by NUL, that are ids as they stand.
_PLAIN_IDS = re.compile(r"[\w./-]*(?:\0[\w./-]+)*")


class File(NamedTuple):
    """A file of the corpus: its path relative to the corpus, the id of its article, its status."""

    path: str
    id: str
    status: FileStatus

    @property
    def size(self) -> int:
        """The file's size in bytes."""
        return self.status[0]


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
    of each file with the suffix of a format to its status. `skipped` are the files that are not
    read because of their kind; `others` counts those of no format, by suffix. Paths are relative to
    the corpus.
    """

    began: int
    folders: dict[str, FileStatus]
    statuses: dict[str, FileStatus]
    skipped: tuple[SkippedFile, ...]
    others: Counter[str]


class Folder:
    """The articles below a folder, which is only ever read.

    Raises CorpusError if there is no such folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = os.path.realpath(root)
        if not os.path.isdir(self.root):
            what = "is not a folder" if os.path.exists(self.root) else "does not exist"
            raise CorpusError(
                f"the corpus {normalize(str(root))} {what}; "
                "name a folder of articles with --corpus",
                path=self.root,
            )

    @cached_property
    def listing(self) -> Listing:
        """The corpus's folders and files, listed at the first use. Raises CorpusError."""
        listing = Listing(time.time_ns(), {}, {}, (), Counter())
        skipped: list[SkippedFile] = []
        try:
            _list_folders(self.root, listing, skipped)
        except OSError as error:
            message = f"cannot read {normalize(self.root)}: {error.strerror}"
            raise CorpusError(message, path=self.root) from error
        return listing._replace(skipped=tuple(sorted(skipped)))

    @property
    def skipped(self) -> tuple[SkippedFile, ...]:
        """The files that are not read because of their kind; others may turn out unreadable."""
        return self.listing.skipped

    @cached_property
    def files(self) -> tuple[File, ...]:
        """The files with the suffix of a format, ordered by id."""
        ids = _ids(list(self.listing.statuses))
        files = [File(path, ids[path], status) for path, status in self.listing.statuses.items()]
        return tuple(sorted(files, key=attrgetter("id")))

    @property
    def unread(self) -> str:
        """What the folder has of no format, for messages; empty if there is nothing like that."""
        counts = self.listing.others.most_common(_MOST_KINDS)
        kinds = ", ".join(f"{count} {kind or 'without a suffix'}" for kind, count in counts)
        more = ", …" if len(self.listing.others) > _MOST_KINDS else ""
        return f"nothing here that reader reads: {kinds}{more}" if kinds else ""

    @property
    def emptiness(self) -> str:
        """Where there are no articles, and what is there instead, for messages."""
        return ": ".join(filter(None, (f"in {normalize(self.root)}", self.unread)))

    @cached_property
    def has_plain_ids(self) -> bool:
        """Whether each file's id is its path without the suffix, whatever other files there are."""
        paths = self.listing.statuses
        stems = set(map(_stem, paths))
        return len(stems) == len(paths) and _PLAIN_IDS.fullmatch("\0".join(stems)) is not None

    def files_at(self, paths: Iterable[str]) -> list[File]:
        """The files with these paths, ordered by id. Only for a folder that has plain ids."""
        files = [File(path, _stem(path), self.listing.statuses[path]) for path in paths]
        return sorted(files, key=attrgetter("id"))

    def content(self, path: str) -> bytes:
        """The bytes of a file, by its path in the corpus. Raises UnreadableFile, saying why."""
        content = read_file(os.path.join(self.root, path), only_regular=True)
        if not content.strip():
            raise UnreadableFile("empty")
        if not is_binary(os.path.splitext(path)[1]):
            refuse_binary(content)
        return content

    def read(self, file: File) -> Article:
        """The article in a file. Raises UnreadableFile, saying why."""
        # Loads what a search of an unchanged corpus does without.
        from dataclasses import replace

        from reader.formats import parse

        article = parse(self.content(file.path), file.id, os.path.splitext(file.path)[1])[0]
        return replace(article, path=os.path.join(self.root, file.path))

    def find(self, name: str, summaries: Iterable[Summary]) -> File:
        """The file of the article with an id, a path, or a unique part of an id or title.

        `summaries` are those of the folder's articles; they are only consumed when no id or path is
        exactly the name. Raises NoSuchArticle or AmbiguousArticle.
        """
        return self._with_id(name) or self._with_part(name, list(summaries))

    def _with_id(self, name: str) -> File | None:
        """The file with exactly this id or path."""
        if file := self._with_plain_id(name):
            return file
        by_id = (file for file in self.files if file.id == name)
        by_path = (file for file in self.files if file.path == name)
        return next(by_id, None) or next(by_path, None)

    def _with_plain_id(self, id: str) -> File | None:
        """The file with this id if the id is its path without suffix: needs no listing."""
        is_hidden = any(part.startswith(".") for part in id.split("/"))
        if _clean_id(id) != id or is_hidden or os.path.isabs(id):
            return None
        for path in (id + suffix for suffix in SUFFIXES):
            real = os.path.join(self.root, path)
            try:
                status = os.lstat(real)
            except OSError:
                continue
            if stat.S_ISREG(status.st_mode) and os.path.realpath(real) == real:
                return File(path, id, file_status(status))
        return None

    def _with_part(self, name: str, summaries: Sequence[Summary]) -> File:
        """The file of the only article with this part in its id or title; a whole one wins."""
        part = fold(normalize(name))
        files = {file.id: file for file in self.files}
        titles = {summary.id: summary.title for summary in summaries if summary.id in files}
        matches = _matches(part, titles)
        if len(matches) == 1:
            return files[matches[0]]
        shown = normalize(name) or "''"
        if matches:
            raise AmbiguousArticle(
                f"{shown} is part of {len(matches)} articles: {joined(matches)}; name one of them",
                name=name,
                candidates=matches,
            )
        if not titles:
            raise NoSuchArticle(
                f"no article {shown}: there are none {self.emptiness}; "
                "name another folder with --corpus",
                name=name,
            )
        near = _nearest(part, titles)
        hint = f"did you mean {joined(near)}?" if near else "`reader list` shows what there is"
        raise NoSuchArticle(f"no article {shown}; {hint}", name=name, suggestions=near)


def _matches(part: str, titles: dict[str, str]) -> list[str]:
    """The ids that contain a part, or whose titles do; an exact match wins."""
    if not part:
        return []
    names = {id: (fold(id), fold(title)) for id, title in titles.items()}
    matches = [id for id, (own, title) in names.items() if part in own or part in title]
    whole = [id for id in matches if part in names[id]]
    return whole if len(whole) == 1 else matches


def newest(summaries: Iterable[Summary]) -> Summary | None:
    """The article with the latest date, ties by id; undated ones come last."""
    return min(
        summaries,
        key=lambda summary: (-day_number(summary.date), summary.id),
        default=None,
    )


def _list_folders(root: str, listing: Listing, skipped: list[SkippedFile]) -> None:
    """Add the folders and files below the root to the listing. Raises OSError for the root only."""
    folders = [""]
    while folders:
        folder = folders.pop()
        try:
            folders += _list_folder(root, folder, listing, skipped)
        except OSError as error:
            if not folder:
                raise
            skipped.append(SkippedFile(folder, error.strerror or "cannot be read"))


def _list_folder(root: str, folder: str, listing: Listing, skipped: list[SkippedFile]) -> list[str]:
    """Add a folder, by its path relative to the root, and its files to the listing.

    Returns the folders in it that are part of the corpus. Raises OSError.
    """
    below: list[str] = []
    pages: set[str] = set()
    status = os.stat(os.path.join(root, folder))
    with os.scandir(os.path.join(root, folder)) as entries:
        listing.folders[folder] = file_status(status)
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = f"{folder}/{entry.name}" if folder else entry.name
            if entry.is_dir(follow_symlinks=False):
                below.append(path)
            elif (lower := entry.name.lower()).endswith(SUFFIXES):
                if lower.endswith((".html", ".htm")):
                    pages.add(_stem(path))
                try:
                    listing.statuses[path] = _status_of(root, entry)
                except UnreadableFile as error:
                    skipped.append(SkippedFile(path, str(error)))
            else:
                listing.others[normalize(os.path.splitext(lower)[1])] += 1
    # A browser saves a page's pictures, scripts and frames in a folder beside it.
    beside = {f"{page}_files" for page in pages}
    return [path for path in below if path not in beside]


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


def _stem(path: str) -> str:
    """A file's path without its suffix."""
    return path[: path.rindex(".")]


def _ids(paths: list[str]) -> dict[str, str]:
    """The id of each path: the path without its suffix.

    Where several paths would share an id, the first by suffix gets it, one in small letters before
    one in capitals, and the others keep theirs.
    """
    order = {suffix: index for index, suffix in enumerate(SUFFIXES)}
    ids: dict[str, str] = {}
    taken: set[str] = set()

    def precedence(path: str) -> tuple[str, bool, int, str]:
        stem, suffix = os.path.splitext(path)
        lower = suffix.lower()
        return stem, suffix != lower, order[lower], path

    for path in sorted(paths, key=precedence):
        id = _clean_id(_stem(path))
        if id in taken:
            id = _clean_id(path)
        first, copy = id, 1
        while id in taken:
            copy += 1
            id = f"{first}-{copy}"
        taken.add(id)
        ids[path] = id
    return ids


def _clean_id(path: str) -> str:
    return normalize(path.replace(os.sep, "/")).replace(":", "-") or "-"


def _nearest(name: str, titles: dict[str, str]) -> list[str]:
    """The ids most similar to a name that no article has: by id, its last part, or title words."""
    from difflib import get_close_matches

    ids: dict[str, str] = {}
    for id, title in titles.items():
        for own in (id, id.rpartition("/")[2], title, *re.split(r"\W+", f"{id} {title}")):
            ids.setdefault(fold(own), id)
    near = get_close_matches(name, ids, n=3, cutoff=0.75)
    return list(dict.fromkeys(ids[own] for own in near))

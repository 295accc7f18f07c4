"""A folder of articles: finds the files, gives them ids, reads them, notices change."""

from __future__ import annotations

import os
import re
import stat
import time
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
    some_of,
)
from reader.files.read import read_file
from reader.formats import SUFFIXES
from reader.language.clean import fold, normalize

if TYPE_CHECKING:
    from reader.model.article import Article
    from reader.model.summary import Summary

# How a file looks: its bytes, and the nanosecond that it last changed at: its inode's time, which
# moves even if a tool puts an old modification time back. Windows has none.
Status: TypeAlias = tuple[int, int]
CHANGED = "st_ctime_ns" if os.name == "posix" else "st_mtime_ns"
status_of: Callable[[os.stat_result], Status] = attrgetter("st_size", CHANGED)

# Paths, without their suffixes, that are their own ids whatever the rules; a NUL between them.
_PLAIN_IDS = re.compile(r"[\w./-]*(?:\0[\w./-]+)*")


class File(NamedTuple):
    """A file of the corpus: its path in it, the id of its article, and how it looks."""

    path: str
    id: str
    status: Status

    @property
    def size(self) -> int:
        """Bytes."""
        return self.status[0]


class Refusal(NamedTuple):
    """A file of the corpus that is not read, and why not."""

    path: str
    reason: str

    def __str__(self) -> str:
        return f"{normalize(self.path)}: {self.reason}: skipped"


class Walk(NamedTuple):
    """What a look at all of a corpus found.

    It `began` at a time in nanoseconds since the epoch. `folders` are by path, the corpus's own is
    "", each as it looked before it was read; `statuses` are of the files that are articles by their
    suffix, by path; `refusals` are files that are not read because of what they are.
    """

    began: int
    folders: dict[str, Status]
    statuses: dict[str, Status]
    refusals: tuple[Refusal, ...]


class Folder:
    """The articles below a folder. It is only ever read.

    Raises CorpusError when there is no such folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = os.path.realpath(root)
        if not os.path.isdir(self.root):
            what = "is not a folder" if os.path.exists(self.root) else "does not exist"
            raise CorpusError(
                f"the corpus {normalize(str(root))} {what}; name a folder of articles with --corpus"
            )

    @cached_property
    def walk(self) -> Walk:
        """What is found when all the files are looked at. Raises CorpusError.

        Can be set to what another process found a moment ago.
        """
        walk = Walk(time.time_ns(), {}, {}, ())
        refusals: list[Refusal] = []
        try:
            _collect(self.root, "", walk, refusals)
        except OSError as error:
            raise CorpusError(f"cannot read {normalize(self.root)}: {error.strerror}") from error
        return walk._replace(refusals=tuple(sorted(refusals)))

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """Files that are not read because of what they are; reading may refuse more."""
        return self.walk.refusals

    @cached_property
    def files(self) -> tuple[File, ...]:
        """The files that are articles by their suffix, ordered by id."""
        ids = _ids(list(self.walk.statuses))
        files = [File(path, ids[path], status) for path, status in self.walk.statuses.items()]
        return tuple(sorted(files, key=attrgetter("id")))

    @cached_property
    def has_plain_ids(self) -> bool:
        """Whether each file's id is its path without the suffix, whatever other files there are."""
        paths = self.walk.statuses
        stems = set(map(_stem, paths))
        return len(stems) == len(paths) and _PLAIN_IDS.fullmatch("\0".join(stems)) is not None

    def only(self, paths: Iterable[str]) -> list[File]:
        """The files with these paths, ordered by id, where ids are plain."""
        files = [File(path, _stem(path), self.walk.statuses[path]) for path in paths]
        return sorted(files, key=attrgetter("id"))

    def content(self, path: str) -> bytes:
        """The bytes of a file, by its path in the corpus. Raises UnreadableFile, saying why."""
        content = read_file(os.path.join(self.root, path), only_regular=True)
        if not content.strip():
            raise UnreadableFile("empty")
        if b"\0" in content[:8192] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise UnreadableFile("not text")
        return content

    def read(self, file: File) -> Article:
        """The article in a file. Raises UnreadableFile, saying why."""
        # Loads the formats: a search of an unchanged corpus reads no file.
        from reader.formats import parse

        return parse(self.content(file.path), file.id, os.path.splitext(file.path)[1])

    def find(self, name: str, summaries: Iterable[Summary]) -> File:
        """The file of the article that a user named: its id, else a part of one id or title.

        `summaries` is only consulted when no id is exactly the name. Raises NoSuchArticle or
        AmbiguousArticle.
        """
        return self._at(name) or self._matching(name, list(summaries))

    def _at(self, name: str) -> File | None:
        """The file with exactly this id or path; the common case needs no walk of the corpus."""
        hidden = any(part.startswith(".") for part in name.split("/"))
        if _clean_id(name) == name and not hidden and not os.path.isabs(name):
            for path in (name + suffix for suffix in SUFFIXES):
                real = os.path.join(self.root, path)
                try:
                    status = os.lstat(real)
                except OSError:
                    continue
                if stat.S_ISREG(status.st_mode) and os.path.realpath(real) == real:
                    return File(path, name, status_of(status))
        by_id = (file for file in self.files if file.id == name)
        by_path = (file for file in self.files if file.path == name)
        return next(by_id, None) or next(by_path, None)

    def _matching(self, name: str, summaries: Sequence[Summary]) -> File:
        wanted = fold(normalize(name))
        by_id = {file.id: file for file in self.files}
        titles = {summary.id: summary.title for summary in summaries if summary.id in by_id}
        found = [id for id in titles if wanted in fold(id) or wanted in fold(titles[id])]
        whole = [id for id in found if wanted in (fold(id), fold(titles[id]))]
        if len(whole) == 1:
            found = whole
        if len(found) == 1 and wanted:
            return by_id[found[0]]
        shown = normalize(name) or "''"
        if found and wanted:
            raise AmbiguousArticle(
                f"{shown} is part of {len(found)} articles: {some_of(found)}; name one of them"
            )
        if not titles:
            raise NoSuchArticle(
                f"no article {shown}: there are none in {normalize(self.root)}; "
                "name another folder with --corpus"
            )
        near = _nearest(wanted, titles)
        hint = f"did you mean {some_of(near)}?" if near else "`reader list` shows what there is"
        raise NoSuchArticle(f"no article {shown}; {hint}")


def newest(summaries: Iterable[Summary]) -> Summary | None:
    """The article with the latest date, ties by id; undated ones come last."""
    return min(
        summaries,
        key=lambda summary: (-(summary.date.toordinal() if summary.date else 0), summary.id),
        default=None,
    )


def _collect(root: str, folder: str, walk: Walk, refusals: list[Refusal]) -> None:
    """Add what is below `folder` (a path relative to `root`) to what was found."""
    below: list[str] = []
    pages: set[str] = set()
    status = os.stat(os.path.join(root, folder))
    with os.scandir(os.path.join(root, folder)) as entries:
        walk.folders[folder] = status_of(status)
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = f"{folder}/{entry.name}" if folder else entry.name
            if entry.is_dir(follow_symlinks=False):
                below.append(path)
            elif entry.name.endswith(SUFFIXES):
                if path.endswith((".html", ".htm")):
                    pages.add(os.path.splitext(path)[0])
                try:
                    status = (
                        _status_of_link(root, entry)
                        if entry.is_symlink()
                        else entry.stat(follow_symlinks=False)
                    )
                    if not stat.S_ISREG(status.st_mode):
                        raise UnreadableFile("not a regular file")
                except OSError as error:
                    refusals.append(Refusal(path, error.strerror or "cannot be read"))
                except UnreadableFile as error:
                    refusals.append(Refusal(path, str(error)))
                else:
                    walk.statuses[path] = status_of(status)
    for path in below:
        if path.endswith("_files") and path.removesuffix("_files") in pages:
            continue  # what a browser saved beside a page: its pictures, scripts and frames
        try:
            _collect(root, path, walk, refusals)
        except OSError as error:
            refusals.append(Refusal(path, error.strerror or "cannot be read"))
        except RecursionError:
            refusals.append(Refusal(path, "folders nested too deeply"))


def _status_of_link(root: str, entry: os.DirEntry[str]) -> os.stat_result:
    """The status of what a link leads to. Raises UnreadableFile if that is not in the corpus."""
    target = os.path.realpath(entry.path)
    if os.path.commonpath([root, target]) != root:
        raise UnreadableFile("a link out of the corpus")
    return entry.stat()


def _stem(path: str) -> str:
    """A file's path without its suffix."""
    return path[: path.rindex(".")]


def _ids(paths: list[str]) -> dict[str, str]:
    """The id of each path: the path without its suffix.

    Where several paths would have one id, the first by suffix has it and the others keep theirs.
    """
    order = {suffix: place for place, suffix in enumerate(SUFFIXES)}
    ids: dict[str, str] = {}
    taken: set[str] = set()
    split = ((*os.path.splitext(path), path) for path in paths)
    for stem, _, path in sorted(split, key=lambda parts: (parts[0], order[parts[1]])):
        id = _clean_id(stem)
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


def _nearest(wanted: str, titles: dict[str, str]) -> list[str]:
    """The ids nearest to a name that none has, by id, its last part, and the title's words."""
    from difflib import get_close_matches

    names: dict[str, str] = {}
    for id, title in titles.items():
        for name in (id, id.rpartition("/")[2], title, *re.split(r"\W+", f"{id} {title}")):
            names.setdefault(fold(name), id)
    near = get_close_matches(wanted, names, n=3, cutoff=0.75)
    return list(dict.fromkeys(names[name] for name in near))

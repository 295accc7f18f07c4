"""A folder of articles: finds the files, gives them ids, reads them, notices changes."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reader.errors import (
    AmbiguousArticle,
    CorpusError,
    NoSuchArticle,
    UnreadableFile,
    joined,
)
from reader.files.listing import (
    FileStatus,
    Listing,
    SkippedFile,
    clean_id,
    file_status,
    ids_of,
    list_files,
    numbered_ids,
    stem_of,
)
from reader.files.read import read_file, refuse_binary
from reader.formats import SUFFIXES, is_binary, is_packed, largest, suffix_of
from reader.formats.gzipped import gunzip_file
from reader.language.clean import fold, normalize

if TYPE_CHECKING:
    from reader.model.article import Article
    from reader.model.summary import Summary

# Paths without their suffixes, joined by NUL, that are ids as they stand.
_PLAIN_IDS = re.compile(r"[\w./-]*(?:\0[\w./-]+)*")
# The id of an article of a file that holds several, or a path in place of the file's id.
_NUMBERED = re.compile(r"(.+)/([1-9]\d*)", re.DOTALL)


class File(NamedTuple):
    """A file of the corpus: its path relative to the corpus, its id, its status.

    The id is that of its article. If it has several, theirs are FILE/1, FILE/2 and so on.
    """

    path: str
    id: str
    status: FileStatus

    @property
    def size(self) -> int:
        """The file's size in bytes."""
        return self.status[0]


class FileMatch(NamedTuple):
    """What a name stands for: an article, by its id, in a file; or, if the id is that of a file
    with several articles, all of them.
    """

    id: str
    file: File


class Folder:
    """The articles below a folder, which is only ever read.

    `encoding` is that of text that is not UTF-8 and has no mark; by default the text tells it.
    Raises CorpusError if there is no such folder.
    """

    def __init__(self, root: Path, encoding: str | None = None) -> None:
        self.root = os.path.realpath(root)
        self.encoding = encoding
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
        return list_files(self.root)

    @property
    def skipped(self) -> tuple[SkippedFile, ...]:
        """The files that are not read because of their kind; others may turn out unreadable."""
        return self.listing.skipped

    @cached_property
    def files(self) -> tuple[File, ...]:
        """The files with the suffix of a format, ordered by id."""
        ids = ids_of(self.listing.statuses)
        files = [File(path, ids[path], status) for path, status in self.listing.statuses.items()]
        return tuple(sorted(files, key=attrgetter("id")))

    @property
    def unread(self) -> str:
        """What the folder has that is not read here and what would read it, for messages; empty if
        there is nothing like that. Beside articles only kinds count that others are kept in.
        """
        from reader.formats.recognition.kinds import counted

        others = counted(self.listing.others, bool(self.files))
        what = "not read here" if self.files else "nothing here that reader reads"
        return others and f"{what}: {others}"

    @property
    def emptiness(self) -> str:
        """Where there are no articles, and what is there instead, for messages."""
        return ": ".join(filter(None, (f"in {normalize(self.root)}", self.unread)))

    @cached_property
    def has_plain_ids(self) -> bool:
        """Whether each file's id is its path without the suffix, whatever other files there are."""
        paths = self.listing.statuses
        stems = set(map(stem_of, paths))
        return (
            len(stems) == len(paths)
            and _PLAIN_IDS.fullmatch("\0".join(stems)) is not None
            and stems.isdisjoint(numbered_ids(stems))
        )

    def files_at(self, paths: Iterable[str]) -> list[File]:
        """The files with these paths, ordered by id. Only for a folder that has plain ids."""
        files = [File(path, stem_of(path), self.listing.statuses[path]) for path in paths]
        return sorted(files, key=attrgetter("id"))

    def content(self, path: str) -> bytes:
        """The bytes of a file, by its path in the corpus. Raises UnreadableFile, saying why."""
        suffix = suffix_of(path)
        most = largest(suffix)
        content = read_file(os.path.join(self.root, path), only_regular=True, largest=most)
        if is_packed(suffix):
            content = gunzip_file(content, most)
        if not content or content.isspace():
            raise UnreadableFile("empty")
        if not is_binary(suffix):
            refuse_binary(content)
        return content

    def articles_in(self, file: File, content: bytes) -> list[Article]:
        """The articles in the content of a file. Raises UnreadableFile, saying why."""
        # Loads what a search of an unchanged corpus does without.
        from dataclasses import replace

        from reader.formats import guess_suffix, parse

        path = os.path.join(self.root, file.path)
        suffix = suffix_of(file.path) or guess_suffix(content)
        articles = parse(content, file.id, suffix, self.encoding)
        return [replace(article, path=path) for article in articles]

    def read(self, file: File) -> list[Article]:
        """The articles in a file. Raises UnreadableFile, saying why."""
        return self.articles_in(file, self.content(file.path))

    def find(self, name: str, summaries: Iterable[Summary]) -> FileMatch:
        """What is named by an id, a path, or a unique part of an id or title.

        `summaries` are those of the folder's articles; they are only consumed when no file's id or
        path is exactly the name. Raises NoSuchArticle or AmbiguousArticle.
        """
        match = self.with_id(name)
        if match is not None and match.id == match.file.id:
            return match
        listed = list(summaries)
        if match is not None and any(summary.id == match.id for summary in listed):
            return match
        return self._with_part(name, listed)

    def with_id(self, name: str) -> FileMatch | None:
        """What has exactly this id or path; whether its file has an article of the number in it is
        not looked up.
        """
        file = self._with_plain_id(name) or self._by_name.get(name)
        if file is not None:
            return FileMatch(file.id, file)
        numbered = _NUMBERED.fullmatch(name)
        if numbered is None:
            return None
        file = self._with_plain_id(numbered[1]) or self._by_name.get(numbered[1])
        return file and FileMatch(f"{file.id}/{numbered[2]}", file)

    @cached_property
    def _by_name(self) -> Mapping[str, File]:
        """The files by path and id; the ids win."""
        return {file.path: file for file in self.files} | {file.id: file for file in self.files}

    def _with_plain_id(self, id: str) -> File | None:
        """The file with this id if the id is its path without suffix: needs no listing."""
        is_hidden = any(part.startswith(".") for part in id.split("/"))
        if clean_id(id) != id or is_hidden or os.path.isabs(id):
            return None
        if os.path.isdir(os.path.join(self.root, id)):  # may have files whose ids are ID/1, ID/2
            return None
        for path in (id + suffix for suffix in SUFFIXES):
            real = os.path.join(self.root, path)
            try:
                status = os.lstat(real)
            except (OSError, ValueError):
                continue
            if stat.S_ISREG(status.st_mode) and os.path.realpath(real) == real:
                return File(path, id, file_status(status))
        return None

    def _with_part(self, name: str, summaries: Sequence[Summary]) -> FileMatch:
        """The only article with this part in its id or title, or the only file with it in its id; a
        whole one wins.
        """
        part = fold(normalize(name))
        by_path = {os.path.join(self.root, file.path): file for file in self.files}
        files = {
            summary.id: by_path[summary.path] for summary in summaries if summary.path in by_path
        }
        titles = {summary.id: summary.title for summary in summaries if summary.id in files}
        matches = _matches(part, titles)
        if len(matches) == 1:
            return FileMatch(matches[0], files[matches[0]])
        named = {files[id] for id in matches}
        whole = {file for file in named if part == fold(file.id)}
        if len(only := whole or named) == 1 and part in fold((file := only.pop()).id):
            return FileMatch(file.id, file)
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
        unread = f"; {self.unread}" if self.unread else ""
        hint = f"did you mean {joined(near)}?" if near else "`reader list` shows what there is"
        raise NoSuchArticle(f"no article {shown}; {hint}{unread}", name=name, suggestions=near)


def _matches(part: str, titles: dict[str, str]) -> list[str]:
    """The ids that contain a part, or whose titles do; an exact match wins."""
    if not part:
        return []
    names = {id: (fold(id), fold(title)) for id, title in titles.items()}
    matches = [id for id, (own, title) in names.items() if part in own or part in title]
    whole = [id for id in matches if part in names[id]]
    return whole if len(whole) == 1 else matches


def _nearest(name: str, titles: dict[str, str]) -> list[str]:
    """The ids most similar to a name that no article has: by id, its last part, or title words."""
    from difflib import get_close_matches

    ids: dict[str, str] = {}
    for id, title in titles.items():
        for own in (id, id.rpartition("/")[2], title, *re.split(r"\W+", f"{id} {title}")):
            ids.setdefault(fold(own), id)
    near = get_close_matches(name, ids, n=3, cutoff=0.75)
    return list(dict.fromkeys(ids[own] for own in near))

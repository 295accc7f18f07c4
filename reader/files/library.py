"""The user's own library: a folder of Markdown files, one an article, that `add` writes."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from reader.errors import CorpusError, ReaderError, UnreadableFile
from reader.files.articles import ReadResult, read_articles
from reader.files.folder import File, Folder
from reader.files.listing import stem_of
from reader.files.lock import locked
from reader.files.write import create_whole
from reader.language.clean import fold, normalize
from reader.model.article import Article
from reader.model.locator import parse_locator
from reader.model.summary import summarize, text_digest

if TYPE_CHECKING:
    from reader.model.summary import Summary

# Articles from one place that are added under one lock: for each lock the folder is listed.
_TOGETHER = 100
# Bytes of a file's name, without the number that tells it from another ("-2") and the suffix.
_LONGEST_STEM = 60

# Parameters of an address that say where its reader came from, not which page it is.
_TRACKING = re.compile(r"utm_.*|fbclid|gclid|msclkid|mc_[ce]id|igshid|cmpid|ref_src", re.IGNORECASE)

# The reason with which another text of an article that is present is not added.
_CHANGED = "its text has changed since it was added as {0}; `reader remove {0}` first to replace it"

# What can be added: an article, one that was read, the path of a file or folder, an address.
Addable: TypeAlias = "Article | ReadResult | str | os.PathLike[str]"


@dataclass(frozen=True)
class AddResult:
    """The result of adding an article: added, present in the library before, or failed.

    `name` is where the article is from; `summary` is that of the article in the library, None if it
    failed. `reason` says why it failed or, of one that was present before, that its text
    has changed since. It is empty otherwise. `warnings` are what was not understood of one that was
    added.
    """

    name: str
    state: Literal["added", "present", "failed"]
    summary: Summary | None = None
    reason: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def article(self) -> str | None:
        """The article's id in the library."""
        return self.summary.id if self.summary else None

    @property
    def locator(self) -> str | None:
        """The locator of the article."""
        return self.article

    @property
    def title(self) -> str | None:
        """The article's title."""
        return self.summary.title if self.summary else None


class StoredArticle(NamedTuple):
    """An article in the library: its summary, the digest of its text."""

    summary: Summary
    text_digest: bytes


class Library:
    """The folder of the user's own articles, which need not exist yet.

    `stored` are the articles in it, so that none is added twice; by default its files are read.
    What other processes add meanwhile is read too: each article is looked up and written under the
    folder's lock.
    """

    def __init__(self, folder: Path, stored: Iterable[StoredArticle] | None = None) -> None:
        self._folder = folder
        self.stored = stored
        self.encoding: str | None = None  # of texts that are not UTF-8 and have no mark
        self._names = self._list()  # of the files that were there before
        # Those in small letters without suffixes, and the number of the next copy of each.
        self._stems: set[str] = set()
        self._copies: dict[str, int] = {}

    def add(self, *items: Addable, allow_local: bool = False) -> list[AddResult]:
        """Add articles: given as such, or as the paths of files and folders, or as addresses.

        Each becomes a Markdown file with front matter, unless the library has one with the same
        address or text. Addresses of this machine and of private networks are refused unless
        `allow_local`. Raises ReaderError if the library cannot be written.
        """
        return list(self.add_each(items, allow_local))

    def add_each(self, items: Iterable[Addable], allow_local: bool = False) -> Iterator[AddResult]:
        """Add articles as `add` does, when their results are asked for; of the many at one location
        some at a time.
        """
        for item in [items] if isinstance(items, str) else items:
            if isinstance(item, Article):
                yield from self._add([ReadResult(item.id, item)])
            elif isinstance(item, ReadResult):
                yield from self._add([item])
            else:
                yield from self._add_all(read_articles(item, allow_local, self.encoding))

    def _add_all(self, results: Iterator[ReadResult]) -> Iterator[AddResult]:
        """Add the articles at one location: at first one, then more at a time."""
        together = 1
        while read := list(islice(results, together)):
            yield from self._add(read)
            together = min(2 * together, _TOGETHER)

    def find(
        self, names: Iterable[str], summaries: Callable[[Folder], Iterable[Summary]]
    ) -> list[File]:
        """The files of the articles that names or locators mean, each file once.

        `summaries` gives those of a folder's articles. Raises ReaderError if the library is empty
        or an article is one of several in a file, NoSuchArticle, AmbiguousArticle.
        """
        folder = Folder(self._folder) if self._folder.is_dir() else None
        if folder is None or not folder.files:
            raise ReaderError("your library is empty; `reader add` puts articles into it")
        files: dict[File, None] = {}
        for name in names:
            match = folder.find(parse_locator(name).article, summaries(folder))
            if match.id != match.file.id:
                raise ReaderError(
                    f"{match.id} is one of several articles in {normalize(match.file.path)}: "
                    f"{match.file.id} names them all"
                )
            files[match.file] = None
        return list(files)

    def remove(self, file: File) -> None:
        """Delete an article's file, for good. Raises ReaderError."""
        try:
            (self._folder / file.path).unlink()
        except OSError as error:
            raise ReaderError(f"cannot delete {file.id}: {error.strerror}") from error
        self.stored = None  # to be read again
        self._copies.clear()
        self.__dict__.pop("_stored", None)

    def _add(self, results: Sequence[ReadResult]) -> list[AddResult]:
        """Add articles, or what failed of them, together."""
        if all(result.article is None for result in results):
            return [self._add_one(result) for result in results]
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with locked(self._folder):
                self._read_new()
                return [self._add_one(result) for result in results]
        except OSError as error:
            raise ReaderError(
                f"cannot write to the library {self._folder}: {error.strerror or error}"
            ) from error

    def _add_one(self, result: ReadResult) -> AddResult:
        """Add an article under the lock. Raises OSError."""
        article = result.article
        if article is None:
            return AddResult(result.name, "failed", reason=result.reason)
        digest = text_digest(article)
        if stored := self._stored.find(digest, article.url):
            changed = "" if self._stored.has_text(digest) else _CHANGED.format(stored.id)
            return AddResult(result.name, "present", stored, changed)
        id = self._write(article)
        self._names.add(f"{id}.md")
        path = os.path.join(os.path.realpath(self._folder), f"{id}.md")
        summary = summarize(article)._replace(id=id, path=path)
        self._stored.add(StoredArticle(summary, digest))
        return AddResult(result.name, "added", summary, warnings=article.warnings)

    @cached_property
    def _stored(self) -> _StoredArticles:
        return _StoredArticles(self._read_stored() if self.stored is None else self.stored)

    def _read_stored(self) -> Iterator[StoredArticle]:
        """The articles in the library's files; what cannot be read is nothing to compare with."""
        if not self._folder.is_dir():
            return
        folder = Folder(self._folder)
        for file in folder.files:
            with suppress(UnreadableFile):
                for article in folder.read(file):
                    yield StoredArticle(summarize(article), text_digest(article))

    def _list(self) -> set[str]:
        """The names of the files that the library has. Raises OSError."""
        with suppress(FileNotFoundError, NotADirectoryError):
            return set(os.listdir(self._folder))
        return set()

    def _read_new(self) -> None:
        """Read what other processes have added since this one began. Raises OSError."""
        names = self._list()
        new, self._names = names - self._names, names
        self._stems = {stem_of(name).lower() for name in names}
        for name in sorted(name for name in new if name.endswith(".md")):
            file = File(name, name.removesuffix(".md"), (0, 0))  # its status is of no use here
            with suppress(UnreadableFile):
                for article in Folder(self._folder).read(file):
                    self._stored.add(StoredArticle(summarize(article), text_digest(article)))

    def _write(self, article: Article) -> str:
        """Write the article to a new file; returns its id. Raises OSError."""
        # Loads the YAML library: only for writing.
        from reader.formats.markdown import as_markdown

        content = as_markdown(article, datetime.date.today()).encode()
        stem = _stem(article.title)
        # Another suffix would do for a new file, but change the other article's id.
        for copy in count(self._copies.get(stem, 1)):
            self._copies[stem] = copy + 1
            name = stem if copy == 1 else f"{stem}-{copy}"
            if name in self._stems:
                continue
            self._stems.add(name)
            with suppress(FileExistsError):  # written by another program since
                create_whole(self._folder / f"{name}.md", content, durable=True)
                return name
        raise AssertionError("stems do not end")


def make_library(folder: Path) -> Path:
    """Make the library's folder if it is not there; returns it. Raises CorpusError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"cannot make the library {folder}: {error.strerror}"
        raise CorpusError(message, path=folder) from error
    return folder


def own_library(root: Path, folder: Path) -> Library:
    """The library in a folder, where a corpus with this real path is the library.

    Raises ReaderError where it is not: other folders are only read.
    """
    if os.path.realpath(folder) != str(root):
        raise ReaderError(
            f"{normalize(str(root))} is only read: articles are added to and removed from your own "
            f"library, {normalize(str(folder))}"
        )
    return Library(folder)


class _StoredArticles:
    """The articles in the library, by their texts and addresses."""

    def __init__(self, articles: Iterable[StoredArticle]) -> None:
        self._by_text: dict[bytes, Summary] = {}
        self._by_url: dict[str, Summary] = {}
        for article in articles:
            self.add(article)

    def add(self, article: StoredArticle) -> None:
        """Add an article; of several with one text or address the first counts."""
        summary = article.summary
        self._by_text.setdefault(article.text_digest, summary)
        if summary.url:
            self._by_url.setdefault(canonical_url(summary.url), summary)

    def find(self, digest: bytes, url: str | None) -> Summary | None:
        """The article with this address or, failing that, this text."""
        by_url = self._by_url.get(canonical_url(url)) if url else None
        return by_url or self._by_text.get(digest)

    def has_text(self, digest: bytes) -> bool:
        """Whether any article has this text."""
        return digest in self._by_text


def canonical_url(url: str) -> str:
    """The address without what may differ between two addresses of the same page."""
    try:
        parts = urlsplit(url)
        query = [(k, v) for k, v in parse_qsl(parts.query) if not _TRACKING.fullmatch(k)]
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return url
    return urlunsplit(("", host + port, parts.path.rstrip("/"), urlencode(query), ""))


def _stem(title: str) -> str:
    """A file name without suffix for an article: words of its title."""
    words = re.findall(r"\w+", fold(title))
    stem = ""
    for word in words:
        longer = f"{stem}-{word}" if stem else word[:_LONGEST_STEM]
        if len(longer.encode()) > _LONGEST_STEM:
            break
        stem = longer
    return stem or "article"

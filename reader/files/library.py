"""The user's own library: a folder of Markdown files, one an article, that `add` writes."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from reader.errors import ReaderError, UnreadableFile
from reader.files.folder import Folder
from reader.files.read import read_file
from reader.files.write import create_whole
from reader.formats import SUFFIXES, parse
from reader.language.clean import fold, normalize
from reader.model.summary import text_digest

if TYPE_CHECKING:
    from reader.model.article import Article

# Characters of a file's name, without what tells it from another of the same name.
_LONGEST_NAME = 60

# Parameters that say where a reader came from, not what is read.
_TRACKING = re.compile(r"utm_.*|fbclid|gclid|msclkid|mc_[ce]id|igshid|cmpid|ref_src", re.IGNORECASE)

_NOT_READ = {".pdf": "convert it first, as with pdftotext", ".epub": "convert it to text first"}


class Found(NamedTuple):
    """An article to add, or the reason why there is none; `name` is where it is from."""

    name: str
    article: Article | None = None
    reason: str = ""


class Outcome(NamedTuple):
    """What became of an article: it was added, was there already, or could not be added.

    `state` is "added", "present" or "failed"; `article` the id that it has in the library.
    """

    name: str
    state: str
    article: str | None = None
    title: str | None = None
    reason: str = ""


class Held(NamedTuple):
    """An article that the library has: its id, the digest of its text, its address."""

    id: str
    text_digest: bytes
    url: str | None


class Library:
    """The folder of the user's articles. `held` are those that are there."""

    def __init__(self, folder: Path, held: Iterable[Held]) -> None:
        self._folder = folder
        self._texts: dict[bytes, str] = {}
        self._addresses: dict[str, str] = {}
        for article in held:
            self._remember(*article)

    def add(self, found: Found) -> Outcome:
        """Write the article as a file, unless the library has it. Raises ReaderError if the
        library cannot be written.
        """
        article = found.article
        if article is None:
            return Outcome(found.name, "failed", reason=found.reason)
        digest = text_digest(article)
        known = self._addresses.get(canonical(article.url)) if article.url else None
        if known or (known := self._texts.get(digest)):
            return Outcome(found.name, "present", known, article.title)
        try:
            id = self._write(article)
        except OSError as error:
            raise ReaderError(
                f"cannot write to the library {self._folder}: {error.strerror or error}"
            ) from error
        self._remember(id, digest, article.url)
        return Outcome(found.name, "added", id, article.title)

    def _remember(self, id: str, digest: bytes, url: str | None) -> None:
        self._texts.setdefault(digest, id)
        if url:
            self._addresses.setdefault(canonical(url), id)

    def _write(self, article: Article) -> str:
        """Write a file that was not there, whole or not at all; returns the article's id."""
        self._folder.mkdir(parents=True, exist_ok=True)
        content = as_markdown(article, datetime.date.today()).encode()
        for id in _names(article):
            if not any((self._folder / f"{id}{suffix}").exists() for suffix in SUFFIXES):
                try:
                    create_whole(self._folder / f"{id}.md", content, durable=True)
                except FileExistsError:
                    continue
                return id
        raise AssertionError("names do not end")


def found_in(path: Path) -> Iterator[Found]:
    """The article in a file, or those in the files of a folder."""
    shown = normalize(str(path))
    if path.is_dir():
        corpus = Folder(path)
        for refusal in corpus.refusals:
            yield Found(f"{shown}/{normalize(refusal.path)}", reason=refusal.reason)
        for file in corpus.files:
            name = f"{shown}/{normalize(file.path)}"
            try:
                yield Found(name, corpus.read(file))
            except UnreadableFile as error:
                yield Found(name, reason=str(error))
        return
    suffix = path.suffix.casefold()
    if suffix not in SUFFIXES and path.exists():
        reads = ", ".join(SUFFIXES)
        hint = _NOT_READ.get(suffix, f"reader reads {reads}")
        yield Found(shown, reason=f"{suffix or 'a file without a suffix'} is not read: {hint}")
        return
    try:
        content = read_file(path)
    except UnreadableFile as error:
        yield Found(shown, reason=str(error))
        return
    yield read(shown, content, suffix, path.stem)


def read(name: str, content: bytes, suffix: str, id: str, url: str | None = None) -> Found:
    """The article in some bytes; `url` is where they are from."""
    try:
        if not content.strip():
            raise UnreadableFile("empty")
        article = parse(content, normalize(id) or "article", suffix)
    except UnreadableFile as error:
        return Found(name, reason=str(error))
    if not article.paragraphs:
        return Found(name, reason="there is no paragraph in it")
    if url and not article.url:
        from dataclasses import replace

        article = replace(article, url=url)
    return Found(name, article)


def as_markdown(article: Article, added: datetime.date) -> str:
    """The article as a Markdown file with front matter, which reads as the same article."""
    import yaml

    fields: Mapping[str, object] = {
        "title": article.title,
        "author": article.author,
        "date": article.date,
        "source": article.source,
        "section": article.section,
        "credit": article.credit,
        "url": article.url,
        "tags": list(article.tags) or None,
        "added": added,
    }
    known = {name: value for name, value in fields.items() if value is not None}
    front = yaml.safe_dump(known, allow_unicode=True, sort_keys=False, width=10_000)
    body = "\n\n".join(paragraph.text for paragraph in article.paragraphs)
    return f"---\n{front}---\n\n{body}\n"


def canonical(url: str) -> str:
    """An address without what can differ between two of the same page."""
    try:
        parts = urlsplit(url)
        query = [(k, v) for k, v in parse_qsl(parts.query) if not _TRACKING.fullmatch(k)]
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return url
    return urlunsplit(("", host + port, parts.path.rstrip("/"), urlencode(query), ""))


def _names(article: Article) -> Iterator[str]:
    """File names for an article: words of its title, then the same with a number."""
    words = re.findall(r"\w+", fold(article.title))
    name = ""
    for word in words:
        longer = f"{name}-{word}" if name else word[:_LONGEST_NAME]
        if len(longer.encode()) > _LONGEST_NAME:
            break
        name = longer
    name = name or "article"
    yield name
    number = 2
    while True:
        yield f"{name}-{number}"
        number += 1

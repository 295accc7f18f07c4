"""Reads articles from wherever `add` is pointed at: files, folders, addresses, streams."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import FetchError, SettingsError, UnreadableFile
from reader.files.folder import Folder
from reader.files.read import is_pipe, read_file, refuse_binary, refuse_larger
from reader.formats import (
    LARGEST_FILE,
    SUFFIXES,
    guess_suffix,
    is_binary,
    is_packed,
    largest,
    missing_extra,
    parse,
    suffix_of,
)
from reader.formats.extras import installing
from reader.formats.gzipped import gunzip_file
from reader.formats.recognition.kinds import why_unread
from reader.formats.recognition.sniffing import refuse_unread, sniffed, typed_by_content
from reader.language.clean import normalize
from reader.settings import expand_home

if TYPE_CHECKING:
    from reader.files.read import Readable
    from reader.model.article import Article

_FEEDS = frozenset({".rss", ".atom"})
# A line of a list of addresses.
_ADDRESS = re.compile(rb"https?://[^\s<>\"]+", re.IGNORECASE)


@dataclass(frozen=True)
class ReadResult:
    """An article that was read, or the reason why there is none; `name` is the file, the address
    or the stream, worded for the user.
    """

    name: str
    article: Article | None = None
    reason: str = ""


def read_articles(
    location: str | os.PathLike[str], allow_local: bool = False, encoding: str | None = None
) -> Iterator[ReadResult]:
    """The articles at a location: a file, a folder or an address, each of which may have several.
    Addresses of this machine and of private networks are refused unless `allow_local`. `encoding`
    is that of texts that are not UTF-8 and have no mark; by default their letters tell it.
    """
    if isinstance(location, str) and is_url(location):
        yield from _read_page(location, allow_local)
        return
    try:
        path = expand_home(location)
    except SettingsError as error:
        yield ReadResult(normalize(str(location)), reason=str(error))
        return
    if os.path.isdir(path):  # unlike Path.is_dir, for names that are too long, too
        yield from _read_folder(path, encoding)
    else:
        yield from _read_file(path, encoding)


def is_url(text: str) -> bool:
    """Whether a text is meant as an address, with any scheme."""
    return "://" in text and not text.startswith(("/", "."))


def read_stream(
    stream: Readable,
    name: str = "standard input",
    allow_local: bool = False,
    encoding: str | None = None,
) -> Iterator[ReadResult]:
    """The articles in a binary stream, in the format that its content seems to have; those at its
    addresses, if it has nothing but an address on each line.
    """
    try:
        content = stream.read(LARGEST_FILE + 1)
        largest_size = largest(guess_suffix(content))
        if len(content) > LARGEST_FILE:
            content += stream.read(largest_size + 1 - len(content))
        refuse_larger(content, largest_size)
    except UnreadableFile as error:
        yield ReadResult(name, reason=str(error))
        return
    addresses = _addresses(content)
    for address in addresses:
        yield from _read_page(address, allow_local)
    if not addresses:
        yield from _read_unnamed(name, content, encoding)


def _addresses(content: bytes) -> list[str]:
    """The addresses in a list of them; none in anything else."""
    if not content.lstrip().lower().startswith((b"#", b"http")):
        return []
    lines = [line.strip() for line in content.splitlines()]
    lines = [line for line in lines if line and not line.startswith(b"#")]
    if not all(map(_ADDRESS.fullmatch, lines)):
        return []
    return [line.decode("utf-8", "replace") for line in lines]


def _read_unnamed(name: str, content: bytes, encoding: str | None) -> list[ReadResult]:
    """The articles in bytes without a file name."""
    suffix = sniffed(content)
    try:
        refuse_unread(content)
        if suffix not in SUFFIXES:
            raise UnreadableFile(why_unread(suffix))
    except UnreadableFile as error:
        return [ReadResult(name, reason=str(error))]
    return read_content(name, content, suffix, "article", encoding=encoding)


def read_content(
    name: str,
    content: bytes,
    suffix: str,
    article_id: str,
    url: str | None = None,
    encoding: str | None = None,
) -> list[ReadResult]:
    """The articles in bytes of the format with a suffix; `url` is where they were fetched from."""
    try:
        if extra := missing_extra(suffix):
            raise UnreadableFile(f"{suffix} needs {installing(extra)}")
        if is_packed(suffix):
            content = gunzip_file(content, largest(suffix))
        if not content or content.isspace():
            raise UnreadableFile("empty")
        if not is_binary(suffix):
            refuse_binary(content)
        articles = parse(content, normalize(article_id) or "article", suffix, encoding)
    except UnreadableFile as error:
        return [ReadResult(name, reason=str(error))]
    if len(articles) == 1:
        return [_result(name, articles[0], url)]
    # All are at the one address.
    return [_result(f"{name}/{n}", article) for n, article in enumerate(articles, 1)]


def _result(name: str, article: Article, url: str | None = None) -> ReadResult:
    """The result for an article that was read, at an address if it was fetched from one."""
    if not article.paragraphs:
        reason = ": ".join(("there is no paragraph in it", *article.warnings))
        return ReadResult(name, reason=reason)
    if url and (not article.url or _is_front_page(article.url)):
        from dataclasses import replace

        article = replace(article, url=url)
    return ReadResult(name, article)


def _is_front_page(url: str) -> bool:
    """Whether an address is that of a whole site, as careless sites give for each of its pages."""
    return re.fullmatch(r"[a-z]+://[^/?#]*/?", url, re.IGNORECASE) is not None


def _read_page(url: str, allow_local: bool) -> list[ReadResult]:
    # Loads the web's protocols.
    from reader.files.web import fetch

    name = normalize(url)
    try:
        page = fetch(url, allow_local)
    except FetchError as error:
        return [ReadResult(name, reason=str(error).removeprefix(f"{name}: "))]
    suffix = page.suffix
    if suffix in (".html", ".txt") and (told := sniffed(page.content)) in _FEEDS:
        suffix = told  # servers call feeds many things
    return read_content(name, page.content, suffix, "article", page.url)


def _read_folder(path: Path, encoding: str | None) -> Iterator[ReadResult]:
    shown = normalize(str(path))
    folder = Folder(path, encoding)
    if folder.unread or not (folder.files or folder.skipped):
        yield ReadResult(shown, reason=folder.unread or "no files are in it")
    for skipped in folder.skipped:
        yield ReadResult(f"{shown}/{normalize(skipped.path)}", reason=skipped.reason)
    for file in folder.files:
        name = f"{shown}/{normalize(file.path)}"
        try:
            articles = folder.read(file)
        except UnreadableFile as error:
            yield ReadResult(name, reason=str(error))
            continue
        for number, article in enumerate(articles, 1):
            yield _result(name if len(articles) == 1 else f"{name}/{number}", article)


def _read_file(path: Path, encoding: str | None) -> list[ReadResult]:
    name = normalize(str(path))
    suffix = suffix_of(path.name)
    try:
        content = read_file(path, largest=largest(suffix))
    except UnreadableFile as error:
        return [ReadResult(name, reason=str(error))]
    if suffix:
        return read_content(name, content, suffix, path.name[: -len(suffix)], encoding=encoding)
    if is_pipe(path):
        return _read_unnamed(name, content, encoding)
    if typed_by_content(content):
        return read_content(name, content, guess_suffix(content), path.name, encoding=encoding)
    return [ReadResult(name, reason=why_unread(path.suffix.lower()))]

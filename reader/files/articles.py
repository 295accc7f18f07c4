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
from reader.files.read import is_pipe, read_file, read_limited, refuse_binary
from reader.formats import SUFFIXES, guess_suffix, is_binary, parse
from reader.language.clean import normalize
from reader.settings import expand_home

if TYPE_CHECKING:
    from reader.files.read import Readable
    from reader.model.article import Article

# Formats that are not read but can be converted, and how.
_CONVERSIONS = {".pdf": "convert it first, as with pdftotext", ".epub": "convert it to text first"}


@dataclass(frozen=True)
class ReadResult:
    """An article that was read, or the reason why there is none.

    `name` is the file, the address or the stream, worded for the user.
    """

    name: str
    article: Article | None = None
    reason: str = ""


def read_articles(
    location: str | os.PathLike[str], allow_local: bool = False
) -> Iterator[ReadResult]:
    """The articles at a location: one for a file or an address, any number for a folder.

    Addresses of this machine and of private networks are refused unless `allow_local`.
    """
    if isinstance(location, str) and is_url(location):
        yield _read_page(location, allow_local)
        return
    try:
        path = expand_home(location)
    except SettingsError as error:
        yield ReadResult(normalize(str(location)), reason=str(error))
        return
    if os.path.isdir(path):  # unlike Path.is_dir, for names that are too long, too
        yield from _read_folder(path)
    else:
        yield _read_file(path)


def is_url(text: str) -> bool:
    """Whether a text is meant as an address, with any scheme."""
    return "://" in text and not text.startswith(("/", "."))


def read_stream(stream: Readable, name: str = "standard input") -> ReadResult:
    """The article in a binary stream, in the format that its content seems to have."""
    try:
        content = read_limited(stream)
    except UnreadableFile as error:
        return ReadResult(name, reason=str(error))
    return read_content(name, content, guess_suffix(content), "article")


def read_content(
    name: str, content: bytes, suffix: str, article_id: str, url: str | None = None
) -> ReadResult:
    """The article in bytes of the format with a suffix; `url` is where they were fetched from."""
    try:
        if not content.strip():
            raise UnreadableFile("empty")
        if not is_binary(suffix):
            refuse_binary(content)
        article = parse(content, normalize(article_id) or "article", suffix)[0]
    except UnreadableFile as error:
        return ReadResult(name, reason=str(error))
    if not article.paragraphs:
        return ReadResult(name, reason="there is no paragraph in it")
    if url and (not article.url or _is_front_page(article.url)):
        from dataclasses import replace

        article = replace(article, url=url)
    return ReadResult(name, article)


def _is_front_page(url: str) -> bool:
    """Whether an address is that of a whole site, which careless sites give for each of its pages.

    Taken for a page's own it would make all of them one article.
    """
    return re.fullmatch(r"[a-z]+://[^/?#]*/?", url, re.IGNORECASE) is not None


def _read_page(url: str, allow_local: bool) -> ReadResult:
    # Loads the web's protocols.
    from reader.files.web import fetch

    name = normalize(url)
    try:
        page = fetch(url, allow_local)
    except FetchError as error:
        return ReadResult(name, reason=str(error).removeprefix(f"{name}: "))
    return read_content(name, page.content, page.suffix, "article", page.url)


def _read_folder(path: Path) -> Iterator[ReadResult]:
    shown = normalize(str(path))
    folder = Folder(path)
    if not folder.files and not folder.skipped:
        yield ReadResult(shown, reason=folder.unread or "no files are in it")
    for skipped in folder.skipped:
        yield ReadResult(f"{shown}/{normalize(skipped.path)}", reason=skipped.reason)
    for file in folder.files:
        name = f"{shown}/{normalize(file.path)}"
        try:
            yield ReadResult(name, folder.read(file))
        except UnreadableFile as error:
            yield ReadResult(name, reason=str(error))


def _read_file(path: Path) -> ReadResult:
    name = normalize(str(path))
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES and os.path.exists(path) and not is_pipe(path):
        hint = _CONVERSIONS.get(suffix, f"reader reads {', '.join(SUFFIXES)}")
        kind = suffix or "a file without a suffix"
        return ReadResult(name, reason=f"{kind} is not read: {hint}")
    try:
        content = read_file(path)
    except UnreadableFile as error:
        return ReadResult(name, reason=str(error))
    if suffix not in SUFFIXES:  # a pipe
        return read_content(name, content, guess_suffix(content), "article")
    return read_content(name, content, suffix, path.stem)

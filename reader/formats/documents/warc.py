"""Web archives (WARC, ISO 28500; WACZ): an article for each page in them, by warcio."""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reader.errors import UnreadableFile
from reader.formats.documents.archive import Archive
from reader.formats.extras import installing
from reader.formats.html import parse_html

if TYPE_CHECKING:
    from reader.model.article import Article

KIND = "a web archive"
_MOST_RECORDS = 100_000
_MOST_PAGES = 5000
# Bytes of a page; of everything unpacked.
_LARGEST_PAGE = 8 * 1024 * 1024
_LARGEST_TOTAL = 512 * 1024 * 1024
_CHUNK = 256 * 1024
_PAGE_TYPES = ("text/html", "application/xhtml+xml")


def parse_warc(content: bytes, file_id: str) -> list[Article]:
    """The pages in an archive, in its order. The days of capture are none of publication.

    Raises UnreadableFile, also if the extra `warc` is not installed.
    """
    return _articles(_pages(io.BytesIO(content)), file_id)


def parse_wacz(content: bytes, file_id: str) -> list[Article]:
    """The pages in a packed archive: those that its list of pages names, if it has one."""
    archive = Archive(content, KIND)
    names = [
        n for n in archive.names if n.startswith("archive/") and n.endswith((".warc.gz", ".warc"))
    ]
    if not names:
        raise UnreadableFile(f"{KIND} that is damaged: there is no WARC in it")
    listed = _listed(archive)
    pages = (page for name in names for page in _pages(io.BytesIO(archive.read(name))))
    return _articles((page for page in pages if not listed or page[0] in listed), file_id)


def _listed(archive: Archive) -> set[str]:
    """The addresses in the list of pages."""
    addresses: set[str] = set()
    for line in (
        archive.read("pages/pages.jsonl").splitlines() if "pages/pages.jsonl" in archive else ()
    ):
        try:
            page = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(page, dict) and isinstance(page.get("url"), str):
            addresses.add(page["url"])
    return addresses


def _articles(pages: Iterator[tuple[str, bytes]], file_id: str) -> list[Article]:
    """The articles in pages; a warning tells how many have none."""
    articles: list[Article] = []
    unread = 0
    for number, (address, page) in enumerate(pages, start=1):
        if number > _MOST_PAGES:
            raise UnreadableFile(f"{KIND} of more than {_MOST_PAGES:,} pages")
        try:
            articles.append(parse_html(page, file_id, address))
        except UnreadableFile:
            unread += 1
    if not articles:
        raise UnreadableFile(f"{KIND} with no page of text in it")
    if unread:
        warning = f"{unread} of {unread + len(articles)} pages have no text"
        articles[0] = replace(articles[0], warnings=(*articles[0].warnings, warning))
    return articles


def _pages(file: Any) -> Iterator[tuple[str, bytes]]:
    """The addresses and contents of pages that were answered or saved as such."""
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as error:
        raise UnreadableFile(f"{KIND}, which needs warcio: {installing('warc')}") from error
    unpacked = _Unpacked(file)
    if not unpacked.starts_with(b"WARC/"):
        raise UnreadableFile(f"{KIND} that is damaged, or none")
    records = iter(ArchiveIterator(unpacked))
    for _ in range(_MOST_RECORDS):
        try:
            with redirect_stderr(io.StringIO()):  # warcio prints what it finds damaged
                record = next(records, None)
                page = _page(record) if record is not None else None
        except (ArchiveLoadFailed, EOFError, ValueError, AttributeError, zlib.error):
            return  # the rest is damaged
        if record is None:
            return
        if page is not None:
            yield page
    raise UnreadableFile(f"{KIND} of more than {_MOST_RECORDS:,} records")


def _page(record: Any) -> tuple[str, bytes] | None:
    """The address and the content of the page in a record; None if it is none."""
    address = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    if not _is_page(record) or not address.startswith(("http://", "https://")):
        return None
    stream = record.content_stream()
    content = bytearray()
    while chunk := stream.read(_CHUNK):
        content += chunk
        if len(content) > _LARGEST_PAGE:
            return None
    return address, bytes(content)


def _is_page(record: Any) -> bool:
    """Whether a record is a whole page that a server gave, or one saved without its headers."""
    if record.rec_type == "resource":
        kind = record.rec_headers.get_header("Content-Type") or ""
    elif record.rec_type == "response" and record.http_headers is not None:
        if record.http_headers.get_statuscode() != "200":
            return False
        kind = record.http_headers.get_header("Content-Type") or ""
    else:
        return False
    return kind.partition(";")[0].strip().lower() in _PAGE_TYPES


class _Unpacked(io.RawIOBase):
    """A file, unpacked if it is packed by gzip, up to a limit; damage ends it."""

    def __init__(self, file: Any) -> None:
        super().__init__()
        self._file = file
        self._packed = b""
        self._left = _LARGEST_TOTAL
        self._is_packed = file.read(2) == b"\x1f\x8b"
        self._member: Any = None
        self._position = 0
        file.seek(0)

    def starts_with(self, mark: bytes) -> bool:
        """Whether the unpacked bytes begin so. Only before anything is read."""
        start = self._unpack(len(mark)) if self._is_packed else self._file.read(len(mark))
        self._file.seek(0)
        self._packed, self._member = b"", None
        return start == mark

    def readable(self) -> bool:
        """True."""
        return True

    def tell(self) -> int:
        """How many bytes have been read."""
        return self._position

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes; none at the end only. Raises UnreadableFile past the limit."""
        size = _CHUNK if size is None or size < 0 else min(size, _CHUNK)
        content = self._unpack(size) if self._is_packed else self._file.read(size)
        self._left -= len(content)
        self._position += len(content)
        if self._left < 0:
            raise UnreadableFile(f"{KIND} larger than {_LARGEST_TOTAL // 1024**2} MiB unpacked")
        return content

    def _unpack(self, size: int) -> bytes:
        while True:
            if not self._packed:
                self._packed = self._file.read(_CHUNK)
                if not self._packed:
                    return b""
            if self._member is None:
                self._member = zlib.decompressobj(wbits=31)
            try:
                content: bytes = self._member.decompress(self._packed, size)
            except zlib.error:
                self._packed = b""
                self._file.seek(0, io.SEEK_END)
                return b""
            if self._member.eof:
                self._packed, self._member = self._member.unused_data, None
            else:
                self._packed = self._member.unconsumed_tail
            if content:
                return content

"""The format of bytes without a name that says it, by how they begin."""

from __future__ import annotations

import re
import zlib
from typing import NamedTuple

from reader.errors import UnreadableFile
from reader.formats import SUFFIXES

# Bytes from the beginning that are looked at.
_START = 4096

# How files of one kind begin, after white space, in small letters, and the kind's suffix.
_MARKS = (
    (b"%pdf-", ".pdf"),
    (b"{\\rtf", ".rtf"),
    (b"warc/", ".warc"),
    (b"from ", ".mbox"),
    (b"<!doctype html", ".html"),
    (b"<html", ".html"),
    (b"<!doctype nitf", ".nitf"),
    (b"<!doctype lewis", ".sgm"),
    (b"<!doctype en-export", ".enex"),
)
# The same for the first element of XML.
_ELEMENTS = {
    b"html": ".html",
    b"rss": ".rss",
    b"feed": ".atom",
    b"rdf:rdf": ".rss",
    b"nitf": ".nitf",
    b"newsitem": ".newsml",
    b"newsmessage": ".newsml",
    b"newsml": ".newsml",
    b"lewis": ".sgm",
    b"reuters": ".sgm",
    b"en-export": ".enex",
}
_ELEMENT = re.compile(rb"<([a-z][\w:-]*)")
# What may stand before the first element of XML, by its first and last characters.
_PROLOGUE = ((b"<?", b"?>"), (b"<!--", b"-->"), (b"<!", b">"))
# The end of a header of mail messages, before which there may be others.
_MAIL = re.compile(
    rb"(?:[a-z][a-z-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)*?"
    rb"(?:(?:mime-version|message-id|return-path|delivered-to):|received: (?:from|by))"
)
_MBOX = re.compile(rb"from \S+ [^\n]*\d\d:\d\d[^\n]*\n")

_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"


class _Kind(NamedTuple):
    """A kind of files that is never read: how they begin, and the words for them."""

    start: bytes
    words: str


_UNREAD = (
    _Kind(b"\xd0\xcf\x11\xe0", "an old Office document: save it as .docx"),
    _Kind(b"%!PS", "PostScript: make a PDF of it"),
    _Kind(b"\x89PNG", "a picture"),
    _Kind(b"\xff\xd8\xff", "a picture"),
    _Kind(b"GIF8", "a picture"),
    _Kind(b"\xfd7zXZ", "packed by xz: unpack it"),
    _Kind(b"BZh", "packed by bzip2: unpack it"),
    _Kind(b"7z\xbc\xaf", "packed by 7-Zip: unpack it"),
    _Kind(b"\x28\xb5\x2f\xfd", "packed by zstd: unpack it"),
    _Kind(b"Rar!", "packed by RAR: unpack it"),
    _Kind(b"bplist00", "a property list, as Safari's web archives are: save the page as .html"),
    _Kind(b"SQLite format 3", "a database"),
)


def typed_by_content(start: bytes) -> bool:
    """Whether a file whose name says nothing is read, by its first bytes.

    Pages, mail, feeds and packed documents say what they are. Plain text and JSON do not: there is
    a README or a LICENSE beside many articles that is none.
    """
    if start.startswith((_GZIP, _ZIP)):
        return False
    return _marked(start) in SUFFIXES


def sniffed(content: bytes) -> str:
    """The suffix of the format that bytes without a file name seem to have; it may be one that is
    not read. Plain text is taken for Markdown.
    """
    if content.startswith(_ZIP):
        from reader.formats.documents.archive import guess_kind

        suffix = guess_kind(content)
        return ".zip" if suffix == ".md" else suffix
    if content.startswith(_GZIP):
        return _packed(content)
    if marked := _marked(content[:_START]):
        return marked
    start = _lower(content[:_START])
    if start.startswith((b"<?xml", b"<head", b"<body")):
        return ".html"
    return _json(content) if start.startswith((b"{", b"[")) else ".md"


def refuse_unread(content: bytes) -> None:
    """Raise UnreadableFile for bytes of a kind that is never read, naming it."""
    for kind in _UNREAD:
        if content.startswith(kind.start):
            raise UnreadableFile(kind.words)


def _lower(start: bytes) -> bytes:
    """Bytes without white space and byte order mark before them, in small letters."""
    return start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()


def _marked(start: bytes) -> str:
    """The suffix of the format whose mark bytes begin with; "" if there is none."""
    lower = _lower(start)
    for mark, suffix in _MARKS:
        if lower.startswith(mark):
            if suffix == ".mbox" and not _MBOX.match(lower):
                continue
            return suffix
    if lower.startswith(b"<"):
        suffix = _ELEMENTS.get(_first_element(lower), "")
        return suffix if suffix in SUFFIXES or ".xml" not in SUFFIXES or not suffix else ".xml"
    return ".eml" if _MAIL.match(lower) else ""


def _first_element(xml: bytes) -> bytes:
    """The name of the first element of XML; empty if there is none."""
    while prologue := next((ends for ends in _PROLOGUE if xml.startswith(ends[0])), None):
        xml = xml.partition(prologue[1])[2].lstrip()
    element = _ELEMENT.match(xml)
    return element[1] if element else b""


def _json(content: bytes) -> str:
    """The suffix for JSON, if the content is: one value, or several, each on a line."""
    import json

    try:
        json.loads(content)
    except (ValueError, RecursionError):
        first, _, rest = content.partition(b"\n")
        try:
            is_lines = rest.lstrip().startswith(b"{") and isinstance(json.loads(first), dict)
        except (ValueError, RecursionError):
            is_lines = False
        return ".jsonl" if is_lines else ".md"
    return ".json"


def _packed(content: bytes) -> str:
    """The suffix for bytes packed by gzip."""
    try:
        start = zlib.decompressobj(wbits=31).decompress(content, _START)
    except zlib.error:
        return ".gz"
    return f"{_marked(start) or '.txt'}.gz"

"""Kinds of files that are not read, and what would read them."""

from __future__ import annotations

from collections.abc import Mapping

from reader.formats import FORMATS, missing_extra
from reader.formats.extras import installing

# Kinds that are named.
_MOST_KINDS = 8

_CONVERTED = "convert it to {}, as with {}"
# What people keep articles in that is not read, and what makes it so.
_HINTS = {
    ".7z": "unpack it",
    ".adoc": "pandoc makes Markdown of it",
    ".azw": _CONVERTED.format(".epub", "calibre"),
    ".azw3": _CONVERTED.format(".epub", "calibre"),
    ".djvu": _CONVERTED.format(".pdf", "ddjvu"),
    ".doc": "save it as .docx",
    ".fb2": _CONVERTED.format(".epub", "calibre"),
    ".gz": "unpack it",
    ".jex": "export it from Joplin as Markdown",
    ".key": "save it as .pdf",
    ".mobi": _CONVERTED.format(".epub", "calibre"),
    ".msg": "save it as .eml",
    ".ods": "save it as .csv",
    ".odp": "save it as .pdf",
    ".org": "pandoc makes Markdown of it",
    ".ost": _CONVERTED.format(".mbox", "readpst"),
    ".pages": "export it as .docx",
    ".ppt": "save it as .pdf",
    ".pptx": "save it as .pdf",
    ".ps": "make a PDF of it",
    ".pst": _CONVERTED.format(".mbox", "readpst"),
    ".rar": "unpack it",
    ".rst": "pandoc makes Markdown of it",
    ".tar": "unpack it",
    ".tex": "pandoc makes Markdown of it",
    ".tgz": "unpack it",
    ".webarchive": "save the page as .html",
    ".wpd": "save it as .docx",
    ".xls": "save it as .csv",
    ".xlsx": "save it as .csv",
    ".xz": "unpack it",
    ".zip": "unpack it",
}


def hint(suffix: str) -> str:
    """What would read files with a suffix, as an order to the user; "" if nothing is known."""
    extra = missing_extra(suffix)
    return installing(extra) if extra else _HINTS.get(suffix, "")


def why_unread(suffix: str) -> str:
    """The reason why a file with this suffix, or without one, is not read."""
    kind = suffix or "a file without a suffix"
    names = [format.name for format in FORMATS]
    return f"{kind} is not read: {hint(suffix) or 'reader reads ' + ', '.join(names)}"


def counted(others: Mapping[str, int], documents_only: bool) -> str:
    """How many files there are of each kind that is not read, and what would read them.

    `others` are the numbers by suffix. With `documents_only` kinds count only that articles are
    kept in: no pictures, scripts and the like.
    """
    numbers = {
        kind: number for kind, number in others.items() if not documents_only or is_document(kind)
    }
    ordered = sorted(numbers, key=lambda kind: -numbers[kind])
    kinds = (f"{numbers[kind]} {kind or 'without a suffix'}{_hinted(kind)}" for kind in ordered)
    listed = list(kinds)
    more = ", …" if len(listed) > _MOST_KINDS else ""
    return ", ".join(listed[:_MOST_KINDS]) + more


def is_document(suffix: str) -> bool:
    """Whether articles are kept in files with a suffix that is not read."""
    return bool(hint(suffix))


def _hinted(kind: str) -> str:
    hinted = hint(kind)
    return f" ({hinted})" if hinted else ""

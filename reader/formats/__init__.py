"""A file's bytes to its articles, by the file's suffix.

A new format is a row of FORMATS: everything else (which files of a folder are articles, what `add`
and `check` take, what is fetched from the web) follows from it.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib.util import find_spec
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from reader.errors import UnreadableFile

if TYPE_CHECKING:
    from reader.model.article import Article

# Web pages are read by a library that is an extra.
READS_HTML = find_spec("trafilatura") is not None

# Bytes of a file. A novel has one million; anything larger is no news article. A file that holds
# many articles may be larger, but none of its articles.
LARGEST_FILE = 16 * 1024 * 1024
LARGEST_CONTAINER = 256 * 1024 * 1024
_MOST_ARTICLES = 250_000  # of a file


# How scripts begin that servers run to make pages.
_PROGRAMS = (b"<?php", b"<?=", b"<%")


def _parse_text(content: bytes, file_id: str) -> list[Article]:
    text = decode(content)
    if text.startswith("---"):
        # Loads the YAML library, which costs 18 ms: only for a file that may need it.
        from reader.formats.markdown import parse_markdown

        return [parse_markdown(text, file_id)]
    from reader.formats.text import parse_text

    return [parse_text(text, file_id)]


def _parse_html(content: bytes, file_id: str) -> list[Article]:
    if content.lstrip().startswith(_PROGRAMS):
        raise UnreadableFile("a program that makes pages, not a page")
    from reader.formats.html import parse_html

    return [parse_html(content, file_id)]


def _parse_mail(content: bytes, file_id: str) -> list[Article]:
    from reader.formats.mail import parse_mail

    return [parse_mail(content, file_id)]


class Format(NamedTuple):
    """A kind of file that is read.

    `name` is for messages: "a text". `suffixes` are in lower case, with the dot; `media_types` are
    those under which the web serves it, each with the suffix for it. `parse` takes the content and
    the file's id (its path in the corpus without suffix), gives the articles in the file's order,
    and raises UnreadableFile; it imports the format's module only when it is called. Of several
    articles the ids are given here.
    `is_text`: the file's text is the article as it stands, without markup.
    """

    name: str
    suffixes: tuple[str, ...]
    media_types: Mapping[str, str]
    parse: Callable[[bytes, str], Sequence[Article]]
    is_text: bool = False
    is_binary: bool = False
    largest: int = LARGEST_FILE
    extra: str = ""
    library: str = ""


# Where two files of a folder differ only in their suffix, the first by this order has the plain id.
FORMATS = (
    Format(
        "a text",
        (".md", ".markdown", ".txt", ".text"),
        {"text/plain": ".txt", "text/markdown": ".md"},
        _parse_text,
        is_text=True,
    ),
    Format(
        "a web page",
        (".html", ".htm", ".xhtml", ".xht", ".shtml", ".php", ".asp", ".aspx", ".jsp"),
        {"text/html": ".html", "application/xhtml+xml": ".html"},
        _parse_html,
    ),
    Format(
        "a mail message",
        (".eml", ".mht", ".mhtml"),
        {"message/rfc822": ".eml", "multipart/related": ".mhtml"},
        _parse_mail,
    ),
)

_BY_SUFFIX = {suffix: format for format in FORMATS for suffix in format.suffixes}
# Kinds of text that are also read packed by gzip.
_PACKED = (
    f"{suffix}.gz"
    for format in FORMATS
    if not format.is_binary
    for suffix in format.suffixes
    if f"{suffix}.gz" not in _BY_SUFFIX
)
# The files that a corpus reads. Other files in the folder are none of its business.
SUFFIXES = (*_BY_SUFFIX, *_PACKED)
# The suffix for each media type that is read.
MEDIA_TYPES = MappingProxyType({k: v for format in FORMATS for k, v in format.media_types.items()})

_SUFFIXES = frozenset(SUFFIXES)


# The extra that must be installed to read files with a suffix.
_MISSING = {
    suffix: format.extra
    for format in FORMATS
    if format.library and not find_spec(format.library)
    for suffix in SUFFIXES
    if suffix.removesuffix(".gz") in format.suffixes or suffix in format.suffixes
}
_EXTRAS = {format.extra for format in FORMATS if format.library} - set(_MISSING.values())

# Bump when the same bytes give another article: indexes are then rebuilt. They are also rebuilt
# when the library for a kind of files is installed or removed.
VERSION = "+".join(("8", *sorted(_EXTRAS)))

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def parse(content: bytes, file_id: str, suffix: str = ".txt") -> list[Article]:
    """The articles in a file's bytes, read as the file's suffix says; without a known one, as text.

    Plain text and Markdown, either with or without front matter: any bytes give an article; one
    without prose may have no paragraphs. Other formats: raises UnreadableFile, saying why, if there
    is no article in it. A single article has the file's id, which is its title when it has none.
    Of several the ids are FILE/1, FILE/2 and so on, in the file's order.
    """
    format = _format_of(suffix)
    try:
        articles = list(format.parse(content, file_id))
    except UnreadableFile:
        raise
    except Exception as error:
        # No file may stop the others of its folder. The libraries that read strangers' files raise
        # nearly anything on some of them, also RecursionError and MemoryError.
        raise UnreadableFile(f"{format.name} that cannot be understood") from error
    if not articles:
        raise UnreadableFile(f"{format.name} with no article in it")
    if len(articles) == 1:
        return articles
    if len(articles) > _MOST_ARTICLES:
        raise UnreadableFile(f"{format.name} with more than {_MOST_ARTICLES:,} articles in it")
    return [
        _within_limit(replace(article, id=f"{file_id}/{number}"))
        for number, article in enumerate(articles, 1)
    ]


def _within_limit(article: Article) -> Article:
    """The article, one of several in a file; without its text if that is larger than a file with
    one article may be.
    """
    size = sum(len(paragraph.text) for paragraph in article.paragraphs)
    if size <= LARGEST_FILE:
        return article
    reason = f"its text is larger than {LARGEST_FILE // 1024**2} MiB and is left out"
    return replace(article, paragraphs=(), blocks=(), warnings=(*article.warnings, reason))


def suffix_of(name: str) -> str:
    """The suffix of a format, in lower case, that the name of a file ends with; "" if there is
    none.
    """
    lower = name.lower()
    start = lower.rfind(".")
    if lower.endswith(".gz"):
        start = lower.rfind(".", 0, start)
    suffix = lower[start:] if start >= 0 else ""
    return suffix if suffix in _SUFFIXES else ""


def is_packed(suffix: str) -> bool:
    """Whether files with this suffix are texts packed by gzip."""
    return suffix.endswith(".gz") and suffix not in _BY_SUFFIX


def is_text(suffix: str) -> bool:
    """Whether files with this suffix are read as text as it stands, without markup."""
    return _format_of(suffix).is_text


def is_binary(suffix: str) -> bool:
    """Whether files with this suffix, unpacked, may have bytes that no text has."""
    return _format_of(suffix).is_binary


def largest(suffix: str) -> int:
    """The largest size in bytes, unpacked, of a file with this suffix."""
    return _format_of(suffix).largest


def missing_extra(suffix: str) -> str:
    """The extra that must be installed to read files with this suffix; "" if none need be."""
    return _MISSING.get(suffix.casefold(), "")


def _format_of(suffix: str) -> Format:
    lower = suffix.casefold()
    return _BY_SUFFIX.get(lower) or _BY_SUFFIX.get(lower.removesuffix(".gz"), FORMATS[0])


def guess_suffix(content: bytes) -> str:
    """The suffix of the format that bytes without a file name seem to have."""
    # Loads the marks of formats: most files have suffixes.
    from reader.formats.sniffing import sniffed

    suffix = sniffed(content)
    return suffix if suffix in _SUFFIXES else ".md"


def decode(content: bytes) -> str:
    """The text in the bytes: what a byte order mark says, else UTF-8, else Windows-1252.

    Never fails: bytes that the encoding does not have become U+FFFD. Windows-1252 is how browsers
    read unlabelled Western text (WHATWG Encoding Standard); detectors guess worse on short texts.
    """
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return content[len(bom) :].decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")

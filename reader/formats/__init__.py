"""A file's bytes to its articles, by the file's suffix.

A new format is a row of FORMATS: everything else (which files of a folder are articles, what `add`
and `check` take, what is fetched from the web) follows from it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from reader.errors import UnreadableFile
from reader.formats.encodings import decode as decode
from reader.formats.encodings import reading
from reader.formats.exports import articles_in_page, articles_in_text
from reader.formats.limits import LARGEST_CONTAINER, numbered
from reader.formats.limits import LARGEST_FILE as LARGEST_FILE

if TYPE_CHECKING:
    from reader.model.article import Article

# Bump when the same bytes give another article: indexes are then rebuilt.
VERSION = "15"

# How scripts begin that servers run to make pages.
_PROGRAMS = (b"<?php", b"<?=", b"<%")


def _parse_text(content: bytes, file_id: str) -> list[Article]:
    text = decode(content)
    if (articles := articles_in_text(text, file_id)) is not None:
        return articles
    if text.lstrip().startswith(("---", "+++")):
        from reader.formats.front_matter import parse_front_matter_text

        return [parse_front_matter_text(text, file_id)]
    from reader.formats.text import parse_text

    return [parse_text(text, file_id)]


def _parse_markdown(content: bytes, file_id: str) -> list[Article]:
    text = decode(content)
    if (articles := articles_in_text(text, file_id)) is not None:
        return articles
    from reader.formats.markdown import parse_markdown

    return [parse_markdown(text, file_id)]


def _parse_html(content: bytes, file_id: str) -> list[Article]:
    if content.lstrip().startswith(_PROGRAMS):
        raise UnreadableFile("a program that makes pages, not a page")
    if (articles := articles_in_page(content, file_id)) is not None:
        return articles
    from reader.formats.html import parse_html

    return [parse_html(content, file_id)]


def _parse_archive(content: bytes, file_id: str) -> list[Article]:
    from reader.formats.page.archive_file import parse_archive

    return [parse_archive(content, file_id)]


def _in_module(module: str, name: str) -> Callable[[bytes, str], Sequence[Article]]:
    """A function that parses, by its name in a module, which is loaded when it is called."""

    def parse_content(content: bytes, file_id: str) -> Sequence[Article]:
        parser = getattr(import_module(f"reader.formats.{module}"), name)
        articles: Sequence[Article] = parser(content, file_id)
        return articles

    return parse_content


class Format(NamedTuple):
    """A kind of file that is read.

    `name` is for messages: "a text". `suffixes` are in lower case, with the dot; `media_types` are
    those under which the web serves it, each with the suffix for it. `parse` takes the content and
    the file's id (its path in the corpus without suffix), gives the articles in the file's order,
    and raises UnreadableFile; it imports the format's module only when it is called. Of several
    articles the ids are given here.
    `is_text`: the file's text is the article as it stands, without markup. `is_binary`: the file is
    no text at all, such as a packed one.
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
        "a Markdown file",
        (".md", ".markdown"),
        {"text/markdown": ".md"},
        _parse_markdown,
        is_text=True,
    ),
    Format(
        "a text",
        (".txt", ".text"),
        {"text/plain": ".txt"},
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
        (".eml",),
        {"message/rfc822": ".eml"},
        _in_module("messages.message", "parse_message"),
    ),
    Format(
        "a web archive",
        (".mht", ".mhtml"),
        {"multipart/related": ".mhtml"},
        _parse_archive,
    ),
    Format(
        "a mailbox",
        (".mbox", ".mbx"),
        {"application/mbox": ".mbox"},
        _in_module("messages.mbox", "parse_mbox"),
        largest=LARGEST_CONTAINER,
    ),
    Format(
        "an XML file",
        (".xml", ".nitf", ".sgm", ".sgml", ".rss", ".atom", ".rdf"),
        {
            "application/rss+xml": ".rss",
            "application/atom+xml": ".atom",
            "application/rdf+xml": ".rdf",
            "application/xml": ".xml",
            "text/xml": ".xml",
        },
        _in_module("xml", "parse_xml"),
    ),
    Format(
        "a JSON file",
        (".json", ".jsonl", ".ndjson"),
        {
            "application/feed+json": ".json",
            "application/json": ".json",
            "application/x-ndjson": ".jsonl",
        },
        _in_module("records.json_file", "parse_json"),
        largest=LARGEST_CONTAINER,
    ),
    Format(
        "a table",
        (".csv", ".tsv"),
        {"text/csv": ".csv", "text/tab-separated-values": ".tsv"},
        _in_module("records.table", "parse_table"),
        largest=LARGEST_CONTAINER,
    ),
    Format(
        "a Word document",
        (".docx", ".docm"),
        {
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
            "application/vnd.ms-word.document.macroenabled.12": ".docm",
        },
        _in_module("documents.docx", "parse_docx"),
        is_binary=True,
        largest=LARGEST_CONTAINER,
    ),
    Format(
        "an OpenDocument text",
        (".odt", ".fodt"),
        {
            "application/vnd.oasis.opendocument.text": ".odt",
            "application/vnd.oasis.opendocument.text-flat-xml": ".fodt",
        },
        _in_module("documents.odt", "parse_odt"),
        is_binary=True,
        largest=LARGEST_CONTAINER,
    ),
    Format(
        "an RTF document",
        (".rtf",),
        {"application/rtf": ".rtf", "text/rtf": ".rtf"},
        _in_module("documents.rtf", "parse_rtf"),
        is_binary=True,
        largest=LARGEST_CONTAINER,
        extra="rtf",
        library="striprtf",
    ),
    Format(
        "a PDF",
        (".pdf",),
        {"application/pdf": ".pdf"},
        _in_module("documents.pdf", "parse_pdf"),
        is_binary=True,
        largest=LARGEST_CONTAINER,
        extra="pdf",
        library="pdfminer",
    ),
    Format(
        "an e-book",
        (".epub",),
        {"application/epub+zip": ".epub"},
        _in_module("documents.epub", "parse_epub"),
        is_binary=True,
        largest=LARGEST_CONTAINER,
    ),
    Format(
        "notes of Evernote",
        (".enex",),
        {"application/enex+xml": ".enex"},
        _in_module("documents.enex", "parse_enex"),
        largest=LARGEST_CONTAINER,
    ),
    Format(
        "a web archive",
        (".warc", ".warc.gz"),
        {"application/warc": ".warc"},
        _in_module("documents.warc", "parse_warc"),
        is_binary=True,
        largest=LARGEST_CONTAINER,
        extra="warc",
        library="warcio",
    ),
    Format(
        "a packed web archive",
        (".wacz",),
        {"application/wacz": ".wacz"},
        _in_module("documents.warc", "parse_wacz"),
        is_binary=True,
        largest=LARGEST_CONTAINER,
        extra="warc",
        library="warcio",
    ),
)

_BY_SUFFIX = {suffix: format for format in FORMATS for suffix in format.suffixes}
_TEXT = _BY_SUFFIX[".txt"]
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
# XML may be another thing than a feed: the file is refused only when it is read.
if find_spec("feedparser"):
    _EXTRAS.add("feeds")

# Indexes are also rebuilt when the library for a kind of files is installed or removed.
VERSION = "+".join((VERSION, *sorted(_EXTRAS)))


def parse(
    content: bytes, file_id: str, suffix: str = ".txt", encoding: str | None = None
) -> list[Article]:
    """The articles in a file's bytes, read as the file's suffix says; without a known one, as text.

    Plain text and Markdown, either with or without front matter: any bytes give an article; one
    without prose may have no paragraphs. Other formats: raises UnreadableFile, saying why, if there
    is no article in it. A single article has the file's id, which is its title when it has none.
    Of several the ids are FILE/1, FILE/2 and so on, in the file's order.

    `encoding` is that of text without a mark that is not UTF-8; by default it is told by the text.
    """
    format = _format_of(suffix)
    try:
        with reading(encoding) as warnings:
            articles = list(format.parse(content, file_id))
    except UnreadableFile:
        raise
    except Exception as error:
        # No file may stop the others of its folder. The libraries that read strangers' files raise
        # nearly anything on some of them, also RecursionError and MemoryError.
        raise UnreadableFile(f"{format.name} that cannot be understood") from error
    if not articles:
        raise UnreadableFile(f"{format.name} with no article in it")
    if warnings:
        said = dict.fromkeys((*articles[0].warnings, *warnings))
        articles[0] = replace(articles[0], warnings=tuple(said))
    if len(articles) == 1:
        return articles
    return numbered(articles, file_id, format.name)


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
    return _BY_SUFFIX.get(lower) or _BY_SUFFIX.get(lower.removesuffix(".gz"), _TEXT)


def guess_suffix(content: bytes) -> str:
    """The suffix of the format that bytes without a file name seem to have."""
    # Loads the marks of formats: most files have suffixes.
    from reader.formats.recognition.sniffing import sniffed

    suffix = sniffed(content)
    return suffix if suffix in _SUFFIXES else ".md"

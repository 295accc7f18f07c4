"""A file's bytes to its articles, by the file's suffix.

A new format is a row of FORMATS: everything else (which files of a folder are articles, what `add`
and `check` take, what is fetched from the web) follows from it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from reader.errors import UnreadableFile
from reader.formats.encodings import decode as decode
from reader.formats.encodings import reading

if TYPE_CHECKING:
    from reader.model.article import Article

# Bump when the same bytes give another article: indexes are then rebuilt.
VERSION = "9"


def _parse_text(content: bytes, file_id: str) -> list[Article]:
    text = decode(content)
    if text.startswith("---"):
        # Loads the YAML library, which costs 18 ms: only for a file that may need it.
        from reader.formats.markdown import parse_markdown

        return [parse_markdown(text, file_id)]
    from reader.formats.text import parse_text

    return [parse_text(text, file_id)]


def _parse_html(content: bytes, file_id: str) -> list[Article]:
    from reader.formats.html import parse_html

    return [parse_html(content, file_id)]


def _parse_mail(content: bytes, file_id: str) -> list[Article]:
    from reader.formats.mail import parse_mail

    return [parse_mail(content, file_id)]


def _parse_xml(content: bytes, file_id: str) -> Sequence[Article]:
    from reader.formats.xml import parse_xml

    return parse_xml(content, file_id)


def _parse_json(content: bytes, file_id: str) -> list[Article]:
    from reader.formats.records.json_file import parse_json

    return parse_json(content, file_id)


def _parse_table(content: bytes, file_id: str) -> list[Article]:
    from reader.formats.records.table import parse_table

    return parse_table(content, file_id)


def _parse_docx(content: bytes, file_id: str) -> list[Article]:
    from reader.formats.documents.docx import parse_docx

    return parse_docx(content, file_id)


def _parse_odt(content: bytes, file_id: str) -> list[Article]:
    from reader.formats.documents.odt import parse_odt

    return parse_odt(content, file_id)


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
        (".html", ".htm", ".xhtml"),
        {"text/html": ".html", "application/xhtml+xml": ".html"},
        _parse_html,
    ),
    Format(
        "a mail message",
        (".eml", ".mht", ".mhtml"),
        {"message/rfc822": ".eml", "multipart/related": ".mhtml"},
        _parse_mail,
    ),
    Format(
        "an XML file",
        (".xml", ".rss", ".atom", ".rdf"),
        {
            "application/rss+xml": ".rss",
            "application/atom+xml": ".atom",
            "application/rdf+xml": ".rdf",
            "application/xml": ".xml",
            "text/xml": ".xml",
        },
        _parse_xml,
    ),
    Format(
        "a JSON file",
        (".json", ".jsonl", ".ndjson"),
        {
            "application/feed+json": ".json",
            "application/json": ".json",
            "application/x-ndjson": ".jsonl",
        },
        _parse_json,
    ),
    Format(
        "a table",
        (".csv", ".tsv"),
        {"text/csv": ".csv", "text/tab-separated-values": ".tsv"},
        _parse_table,
    ),
    Format(
        "a Word document",
        (".docx", ".docm"),
        {
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
            "application/vnd.ms-word.document.macroenabled.12": ".docm",
        },
        _parse_docx,
        is_binary=True,
    ),
    Format(
        "an OpenDocument text",
        (".odt", ".fodt"),
        {
            "application/vnd.oasis.opendocument.text": ".odt",
            "application/vnd.oasis.opendocument.text-flat-xml": ".fodt",
        },
        _parse_odt,
        is_binary=True,
    ),
)

_BY_SUFFIX = {suffix: format for format in FORMATS for suffix in format.suffixes}
# The files that a corpus reads. Other files in the folder are none of its business.
SUFFIXES = tuple(_BY_SUFFIX)
# The suffix for each media type that is read.
MEDIA_TYPES = MappingProxyType({k: v for format in FORMATS for k, v in format.media_types.items()})


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
    format = _BY_SUFFIX.get(suffix.casefold(), FORMATS[0])
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
    return [
        replace(article, id=f"{file_id}/{number}") for number, article in enumerate(articles, 1)
    ]


def is_text(suffix: str) -> bool:
    """Whether files with this suffix are read as text as it stands, without markup."""
    return _BY_SUFFIX.get(suffix.casefold(), FORMATS[0]).is_text


def is_binary(suffix: str) -> bool:
    """Whether files with this suffix are no text at all, so that any bytes may be in them."""
    return _BY_SUFFIX.get(suffix.casefold(), FORMATS[0]).is_binary


def guess_suffix(content: bytes) -> str:
    """The suffix of the format that bytes without a file name seem to have."""
    if content.startswith(b"PK\x03\x04"):
        from reader.formats.documents.archive import guess_kind

        return guess_kind(content)
    start = content[:1024].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body")):
        return ".html"
    if re.match(
        rb"(?:[a-z][a-z-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)*(?:mime-version|message-id):", start
    ):
        return ".eml"
    return ".md"

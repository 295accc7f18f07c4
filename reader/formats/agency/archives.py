"""Archives of agencies: Factiva's XML, the Reuters corpora of 1987 (SGML) and 1996 (RCV1)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from reader.errors import UnreadableFile
from reader.formats.agency.common import date_text, finished, parse, read_body, text_of
from reader.formats.documents.xml import attribute, child, descendants
from reader.formats.encodings import decode
from reader.formats.exports.fields import Fields
from reader.language.clean import normalize

if TYPE_CHECKING:
    from reader.model.article import Article

# Blanks at the beginning of a line that begins a paragraph.
_INDENTED = re.compile(r"\n(?=[ \t]{2,}\S)|\n\s*\n")
# How messages of Reuters end.
_SIGN_OFF = re.compile(r"(?:^|(?<=\s))reuters?[\s/.]*$", re.IGNORECASE)
_MESSAGE = re.compile(r"<REUTERS\b[^>]*>")
_MOST_MESSAGES = 100_000


def parse_factiva(content: bytes, file_id: str) -> list[Article]:
    """The articles in Factiva's XML. Raises UnreadableFile."""
    root = parse(content, "a Factiva file")
    found = (finished(_read_factiva(one), file_id) for one in descendants(root, "article"))
    return [article for article in found if article is not None]


def _read_factiva(element: Any) -> Fields:
    fields = Fields("Factiva")
    for name, field in (
        ("headline", "title"),
        ("byline", "author"),
        ("sourceName", "source"),
        ("sectionName", "section"),
        ("baseLanguage", "language"),
        ("publicationDate", "date_text"),
    ):
        fields.put(field, text_of(child(element, name)), name)
    for name in ("leadParagraph", "tailParagraphs"):
        if (part := child(element, name)) is not None:
            fields.paragraphs += _paragraphs(part)
    return fields


def _paragraphs(part: Any) -> Iterator[str]:
    """The paragraphs in an element: elements, or indented lines."""
    inner = [each for each in part if isinstance(each.tag, str)]
    blocks = ["".join(each.itertext()) for each in inner] or _INDENTED.split(part.text or "")
    return filter(None, map(normalize, blocks))


def parse_rcv1(content: bytes, file_id: str) -> list[Article]:
    """The article in a file of the Reuters Corpus, volume 1. Raises UnreadableFile."""
    root = parse(content, "a file of the Reuters Corpus")
    fields = Fields("Reuters Corpus")
    fields.put("title", text_of(child(root, "headline")), "headline")
    fields.put("title", text_of(child(root, "title")), "title")
    fields.put("author", text_of(child(root, "byline")), "byline")
    fields.put("source", "Reuters", "kind of the file")
    fields.put("date_text", date_text(root.get("date")), "date")
    fields.put("language", attribute(root, "lang") or "", "newsitem")
    if (body := child(root, "text")) is not None:
        read_body(fields, body)
    article = finished(fields, file_id)
    return [article] if article else []


def parse_sgml(content: bytes, file_id: str) -> list[Article]:
    """The articles in a file of the Reuters collection of 1987: messages with a text.

    Raises UnreadableFile.
    """
    text = decode(content)
    starts = list(_MESSAGE.finditer(text))
    if len(starts) > _MOST_MESSAGES:
        raise UnreadableFile(f"an SGML file of more than {_MOST_MESSAGES:,} messages")
    ends = [start.start() for start in starts[1:]] + [len(text)]
    messages = (text[start.end() : end] for start, end in zip(starts, ends, strict=True))
    found = (finished(_read_message(message), file_id) for message in messages)
    return [article for article in found if article is not None]


def _read_message(message: str) -> Fields:
    fields = Fields("Reuters")
    fields.put("title", _part(message, "TITLE"), "TITLE")
    fields.put("author", _part(message, "AUTHOR"), "AUTHOR")
    fields.put("source", "Reuters", "kind of the file")
    fields.put("date_text", _part(message, "DATE"), "DATE")
    topics = _part(message, "TOPICS").replace("</D>", "").split("<D>")
    fields.tags = tuple(filter(None, map(normalize, topics)))
    blocks = _INDENTED.split(_part(message, "BODY").replace("\r\n", "\n"))
    fields.paragraphs = list(filter(None, map(normalize, blocks)))
    if fields.paragraphs:
        # The sign-off is a line of its own, or the last word of the last paragraph.
        last = re.sub(
            r"(?<=[.\"'])\s+REUTER\s*$|(?<=\s)Reuter$", "", fields.paragraphs.pop()
        ).strip()
        if last and not _SIGN_OFF.fullmatch(last):
            fields.paragraphs.append(last)
    return fields


def _part(message: str, name: str) -> str:
    """What is in the first element with a name."""
    start = message.find(f"<{name}>")
    end = message.find(f"</{name}>", start)
    if start < 0 or end < 0:
        return ""
    return html.unescape(message[start + len(name) + 2 : end])

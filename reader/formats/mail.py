"""Web archives (MHTML): the page in them."""

from __future__ import annotations

import re
from dataclasses import replace

from reader.errors import UnreadableFile
from reader.formats.dates import find_date
from reader.formats.html import parse_html
from reader.formats.messages.headers import header, sender
from reader.formats.mime import Part, main_part, read_message
from reader.formats.text import blocks_of, numbered
from reader.model.article import Article


def parse_archive(content: bytes, article_id: str) -> Article:
    """The article in the page of a web archive. Raises UnreadableFile."""
    return read_archive(read_message(content), article_id)


def read_archive(message: Part, article_id: str) -> Article:
    """The article in the page of a web archive that has been read. Raises UnreadableFile."""
    body = main_part(message)
    text = body.text() if body is not None else ""
    if body is None or not text.strip():
        raise UnreadableFile("a mail message with no text in it")
    if body.media_type == "text/html":
        page = text.encode("utf-8", "replace")
        article = parse_html(page, article_id, _address(message, body))
    else:
        article = Article(article_id, "", numbered(blocks_of(text)))
    date = find_date(article.date.isoformat() if article.date else header(message, "date"))
    return replace(
        article,
        title=header(message, "subject") or article.title or article_id.rpartition("/")[2],
        source=article.source or sender(message),
        date=date[0] if date else None,
    )


def _address(message: Part, body: Part) -> str | None:
    """The address of an archived page, if it is one of the web."""
    url = header(message, "snapshot-content-location") or header(body, "content-location")
    return url if re.match(r"https?://", url) else None

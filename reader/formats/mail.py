"""Mail messages (EML) and web archives (MHTML): the text or the page in them."""

from __future__ import annotations

import re
from dataclasses import replace
from email.utils import parseaddr

from reader.errors import UnreadableFile
from reader.formats.dates import find_date
from reader.formats.html import parse_html
from reader.formats.mime import Part, decoded_words, main_part, read_message
from reader.formats.text import blocks_of, numbered
from reader.language.clean import normalize
from reader.model.article import Article


def parse_mail(content: bytes, article_id: str) -> Article:
    """The article in a message: its subject is the title, its sender the source.

    The plain text if there is one, as most newsletters have; else the page. A web archive has the
    page's address. Raises UnreadableFile.
    """
    message = read_message(content)
    body = main_part(message)
    text = body.text() if body is not None else ""
    if body is None or not text.strip():
        raise UnreadableFile("a mail message with no text in it")
    if body.media_type == "text/html":
        page = text.encode("utf-8", "replace")
        article = parse_html(page, article_id, _address(message, body))
    else:
        article = Article(article_id, "", numbered(blocks_of(text)))
    date = find_date(article.date.isoformat() if article.date else _header(message, "date"))
    return replace(
        article,
        title=_header(message, "subject") or article.title or article_id.rpartition("/")[2],
        source=article.source or _sender(message),
        date=date[0] if date else None,
    )


def _address(message: Part, body: Part) -> str | None:
    """The address of an archived page, if it is one of the web."""
    url = _header(message, "snapshot-content-location") or _header(body, "content-location")
    return url if re.match(r"https?://", url) else None


def _sender(message: Part) -> str | None:
    """The name of the sender, or the address without one."""
    try:
        name, address = parseaddr(message.headers.get("from", ""))
    except RecursionError:  # comments inside comments
        return None
    return normalize(decoded_words(name) or address) or None


def _header(message: Part, name: str) -> str:
    """A header's text; empty if it is missing or too long."""
    return normalize(decoded_words(message.headers.get(name, "")))

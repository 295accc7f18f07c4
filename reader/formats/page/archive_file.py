"""Web archives (MHTML): the page in them, as its own bytes."""

from __future__ import annotations

import re
from dataclasses import replace

from reader.errors import UnreadableFile
from reader.formats.messages.headers import header
from reader.formats.messages.mime import MessagePart, main_part, read_message
from reader.formats.page.article import parse_html
from reader.formats.text import blocks_of, numbered
from reader.model.article import Article, Origin


def parse_archive(content: bytes, article_id: str) -> Article:
    """The article in the page of a web archive. Raises UnreadableFile."""
    return read_archive(read_message(content), article_id)


def read_archive(message: MessagePart, article_id: str) -> Article:
    """The article in the page of a web archive that has been read.

    The page is read in the encoding that its part declares, else in its own. The header's date is
    that of saving and does not count. Raises UnreadableFile.
    """
    body = main_part(message)
    if body is None or not body.content.strip():
        raise UnreadableFile("a web archive with no text in it")
    if body.media_type != "text/html":
        paragraphs = numbered(blocks_of(body.text()))
        title = article_id.rpartition("/")[2]
        article = Article(article_id, title, paragraphs, url=_address(message, body))
    else:
        charset = body.parameter("charset") or None
        url = _address(message, body)
        article = parse_html(body.decoded_content(), article_id, url, charset)
    subject = header(message, "subject")
    if any(origin.field == "title" for origin in article.origins) or not subject:
        return article
    origins = [Origin("title", "the archive's header: Subject"), *article.origins]
    return replace(article, title=subject, origins=tuple(origins))


def _address(message: MessagePart, body: MessagePart) -> str | None:
    """The address of the archived page, if it is one of the web."""
    for part, name in ((message, "snapshot-content-location"), (body, "content-location")):
        url = header(part, name)
        if re.match(r"https?://", url):
            return url
    return None

"""Mail messages (EML) and web archives (MHTML): the text or the page in them."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr

from reader.errors import UnreadableFile
from reader.formats.dates import find_date
from reader.formats.html import parse_html
from reader.formats.text import blocks_of, numbered
from reader.language.clean import normalize
from reader.model.article import Article


def parse_mail(content: bytes, article_id: str) -> Article:
    """The article in a message: its subject is the title, its sender the source.

    The plain text if there is one, as newsletters mostly have; else the page. A web archive has the
    page's address. Raises UnreadableFile.
    """
    try:
        message = email.message_from_bytes(content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        body = message.get_body(preferencelist=("plain", "html", "related"))
        text = body.get_content() if body is not None else ""
    except (MessageError, LookupError, ValueError, AttributeError, AssertionError) as error:
        raise UnreadableFile("a mail message that cannot be understood") from error
    subject, sender, date, url = (
        _header(message, name) for name in ("Subject", "From", "Date", "Snapshot-Content-Location")
    )
    if body is None or not isinstance(text, str) or not text.strip():
        raise UnreadableFile("a mail message with no text in it")
    if body.get_content_type() == "text/html":
        url = url or _header(body, "Content-Location")
        address = url if url and re.match(r"https?://", url) else None
        article = parse_html(text.encode("utf-8", "replace"), article_id, address)
    else:
        article = Article(article_id, subject, numbered(blocks_of(text)))
    name, address = parseaddr(sender)
    found = find_date(article.date.isoformat() if article.date else date)
    return replace(
        article,
        title=subject or article.title or article_id.rpartition("/")[2],
        source=article.source or normalize(name or address) or None,
        date=found[0] if found else None,
    )


def _header(message: MIMEPart, name: str) -> str:
    """A header's text; empty if it is not there or makes no sense."""
    try:
        return normalize(str(message.get(name, "")))
    except (ValueError, LookupError, AttributeError, TypeError, IndexError):
        return ""

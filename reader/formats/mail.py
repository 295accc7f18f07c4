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

# Characters. Python parses headers in time that grows with the square of their length.
_LONGEST_HEADER = 4000


def parse_mail(content: bytes, article_id: str) -> Article:
    """The article in a message: its subject is the title, its sender the source.

    The plain text if there is one, as most newsletters have; else the page. A web archive has the
    page's address. Raises UnreadableFile.
    """
    try:
        message = email.message_from_bytes(content, policy=email.policy.default)
        body, text = _body(message)
    # Python's parser raises any of these on messages that break the rules.
    except (MessageError, LookupError, ValueError, AttributeError, RecursionError) as error:
        raise UnreadableFile("a mail message that cannot be understood") from error
    if body.get_content_type() == "text/html":
        page = text.encode("utf-8", "replace")
        article = parse_html(page, article_id, _address(message, body))
    else:
        article = Article(article_id, "", numbered(blocks_of(text)))
    name, address = parseaddr(_header(message, "From"))
    date = find_date(article.date.isoformat() if article.date else _header(message, "Date"))
    return replace(
        article,
        title=_header(message, "Subject") or article.title or article_id.rpartition("/")[2],
        source=article.source or normalize(name or address) or None,
        date=date[0] if date else None,
    )


def _body(message: EmailMessage) -> tuple[MIMEPart, str]:
    """The part of a message that is read, and its text. Raises UnreadableFile."""
    body = message.get_body(preferencelist=("plain", "html", "related"))
    text = body.get_content() if body is not None else ""
    if body is None or not isinstance(text, str) or not text.strip():
        raise UnreadableFile("a mail message with no text in it")
    return body, text


def _address(message: EmailMessage, body: MIMEPart) -> str | None:
    """The address of an archived page, if it is one of the web."""
    url = _header(message, "Snapshot-Content-Location") or _header(body, "Content-Location")
    return url if re.match(r"https?://", url) else None


def _header(message: MIMEPart, name: str) -> str:
    """A header's text; empty if it is missing, malformed or too long."""
    lengths = (len(value) for key, value in message.raw_items() if key.lower() == name.lower())
    if max(lengths, default=0) > _LONGEST_HEADER:
        return ""
    try:
        return normalize(str(message.get(name, "")))
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError):
        return ""

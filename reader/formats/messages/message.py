"""A mail message: the article in it, or the one that it forwards."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from reader.errors import UnreadableFile
from reader.formats.body import is_html
from reader.formats.dates import find_date, unread_date
from reader.formats.fragment import read_fragment
from reader.formats.messages.footers import find_footers
from reader.formats.messages.forwarded import Forwarded, find_forwarded
from reader.formats.messages.headers import (
    header,
    is_forwarded,
    language_of,
    printed_name,
    sender,
    without_forwarding,
)
from reader.formats.messages.mime import MessagePart, read_message, refuse_deeper, shown_parts
from reader.formats.messages.plain import read_plain
from reader.formats.numbering import without, without_title
from reader.language.clean import normalize
from reader.model.article import Article, Block, Origin, Paragraph

# The share of the plain text's words that a page must have to be taken: its paragraphs, headings
# and links are marked, those of the text are guessed.
_FULL = 0.9
_PAGE = re.compile(r"\s*(?:<!doctype html|<html|<\?xml)", re.IGNORECASE)
# The classes in which programs mark signatures.
_SIGNATURES = frozenset(("gmail_signature", "gmail_signature_prefix", "moz-signature"))
# Words of a comment above a forwarded message, from which on its loss is mentioned.
_LONG_COMMENT = 20
_MOST_FORWARDS = 5


class _Body(NamedTuple):
    paragraphs: tuple[Paragraph, ...] = ()
    blocks: tuple[Block, ...] = ()


def parse_message(content: bytes, file_id: str) -> list[Article]:
    """The article in a message, or the items of a digest. Raises UnreadableFile."""
    return read_articles(read_message(content), file_id)


def read_articles(message: MessagePart, file_id: str) -> list[Article]:
    """The article in a message, or the items of a digest. Raises UnreadableFile."""
    if message.headers.get("snapshot-content-location"):  # a page saved under a mail's name
        from reader.formats.page.archive_file import read_archive

        return [read_archive(message, file_id)]
    from reader.formats.messages.alerts import is_alert, read_alert

    if is_alert(message) and (items := read_alert(message, file_id)):
        return items
    return [_read(message, file_id, 0)]


def _read(message: MessagePart, file_id: str, depth: int) -> Article:
    """The article in a message: its subject is the title, its sender the source.

    The text or the page, whichever is fuller. Of a message that forwards another it is that one.
    """
    refuse_deeper(depth)
    if message.media_type == "message/rfc822":  # nothing but another message
        return _read(read_message(message.content), file_id, depth + 1)
    body, attached = _bodies(message)
    own = _of_message(message, body, file_id) if body.paragraphs else None
    if attached is not None:
        try:
            inner: Article | None = _read(read_message(attached.content), file_id, depth + 1)
        except UnreadableFile:
            if own is None:
                raise
            inner = None
        if inner and (own is None or inner.words >= own.words):
            return _with_comment(inner, own.words if own else 0)
    if own is None:
        raise UnreadableFile("a mail message with no text in it")
    return own


def _bodies(message: MessagePart) -> tuple[_Body, MessagePart | None]:
    """What a message shows, and the first message that is attached to it."""
    plain = page = attached = None
    for part in shown_parts(message):
        if part.media_type == "message/rfc822":
            attached = attached or part
        elif part.media_type == "text/html":
            page = page or part
        elif part.media_type.startswith("text/plain"):
            plain = plain or part
    text = _read_plain(plain) if plain else _Body()
    html = _Body(*read_fragment(page.text(), unread=_SIGNATURES)) if page else _Body()
    html = _without_footers(html)
    return (html if _words(html) >= max(1, _FULL * _words(text)) else text), attached


def _read_plain(part: MessagePart) -> _Body:
    """The text of a plain part; as a page if it is one, whatever it is called."""
    text = part.text()
    if _PAGE.match(text) or (is_html(text) and text.lstrip().startswith("<")):
        return _without_footers(_Body(*read_fragment(text, unread=_SIGNATURES)))
    is_flowed = part.parameter("format") == "flowed"
    read = read_plain(text, is_flowed, is_flowed and part.parameter("delsp") == "yes")
    return _without_footers(_Body(*read))


def _without_footers(body: _Body) -> _Body:
    return _Body(*without(body.paragraphs, body.blocks, find_footers(body.paragraphs)))


def _words(body: _Body) -> int:
    return sum(len(paragraph.text.split()) for paragraph in body.paragraphs)


def _of_message(message: MessagePart, body: _Body, file_id: str) -> Article:
    """The article of a message with a text, or the one that is forwarded in the text."""
    subject = header(message, "subject")
    printed, language = header(message, "date"), language_of(message)
    date = find_date(printed, language)
    unread = unread_date(printed, language)
    article = Article(
        id=file_id,
        title=subject or file_id.rpartition("/")[2],
        paragraphs=body.paragraphs,
        blocks=without_title(body.blocks, subject),
        source=sender(message),
        date=date.date if date else None,
        language=language,
        warnings=(unread,) if unread else (),
        origins=(
            *((Origin("title", "mail: Subject"),) if subject else ()),
            Origin("source", "mail: From"),
            *((Origin("date", "mail: Date"),) if date and date.date else ()),
        ),
    )
    is_marked = is_forwarded(subject)
    for _ in range(_MOST_FORWARDS):
        forwarded = find_forwarded(article.paragraphs)
        if forwarded is None:
            break
        above = _count(article.paragraphs[: forwarded.start])
        below = _count(article.paragraphs[forwarded.end :])
        # Below an answer there is often what it answers.
        if not below or (below < above and not is_marked):
            break
        article = _with_comment(_of_forwarded(article, forwarded), above)
    return replace(article, title=without_forwarding(article.title)) if is_marked else article


def _count(paragraphs: Sequence[Paragraph]) -> int:
    return sum(len(paragraph.text.split()) for paragraph in paragraphs)


def _of_forwarded(article: Article, forwarded: Forwarded) -> Article:
    """The message that is forwarded in an article's text, with its own headers."""
    dropped = {paragraph.number for paragraph in article.paragraphs[: forwarded.end]}
    blocks = [block for block in article.blocks if block.before > max(dropped, default=0)]
    paragraphs, blocks_left = without(article.paragraphs, blocks, dropped)
    if all(paragraph.role == "quoted" for paragraph in paragraphs):
        paragraphs = tuple(replace(paragraph, role="text") for paragraph in paragraphs)
    language = forwarded.language
    date = find_date(forwarded.date, language)
    unread = unread_date(forwarded.date, language)
    title = normalize(without_forwarding(forwarded.subject)) or article.title
    return replace(
        article,
        title=title,
        source=printed_name(forwarded.sender) or article.source,
        date=date.date if date else None,
        language=None,
        paragraphs=paragraphs,
        blocks=without_title(blocks_left, title),
        origins=(
            *((Origin("title", "the forwarded message: subject"),) if forwarded.subject else ()),
            Origin("source", "the forwarded message: sender"),
            *((Origin("date", "the forwarded message: date"),) if date and date.date else ()),
        ),
        warnings=(unread,) if unread else (),
    )


def _with_comment(article: Article, words: int) -> Article:
    """The forwarded article, with a warning if a comment of so many words stands above it."""
    if words < _LONG_COMMENT:
        return article
    warning = f"a forwarded message: the {words} words above it are not read"
    return replace(article, warnings=(*article.warnings, warning))

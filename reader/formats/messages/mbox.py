"""Mailboxes in one file (mbox, RFC 4155), as Google Takeout and Thunderbird write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.errors import UnreadableFile
from reader.formats.messages.message import read_articles
from reader.formats.messages.mime import read_message

if TYPE_CHECKING:
    from reader.model.article import Article

# Bytes of a message, with what is attached to it.
_LARGEST_MESSAGE = 32 * 1024 * 1024
_MOST_MESSAGES = 250_000
# The line before each message. A line of a text that begins like it is quoted, or has no time.
_SEPARATOR = re.compile(rb"^From [^\n]*\d\d:\d\d[^\n]*\n", re.MULTILINE)
_ENDED = re.compile(rb".*\n\r?\n", re.DOTALL)
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
# A message that Thunderbird has deleted but not yet taken out of the file.
_DELETED = 0x0008


def parse_mbox(content: bytes, file_id: str) -> list[Article]:
    """The articles in the messages of a mailbox, in its order. Raises UnreadableFile.

    The first has a warning of messages without a text.
    """
    articles: list[Article] = []
    unread: list[str] = []
    for message in _messages(content):
        try:
            articles += _articles(message, file_id)
        except UnreadableFile as error:
            unread.append(str(error))
        except (ValueError, LookupError, RecursionError):  # what libraries raise on some
            unread.append("a mail message that cannot be understood")
    if not articles:
        raise UnreadableFile("a mailbox with no message that has a text")
    if unread:
        reasons = ", ".join(list(dict.fromkeys(unread))[:3])
        warning = f"{len(unread):,} of its messages are not read: {reasons}"
        articles[0] = replace(articles[0], warnings=(*articles[0].warnings, warning))
    return articles


def _articles(content: bytes, file_id: str) -> list[Article]:
    if len(content) > _LARGEST_MESSAGE:
        raise UnreadableFile(f"a mail message larger than {_LARGEST_MESSAGE // 1024**2} MiB")
    message = read_message(_QUOTED.sub(rb"\1", content))
    try:
        is_deleted = int(message.headers.get("x-mozilla-status", "0"), 16) & _DELETED
    except ValueError:
        is_deleted = 0
    return [] if is_deleted else read_articles(message, file_id)


def _messages(content: bytes) -> Iterator[bytes]:
    """The messages of a mailbox, each without the line before it."""
    bounds: list[tuple[int, int]] = []
    for match in _SEPARATOR.finditer(content):
        if bounds and not _ENDED.fullmatch(content[match.start() - 4 : match.start()]):
            continue
        if len(bounds) == _MOST_MESSAGES:  # before any is read
            raise UnreadableFile(f"a mailbox of more than {_MOST_MESSAGES:,} messages")
        bounds.append(match.span())
    if not bounds:
        raise UnreadableFile("a mailbox without the lines that begin messages")
    ends = [*(start for start, _ in bounds[1:]), len(content)]
    for (_, start), end in zip(bounds, ends, strict=True):
        yield content[start:end]

"""The headers of a message as fields of an article."""

from __future__ import annotations

import re
from email.utils import parseaddr
from typing import TYPE_CHECKING

from reader.formats.messages.mime import decoded_words
from reader.language.clean import normalize

if TYPE_CHECKING:
    from reader.formats.messages.mime import MessagePart

# What programs put before the subject of a message that they forward: English, German, Nordic,
# French, Spanish and Portuguese, Italian, Dutch, Polish, Russian.
_FORWARDED = re.compile(r"(?:(?:fwd?|wg|vs|vb|tr|rv|enc|i|doorst|pd|пер)\s*:\s*)+", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_BRACKETS = re.compile(r"\s*(?:<[^<>]*>|\[mailto:[^\]]*\])")


def header(message: MessagePart, name: str) -> str:
    """A header's text; empty if it is missing or too long."""
    return normalize(decoded_words(message.headers.get(name, "")))


def sender(message: MessagePart) -> str | None:
    """The name of the sender, or the address without one."""
    return name_in(message.headers.get("from", ""))


def name_in(mailbox: str) -> str | None:
    """The name in a mailbox such as "Jane Doe <jane@example.com>", or its address without one."""
    try:
        name, address = parseaddr(mailbox)
    except RecursionError:  # comments inside comments
        return None
    return normalize(decoded_words(name) or address) or None


def printed_name(mailbox: str) -> str | None:
    """As `name_in`, for a mailbox in a text, where nothing need be quoted."""
    name = _BRACKETS.sub("", mailbox).strip(" \"'*,;")
    return normalize(name) or name_in(mailbox)


def language_of(message: MessagePart) -> str | None:
    """The language that a message declares, as a code (BCP 47); None for none or several."""
    code = message.headers.get("content-language", "").strip()
    return code if _LANGUAGE.fullmatch(code) else None


def is_forwarded(subject: str) -> bool:
    """Whether a subject says that the message forwards another."""
    return _FORWARDED.match(subject) is not None


def without_forwarding(subject: str) -> str:
    """A subject without the mark of a forwarded message."""
    return _FORWARDED.sub("", subject, count=1) if _FORWARDED.match(subject) else subject

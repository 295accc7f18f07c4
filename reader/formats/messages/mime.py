"""The structure of mail messages (RFC 5322, RFC 2045-2047), read within limits.

Python's own parser takes time that grows with the square of a header's length or with the depth of
the parts times their lines, and recurses without end. Here every byte is looked at once for each
level of nesting, and headers, parts and levels are limited. Python decodes what is within limits.
"""

from __future__ import annotations

import re
from binascii import a2b_base64, a2b_qp
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from itertools import islice
from typing import NamedTuple

from reader.errors import UnreadableFile
from reader.formats import decode

# Characters. A longer header counts as missing.
_LONGEST_HEADER = 4000
# Levels of parts inside parts. Programs make five at the most; each costs a copy of what is inside.
_DEEPEST = 20
# Parts that are looked at.
_MOST_PARTS = 1000

_HEADER_LINE = re.compile(rb"(?:[!-9;-~]+[ \t]*:|[ \t])[^\n]*(?:\n|\Z)")
_ENVELOPE = re.compile(rb"(?:From [^\n]*\n)?")
_READ = frozenset(
    (
        "content-language",
        "content-type",
        "content-transfer-encoding",
        "content-disposition",
        "content-location",
        "content-id",
        "snapshot-content-location",
        "subject",
        "from",
        "date",
        "x-mozilla-status",
    )
)
# Encodings that Python knows and no mail has: decoding them takes time that grows with the square
# of the length, or reads escapes. ASCII is what bytes are said to be that are not.
_REFUSED = re.compile(r"punycode|idna|.*escape|undefined|(?:us-?)?ascii", re.IGNORECASE)


_NO_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")


def _rest_of_base64(letters: bytes) -> bytes:
    """The last letters that make no four, filled up; empty if they make no byte."""
    rest = letters[len(letters) // 4 * 4 :]
    return rest + b"=" * (4 - len(rest)) if len(rest) > 1 else b""


class MessagePart(NamedTuple):
    """A message or a part of one: its headers, as far as they are read, by their names in lower
    case, and its content as it was sent.
    """

    headers: dict[str, str]
    content: bytes

    @property
    def media_type(self) -> str:
        """The media type, by default "text/plain"."""
        return self._message().get_content_type()

    @property
    def is_attachment(self) -> bool:
        """Whether the sender wants the part to be saved, not shown."""
        return self._message().get_content_disposition() == "attachment"

    def text(self) -> str:
        """The content as text, its transfer encoding and character encoding undone."""
        return decoded(self.decoded_content(), self._message().get_content_charset())

    def decoded_content(self) -> bytes:
        """The content with its transfer encoding undone (RFC 2045, 6)."""
        encoding = self.headers.get("content-transfer-encoding", "").lower().strip()
        if encoding == "quoted-printable":
            return a2b_qp(self.content)
        if encoding == "base64":
            letters = _NO_BASE64.sub(b"", self.content)
            return a2b_base64(letters[: len(letters) // 4 * 4] + _rest_of_base64(letters))
        return self.content

    def parameter(self, name: str) -> str:
        """A parameter of the content type, in lower case; "" without it."""
        value = self._message().get_param(name)
        return value.lower() if isinstance(value, str) else ""

    def parts(self) -> Iterator[MessagePart]:
        """The parts of a multipart, in order."""
        boundary = self._message().get_boundary()
        if not boundary:
            return
        separator = rb"^--" + re.escape(boundary.encode("utf-8", "replace")) + rb"(--)?[ \t]*$"
        start = None
        for match in islice(re.finditer(separator, self.content, re.MULTILINE), _MOST_PARTS):
            if start is not None:
                yield read_part(self.content[start : match.start() - 1])
            start = match.end() + 1
            if match[1]:
                return
        if start is not None:
            yield read_part(self.content[start:])

    def root(self) -> MessagePart | None:
        """The part that related parts belong to: the one that is named as such, else the first."""
        start = self._message().get_param("start")
        parts = list(self.parts())
        named = (part for part in parts if start and part.headers.get("content-id") == start)
        return next(named, parts[0] if parts else None)

    def _message(self) -> Message:
        """The part as Python's message without content, for the rules of its parameters."""
        message = Message()
        for name in ("content-type", "content-transfer-encoding", "content-disposition"):
            if name in self.headers:
                message[name] = self.headers[name]
        return message


def read_message(content: bytes) -> MessagePart:
    """The message in the bytes of a file."""
    return read_part(content.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))


def read_part(content: bytes) -> MessagePart:
    """The part in bytes whose lines end with line feeds."""
    envelope = _ENVELOPE.match(content)
    start = end = envelope.end() if envelope else 0
    while line := _HEADER_LINE.match(content, end):
        end = line.end()
    body = end + 1 if content[end : end + 1] == b"\n" else end
    return MessagePart(_headers(content[start:end]), content[body:])


def _headers(block: bytes) -> dict[str, str]:
    """The headers that are read, the first of each name."""
    headers: dict[str, str] = {}
    for raw in re.split(rb"\n(?![ \t])", block):
        name, _, value = raw.partition(b":")
        key = name.strip().lower().decode("ascii", "replace")
        if key in _READ and key not in headers and len(value) <= _LONGEST_HEADER:
            headers[key] = decode(value).replace("\n", "").strip()
    return headers


def main_part(message: MessagePart) -> MessagePart | None:
    """The part with the text of a message: the first plain one, else the first page.

    Attachments are left out. Raises UnreadableFile for parts nested too deeply.
    """
    depth = 0
    while message.media_type == "message/rfc822":  # nothing but another message
        depth += 1
        refuse_deeper(depth)
        message = read_part(message.content)
    page: MessagePart | None = None
    for part in shown_parts(message):
        if part.media_type == "text/plain":
            return part
        if page is None and part.media_type == "text/html":
            page = part
    return page


def shown_parts(message: MessagePart) -> Iterator[MessagePart]:
    """The parts of a message that are shown, in order, and the messages attached to it.

    Of related parts it is the root. Raises UnreadableFile for parts nested too deeply.
    """
    return islice(_shown(message), _MOST_PARTS)


def refuse_deeper(depth: int) -> None:
    """Raise UnreadableFile for a part below too many others."""
    if depth > _DEEPEST:
        raise UnreadableFile(
            "a mail message that cannot be understood: its parts are nested too deeply"
        )


def _shown(part: MessagePart, depth: int = 0) -> Iterator[MessagePart]:
    """The parts that are no containers and no attachments, in order; of related parts the root."""
    refuse_deeper(depth)
    if part.is_attachment and part.media_type != "message/rfc822":
        return
    if part.media_type == "multipart/related":
        root = part.root()
        inner = iter([root] if root else [])
    elif part.media_type.startswith("multipart/"):
        inner = part.parts()
    else:
        yield part
        return
    for each in inner:
        yield from _shown(each, depth + 1)


def decoded(content: bytes, charset: str | None) -> str:
    """The text in bytes of a named encoding; of an unknown or unnamed one, as `decode` guesses."""
    if charset and not _REFUSED.fullmatch(charset):
        try:
            return content.decode(charset, "replace")
        except (LookupError, ValueError):
            pass
    return decode(content)


def decoded_words(value: str) -> str:
    """A header's text, its encoded words decoded (RFC 2047); as it stands if they are damaged."""
    if "=?" not in value:
        return value
    try:
        words = decode_header(value)
    except (HeaderParseError, ValueError):
        return value
    return "".join(_decoded_word(word, charset) for word, charset in words)


def _decoded_word(word: bytes | str, charset: str | None) -> str:
    """A part of a header, as Python gives it: encoded words, or what stands between them."""
    if isinstance(word, str):
        return word
    if charset is None:
        return word.decode("raw-unicode-escape", "replace")
    return decoded(word, charset)

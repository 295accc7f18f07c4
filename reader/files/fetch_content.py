"""The body of a server's answer to the text in it: whole, within the size limit, in UTF-8."""

from __future__ import annotations

import codecs
import zlib
from collections.abc import Iterable

from reader.errors import FetchError
from reader.files.read import refuse_binary, refuse_larger
from reader.formats import decode
from reader.formats.gzipped import gunzip
from reader.model.arguments import is_encoding

# The labels of which browsers make Windows-1252 (WHATWG Encoding Standard, section 4.2): in the
# encodings that they name, its quotation marks are control characters.
_WINDOWS_1252 = {"ascii", "iso8859-1", "cp1252"}
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def content_of(pieces: Iterable[bytes], encoding: str) -> bytes:
    """The content of a body that comes in pieces, with the content encoding that a server names.

    Raises UnreadableFile if it is larger than LARGEST_FILE, before or after unpacking; FetchError
    if it is incomplete or damaged, or the encoding is not gzip, which alone was asked for.
    """
    names = [name.strip().lower() for name in encoding.split(",")]
    encodings = [name for name in names if name not in ("", "identity")]
    if encodings not in ([], ["gzip"], ["x-gzip"]):
        raise FetchError(f"sent in the encoding {encoding}, which was not asked for")
    content = bytearray()
    for piece in pieces:
        content += piece
        refuse_larger(content)
    return _unzipped(content) if encodings else bytes(content)


def _unzipped(content: bytearray) -> bytes:
    """The content of a gzip file. Raises FetchError, UnreadableFile."""
    try:
        return gunzip(content)
    except zlib.error as error:
        raise FetchError("the answer is damaged: its gzip cannot be unpacked") from error
    except EOFError as error:
        raise FetchError("connection closed early") from error


def text_of(content: bytes, charset: str | None) -> bytes:
    """The text in a content, in UTF-8. Raises UnreadableFile if it is none, whatever it is called.

    A byte order mark wins over the encoding that the server names (as in browsers), and that over
    the one named in the text.
    """
    text = _as_utf8(content, charset)
    refuse_binary(content, text)
    return text


def _as_utf8(content: bytes, charset: str | None) -> bytes:
    if content.startswith(_BOMS):
        return decode(content).encode("utf-8", "replace")
    try:
        encoding = codecs.lookup(charset or "utf-8").name
        if encoding in _WINDOWS_1252:
            return content.decode("cp1252", "replace").encode()
        if encoding == "utf-7" or not is_encoding(encoding):
            return content  # as browsers refuse it
        return content.decode(encoding).encode()
    except (LookupError, UnicodeError):
        return content


def refuse_cut_off(page: bytes) -> None:
    """Raise FetchError if a web page begins and does not end.

    For pages that came without their length and over a connection that anything may have ended.
    """
    page = page.lower()
    if (b"<html" in page or b"<body" in page) and not (b"</html" in page or b"</body" in page):
        raise FetchError("connection closed early: the end of the page is missing")

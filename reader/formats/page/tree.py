"""A page's bytes as a tree of elements, read within limits."""

from __future__ import annotations

import re
from typing import Any

from reader.formats.encodings import decode
from reader.formats.markup import refuse_oversized
from reader.model.arguments import is_encoding

# Beginnings of tags, comments and the like, in a page. Live blogs, the longest news pages, have a
# third of it. lxml and trafilatura take up to 50 µs for each.
_MOST_TAGS = 60_000
# Pictures and fonts that are part of the page: nothing to read, and nearly all of its size.
_EMBEDDED = re.compile(r"data:[\w/+.;=-]{0,200};base64,[A-Za-z0-9+/=]{200,}")
_CHARSET = re.compile(
    rb"""<meta[^<>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^<>]{0,100}encoding=["']([\w.:-]+)""",
    re.IGNORECASE,
)
# Bytes at the beginning in which a page names its encoding: WHATWG has 1,024, but many do it late.
_CHARSET_WITHIN = 16_384
# What browsers take these names for (WHATWG, Encoding Standard).
_READ_AS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "big5": "big5hkscs",
    "x-gbk": "gb18030",
}
# The share of characters that may be damaged in a page that names its encoding rightly.
_MOST_DAMAGED = 0.02


def read_tree(content: bytes, charset: str | None = None) -> Any:
    """The root element of a page; None if there is none. Raises UnreadableFile.

    `charset` is the encoding declared outside the page.
    """
    from trafilatura.utils import load_html

    page = _EMBEDDED.sub("", _decoded(content, charset))
    refuse_oversized(page, _MOST_TAGS)
    return load_html(page)


def _decoded(content: bytes, charset: str | None) -> str:
    """The text of a page: in UTF-8 if it is that, in the declared encoding, else as it seems."""
    if not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            pass
        else:
            if "\x1b$" not in text and "\0" not in text:
                return text
        for name in (charset, _declared(content)):
            if name and (text := _in_encoding(content, name)):
                return text
    return decode(content)


def _in_encoding(content: bytes, name: str) -> str:
    """The text in bytes of a declared encoding; empty if they are not in it."""
    encoding = _READ_AS.get(name.lower(), name)
    if not is_encoding(encoding) or encoding.lower().replace("_", "-").startswith("utf-16"):
        return ""
    text = content.decode(encoding, "replace")
    letters = len(text) - len(text.encode("ascii", "ignore"))
    return text if text.count("\ufffd") <= letters * _MOST_DAMAGED else ""


def _declared(content: bytes) -> str | None:
    """The encoding that a page names."""
    match = _CHARSET.search(content[:_CHARSET_WITHIN])
    return (match[1] or match[2]).decode("ascii", "replace") if match else None

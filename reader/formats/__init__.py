"""A file's bytes to an Article, by the file's suffix."""

from __future__ import annotations

import codecs
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.model.article import Article

# Web pages are read by a library that is an extra.
READS_HTML = find_spec("trafilatura") is not None

# Raised when the same bytes give another article, so that indexes are made again; so they are when
# the library for web pages comes or goes.
VERSION = f"3{'+html' if READS_HTML else ''}"

_TEXT = (".md", ".markdown", ".txt", ".text")
_HTML = (".html", ".htm", ".xhtml")
_MAIL = (".eml", ".mht", ".mhtml")
# What a corpus reads. Other files in the folder are none of its business.
SUFFIXES = (*_TEXT, *_HTML, *_MAIL)
# Of these, what is not text as it stands.
MARKED_UP = (*_HTML, *_MAIL)

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def parse(content: bytes, article_id: str, suffix: str = ".txt") -> Article:
    """The article in a file's bytes, read as the file's suffix says.

    Plain text and Markdown, either with or without front matter: any bytes give an article; one
    without prose may have no paragraphs. Web pages, mail and web archives: raises UnreadableFile,
    saying why, if there is no article in it. `article_id` becomes the article's id, and its title
    when it has none.
    """
    suffix = suffix.casefold()
    if suffix in _HTML:
        from reader.formats.html import parse_html

        return parse_html(content, article_id)
    if suffix in _MAIL:
        from reader.formats.mail import parse_mail

        return parse_mail(content, article_id)
    text = decode(content)
    if text.startswith("---"):
        # Loads the YAML library, which costs 18 ms: only for a file that may need it.
        from reader.formats.markdown import parse_markdown

        return parse_markdown(text, article_id)
    from reader.formats.text import parse_text

    return parse_text(text, article_id)


def decode(content: bytes) -> str:
    """The text in the bytes: what a byte order mark says, else UTF-8, else Windows-1252.

    Never fails: bytes that the encoding does not have become U+FFFD. Windows-1252 is how browsers
    read unlabelled Western text (WHATWG Encoding Standard); detectors guess worse on short texts.
    """
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return content[len(bom) :].decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")

"""PDF with text in it, by pdfminer.six: what stands where, read as lines, columns, paragraphs."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.errors import UnreadableFile
from reader.formats.documents.body import articles_of
from reader.formats.documents.pdf.columns import columns_of
from reader.formats.documents.pdf.lines import PdfLine, rows_of
from reader.formats.documents.pdf.paragraphs import parts_of
from reader.formats.documents.pdf.running import without_running
from reader.formats.documents.pdf.stream import KIND, read_pdf
from reader.model.article import Article, Origin

if TYPE_CHECKING:
    from reader.formats.documents.pdf.stream import PdfPage

# The share of letters that a font does not name, from which a text is no use.
_MOST_UNKNOWN = 0.2
_UNKNOWN = "\ufffd"
# The line below pages that a browser prints: the address and the number of the page.
_PRINTED_FROM = re.compile(r"(?P<url>https?://\S*[^\s.…])\s+\d{1,4}/\d{1,4}")


def parse_pdf(content: bytes, file_id: str) -> list[Article]:
    """The article in a PDF, each paragraph with the number of its page, from 1.

    The names and days in the file's properties are those of who made it. Raises UnreadableFile,
    also for a scan without text, and if the extra `pdf` is not installed.
    """
    document = read_pdf(content)
    _refuse_unreadable(document.pages)
    pages = [rows_of(page.glyphs) for page in document.pages]
    url = _address(pages)
    columns = [
        (number, column)
        for number, rows in enumerate(without_running(pages), start=1)
        for column in columns_of(rows)
    ]
    articles = articles_of(parts_of(columns), file_id, KIND, document.title)
    if url and len(articles) == 1 and not articles[0].url:
        origin = Origin("url", "the line that the browser printed below the page")
        article = articles[0]
        articles = [replace(article, url=url, origins=(*article.origins, origin))]
    if sideways := sum(page.sideways for page in document.pages):
        warning = f"{sideways} characters that do not stand upright are left out"
        articles[0] = replace(articles[0], warnings=(*articles[0].warnings, warning))
    return articles


def _refuse_unreadable(pages: list[PdfPage]) -> None:
    """Raise UnreadableFile if the pages have no letters."""
    glyphs = sum(len(page.glyphs) for page in pages)
    unknown = sum(glyph.text == _UNKNOWN for page in pages for glyph in page.glyphs)
    if not any(glyph.text.isalnum() for page in pages for glyph in page.glyphs):
        if unknown:
            raise UnreadableFile(f"{KIND} whose fonts do not say which letters they show")
        if any(page.sideways for page in pages):
            raise UnreadableFile(f"{KIND} whose text does not stand upright")
        raise UnreadableFile(f"{KIND} that is a scan: no text in it")
    if unknown > _MOST_UNKNOWN * glyphs:
        raise UnreadableFile(f"{KIND} whose fonts do not say which letters they show")


def _address(pages: list[list[list[PdfLine]]]) -> str | None:
    """The address in the last line of each page, if it is a printed web page."""
    urls = set()
    for rows in pages:
        if rows:
            match = _PRINTED_FROM.fullmatch(" ".join(line.text for line in rows[-1]))
            urls.add(match["url"] if match else None)
    return urls.pop() if len(urls) == 1 else None

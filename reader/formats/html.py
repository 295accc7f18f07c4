"""Saved web pages: the article without what the site puts around it, by trafilatura."""

from __future__ import annotations

import logging
import re
from typing import Any

from reader.errors import UnreadableFile
from reader.formats.dates import find_date
from reader.formats.markup import refuse_oversized
from reader.formats.text import numbered
from reader.language.clean import normalize
from reader.model.article import Article

# The comment in which browsers and SingleFile note the address of the page they saved.
_SAVED_FROM = re.compile(
    rb"<!--\s+(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(?P<url>https?://\S+)"
)
# Bytes at the beginning of a page that may contain this comment.
_NOTE_WITHIN = 4096
# Beginnings of tags, comments and the like, in a page. Live blogs, the longest news pages, have a
# third of it. lxml and trafilatura take up to 50 µs for each.
_MOST_TAGS = 60_000
# Pictures and fonts that are part of the page: nothing to read, and nearly all of its size.
_EMBEDDED = re.compile(r"data:[\w/+.;=-]{0,200};base64,[A-Za-z0-9+/=]{200,}")
# Characters. A shorter text is the rest of a page of which everything was taken for decoration.
_SHORTEST = 200


def parse_html(content: bytes, article_id: str, url: str | None = None) -> Article:
    """The article in a web page: its paragraphs, title, author, date, site and address.

    `url` is the address that the page was fetched from, if it was; by default the one that the page
    itself gives. Raises UnreadableFile if the extra `html` is not installed, or the page has no
    text.
    """
    document = _extract(content, url)
    blocks = _blocks(document.text) if document is not None else []
    if not blocks:
        raise UnreadableFile("a web page with no text in it")
    title = normalize(document.title or "")
    if title and len(blocks) > 1 and blocks[0][0].casefold() == title.casefold():
        del blocks[0]
    date = find_date(document.date or "")
    return Article(
        id=article_id,
        title=title or article_id.rpartition("/")[2],
        paragraphs=numbered(blocks),
        source=_cleaned(document.sitename),
        author=_cleaned((document.author or "").replace("; ", ", ")),
        date=date[0] if date else None,
        url=_cleaned(url or document.url or _saved_from(content)),
    )


def _extract(content: bytes, url: str | None) -> Any:
    """What trafilatura extracts: its Document, or None. Raises UnreadableFile.

    The extraction that prefers precision, or the one that prefers recall where that leaves nearly
    nothing.
    """
    try:
        import trafilatura
    except ImportError as error:
        raise UnreadableFile(
            "a web page, which needs trafilatura: pip install 'article-reader[html]'"
        ) from error
    from trafilatura.utils import decode_file

    page = _EMBEDDED.sub("", decode_file(content))
    refuse_oversized(page, _MOST_TAGS)
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    document: Any = None  # trafilatura gives its fields no types
    for favor_precision in (True, False):
        document = trafilatura.bare_extraction(
            page,
            url=url,
            include_comments=False,
            favor_precision=favor_precision,
            with_metadata=True,
        )
        if document is not None and len(document.text or "") >= _SHORTEST:
            break
    return document


def _blocks(text: str | None) -> list[list[str]]:
    """The paragraphs of an extracted text, which has one on each line, as blocks of one line."""
    return [[line] for raw in (text or "").split("\n") if (line := normalize(raw))]


def _saved_from(content: bytes) -> str | None:
    """The address in the comment of the program that saved the page."""
    match = _SAVED_FROM.search(content[:_NOTE_WITHIN])
    return match["url"].decode("ascii", "replace") if match else None


def _cleaned(text: str | None) -> str | None:
    return normalize(text or "") or None

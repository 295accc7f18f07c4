"""Saved web pages: the article without what the site puts around it, by trafilatura."""

from __future__ import annotations

import logging
import re
from typing import Any

from reader.errors import UnreadableFile
from reader.formats.dates import find_date
from reader.formats.text import numbered
from reader.language.clean import normalize
from reader.model.article import Article

# Where browsers and SingleFile note what page they saved.
_SAVED_FROM = re.compile(
    rb"<!--\s+(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(?P<url>https?://\S+)"
)
# Bytes from the beginning in which that note stands.
_NOTE_WITHIN = 4096
# Text this short is what is left when everything was taken for decoration.
_SHORTEST = 200


def parse_html(content: bytes, article_id: str, url: str | None = None) -> Article:
    """The article in a web page: its paragraphs, title, author, date, site and address.

    `url` is where the page comes from, if that is known; else what the page says of it. Raises
    UnreadableFile if the extra `html` is not installed, or the page has no text.
    """
    try:
        import trafilatura
    except ImportError as error:
        raise UnreadableFile(
            "a web page, which needs trafilatura: pip install 'article-reader[html]'"
        ) from error
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found: Any = None  # a Document: what it has is known only where it runs
    try:
        # What is surely the article; all that may be, where that leaves nearly nothing.
        for favor_precision in (True, False):
            found = trafilatura.bare_extraction(
                content,
                url=url,
                include_comments=False,
                favor_precision=favor_precision,
                with_metadata=True,
            )
            if found is not None and len(found.text or "") >= _SHORTEST:
                break
    except (RecursionError, ValueError) as error:
        raise UnreadableFile("a web page that cannot be understood") from error
    blocks = [
        [line]
        for raw in ((found.text if found else None) or "").split("\n")
        if (line := normalize(raw))
    ]
    if found is None or not blocks:
        raise UnreadableFile("a web page with no text in it")
    title = normalize(found.title or "")
    if title and len(blocks) > 1 and blocks[0][0].casefold() == title.casefold():
        del blocks[0]
    noted = _SAVED_FROM.search(content[:_NOTE_WITHIN])
    known = found.url or (noted and noted["url"].decode("ascii", "replace")) or None
    date = find_date(found.date or "")
    return Article(
        id=article_id,
        title=title or article_id.rpartition("/")[2],
        paragraphs=numbered(blocks),
        source=normalize(found.sitename or "") or None,
        author=normalize((found.author or "").replace("; ", ", ")) or None,
        date=date[0] if date else None,
        url=normalize(url or known or "") or None,
    )

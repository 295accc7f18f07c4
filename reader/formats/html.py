"""Saved web pages: the article without what the site puts around it, by trafilatura."""

from __future__ import annotations

import logging
import re
from typing import Any

from reader.errors import UnreadableFile
from reader.formats.dates import find_date
from reader.formats.page.align import align
from reader.formats.page.parts import Part, numbered_parts, read_parts
from reader.formats.page.tree import read_tree
from reader.language.clean import normalize
from reader.model.article import Article

# The comment in which browsers and SingleFile note the address of the page they saved.
_SAVED_FROM = re.compile(
    rb"<!--\s+(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(?P<url>https?://\S+)"
)
# Bytes at the beginning of a page that may contain this comment.
_NOTE_WITHIN = 4096
# Characters. A shorter text is the rest of a page of which everything was taken for decoration.
_SHORTEST = 200


def parse_html(content: bytes, article_id: str, url: str | None = None) -> Article:
    """The article in a web page: its paragraphs, title, author, date, site and address.

    `url` is the address that the page was fetched from, if it was; by default the one that the page
    itself gives. Raises UnreadableFile if the page has no text.
    """
    tree = read_tree(content)
    document = _extract(tree, url) if tree is not None else None
    if document is None:
        raise UnreadableFile("a web page with no text in it")
    title = normalize(document.title or "")
    parts = align(read_parts(document.body), read_parts(tree))
    paragraphs, blocks = numbered_parts(_without_title(parts, title))
    if not paragraphs:
        raise UnreadableFile("a web page with no text in it")
    date = find_date(document.date or "")
    return Article(
        id=article_id,
        title=title or article_id.rpartition("/")[2],
        paragraphs=paragraphs,
        blocks=blocks,
        source=_cleaned(document.sitename),
        author=_cleaned((document.author or "").replace("; ", ", ")),
        date=date.date if date else None,
        url=_cleaned(url or document.url or _saved_from(content)),
    )


def _extract(tree: Any, url: str | None) -> Any:
    """What trafilatura extracts: its Document, or None.

    The extraction that prefers precision, or the one that prefers recall where that leaves nearly
    nothing.
    """
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    document: Any = None  # trafilatura gives its fields no types
    for favor_precision in (True, False):
        document = trafilatura.bare_extraction(
            tree,
            url=url,
            include_comments=False,
            favor_precision=favor_precision,
            with_metadata=True,
        )
        if document is not None and len(document.text or "") >= _SHORTEST:
            break
    return document


def _without_title(parts: list[Part], title: str) -> list[Part]:
    """The parts without the title at the beginning."""
    key = title.casefold()
    for index, part in enumerate(parts[:3]):
        if title and part.text.casefold() == key and part.kind in ("heading", "text"):
            return parts[:index] + parts[index + 1 :]
    return parts


def _saved_from(content: bytes) -> str | None:
    """The address in the comment of the program that saved the page."""
    match = _SAVED_FROM.search(content[:_NOTE_WITHIN])
    return match["url"].decode("ascii", "replace") if match else None


def _cleaned(text: str | None) -> str | None:
    return normalize(text or "") or None

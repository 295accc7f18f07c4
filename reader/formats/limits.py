"""The limits of files and of the articles in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.errors import UnreadableFile

if TYPE_CHECKING:
    from reader.model.article import Article

# Bytes of a file. A novel has one million; anything larger is no news article. A file that holds
# many articles may be larger, but none of its articles.
LARGEST_FILE = 16 * 1024 * 1024
LARGEST_CONTAINER = 256 * 1024 * 1024
_MOST_ARTICLES = 250_000  # of a file


def numbered(articles: Sequence[Article], file_id: str, kind: str) -> list[Article]:
    """The articles of a file that has several, with the ids FILE/1, FILE/2 and so on.

    `kind` is the file's, for messages. Raises UnreadableFile if there are too many.
    """
    if len(articles) > _MOST_ARTICLES:
        raise UnreadableFile(f"{kind} with more than {_MOST_ARTICLES:,} articles in it")
    return [
        _within_limit(replace(article, id=f"{file_id}/{number}"))
        for number, article in enumerate(articles, 1)
    ]


def _within_limit(article: Article) -> Article:
    """The article, one of several in a file; without its text if that is larger than a file with
    one article may be.
    """
    size = sum(len(paragraph.text) for paragraph in article.paragraphs)
    if size <= LARGEST_FILE:
        return article
    reason = f"its text is larger than {LARGEST_FILE // 1024**2} MiB and is left out"
    return replace(article, paragraphs=(), blocks=(), warnings=(*article.warnings, reason))

"""Summaries: the data of articles without their text, and digests of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reader.model.dates import day_number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reader.model.article import Article
    from reader.model.dates import ArticleDate


class Summary(NamedTuple):
    """The data of an article, without its text: a row of `reader list`.

    `paragraphs` is their number, `language` the code (BCP 47) that the file declares, `path` the
    absolute path of its file.
    """

    id: str
    title: str
    paragraphs: int
    source: str | None = None
    section: str | None = None
    author: str | None = None
    date: ArticleDate | None = None
    url: str | None = None
    credit: str | None = None
    language: str | None = None
    path: str | None = None


def summarize(article: Article) -> Summary:
    """The article's summary."""
    return Summary(
        article.id,
        article.title,
        len(article.paragraphs),
        article.source,
        article.section,
        article.author,
        article.date,
        article.url,
        article.credit,
        article.language,
        article.path,
    )


def newest(summaries: Iterable[Summary]) -> Summary | None:
    """The article with the latest date, the first of several; undated ones come last."""
    return min(summaries, key=lambda summary: -day_number(summary.date), default=None)


def text_digest(article: Article) -> bytes:
    """An 8-byte digest of the paragraphs."""
    import hashlib

    text = "\n".join(paragraph.text for paragraph in article.paragraphs)
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()

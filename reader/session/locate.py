"""Finds the articles and paragraphs that locators name, in a folder as it is now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import NoSuchArticle, NoSuchParagraph, UnreadableFile
from reader.language.clean import normalize
from reader.model.arguments import as_texts
from reader.model.locator import Locator, parse_locator, select
from reader.session.summaries import summaries

if TYPE_CHECKING:
    from reader.files.folder import File, Folder
    from reader.model.article import Article
    from reader.model.quotation import Quotation
    from reader.model.selection import Selection


def find_file(folder: Folder, cache: Path, name: str) -> File:
    """The file of an article, named by its id or by a unique part of its id or title.

    `cache` is the folder of indexes, which know the titles. Raises NoSuchArticle, AmbiguousArticle.
    """
    return folder.find(name, summaries(folder, cache, []))


def choose(
    folder: Folder, cache: Path, locators: str | Iterable[str]
) -> list[tuple[Article, Locator]]:
    """The whole articles that locators name, each with its locator.

    Raises NoSuchArticle, AmbiguousArticle, NoSuchParagraph, UnreadableFile.
    """
    chosen = []
    for text in as_texts("locator", locators):
        locator = parse_locator(text)
        file = find_file(folder, cache, locator.article)
        try:
            article = folder.read(file)
        except UnreadableFile as error:
            message = f"cannot read {normalize(file.path)}: {error}"
            raise UnreadableFile(message, path=file.path, reason=str(error)) from error
        select(article, locator)  # raises before the caller prints anything
        chosen.append((article, locator))
    return chosen


def choose_paragraph(folder: Folder, cache: Path, locator: str) -> tuple[Article, int | None]:
    """The article that a locator names, and the number of its paragraph if it names one.

    Raises NoSuchParagraph if it names several, and as `choose`.
    """
    article, parsed = choose(folder, cache, locator)[0]
    if parsed.first != parsed.last:
        raise NoSuchParagraph(
            f"{locator} names several paragraphs: name one, or the article",
            article=article.id,
            count=len(article.paragraphs),
        )
    return article, parsed.first


def no_articles(folder: Folder) -> NoSuchArticle:
    """The error that a folder has no articles."""
    return NoSuchArticle(
        f"there are no articles {folder.emptiness}; name another folder with --corpus"
    )


def selection(article: Article, locator: Locator) -> Selection:
    """The paragraphs of an article that a locator names, with its quotations."""
    # Loaded when an article is read.
    from reader.model.selection import Selection

    content = select(article, locator)
    return Selection(content, locator.first, locator.last, partial(_quotations, article))


def _quotations(article: Article) -> Sequence[Quotation]:
    # Loads the rules: only a terminal sets quotations off.
    from reader.quotes import find

    return find(article)

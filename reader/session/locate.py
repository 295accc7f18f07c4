"""Finds the articles and paragraphs that locators name, in a folder as it is now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import (
    AmbiguousArticle,
    NoSuchArticle,
    NoSuchParagraph,
    UnreadableFile,
    joined,
)
from reader.language.clean import normalize
from reader.model.arguments import as_texts
from reader.model.locator import Locator, parse_locator, select
from reader.session.summaries import summaries

if TYPE_CHECKING:
    from reader.files.folder import File, FileMatch, Folder
    from reader.model.article import Article
    from reader.model.quotation import Quotation
    from reader.model.selection import Selection


def find(folder: Folder, cache: Path, name: str) -> FileMatch:
    """What is named by an id or by a unique part of an id or title.

    `cache` is the folder of indexes, which know the titles. Raises NoSuchArticle, AmbiguousArticle.
    """
    return folder.find(name, summaries(folder, cache, []))


def choose(
    folder: Folder, cache: Path, locators: str | Iterable[str]
) -> list[tuple[Article, Locator]]:
    """The whole articles that locators name, each with its locator. The id of a file with several
    articles names all of them.

    Raises NoSuchArticle, AmbiguousArticle, NoSuchParagraph, UnreadableFile.
    """
    chosen: list[tuple[Article, Locator]] = []
    # Each file is read once, as many articles of it as are named.
    files: dict[str, dict[str, Article]] = {}
    for text in as_texts("locator", locators):
        locator = parse_locator(text)
        articles = _named(folder, cache, files, locator.article)
        if len(articles) > 1 and locator.first is not None:
            raise _several(locator.article, articles)
        for article in articles:
            own = locator if len(articles) == 1 else Locator(article.id)
            select(article, own)  # raises before the caller prints anything
            chosen.append((article, own))
    return chosen


def choose_one(folder: Folder, cache: Path, locator: str) -> tuple[Article, Locator]:
    """The whole article that a locator names, and the locator.

    Raises as `choose`, and AmbiguousArticle for a file with several articles.
    """
    chosen = choose(folder, cache, locator)
    if len(chosen) > 1:
        raise _several(parse_locator(locator).article, [article for article, _ in chosen])
    return chosen[0]


def _named(
    folder: Folder, cache: Path, files: dict[str, dict[str, Article]], name: str
) -> list[Article]:
    """The articles that a name stands for. `files` are those that were read, by path."""
    match = folder.with_id(name)
    if match is None:
        match = find(folder, cache, name)
    articles = _read(folder, files, match.file)
    if match.id == match.file.id:
        return list(articles.values())
    if match.id not in articles:  # the file has no article of this number
        match = find(folder, cache, name)
        articles = _read(folder, files, match.file)
    return [articles[match.id]] if match.id in articles else list(articles.values())


def _read(folder: Folder, files: dict[str, dict[str, Article]], file: File) -> dict[str, Article]:
    """The articles in a file, by id, read if they were not."""
    if file.path not in files:
        try:
            files[file.path] = {article.id: article for article in folder.read(file)}
        except UnreadableFile as error:
            message = f"cannot read {normalize(file.path)}: {error}"
            raise UnreadableFile(message, path=file.path, reason=str(error)) from error
    return files[file.path]


def _several(name: str, articles: Sequence[Article]) -> AmbiguousArticle:
    ids = [article.id for article in articles]
    return AmbiguousArticle(
        f"{normalize(name)} has {len(ids)} articles: {joined(ids)}; name one of them",
        name=name,
        candidates=ids,
    )


def choose_paragraph(folder: Folder, cache: Path, locator: str) -> tuple[Article, int | None]:
    """The article that a locator names, and the number of its paragraph if it names one.

    Raises NoSuchParagraph if it names several, and as `choose_one`.
    """
    article, parsed = choose_one(folder, cache, locator)
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

"""Reads feeds whole: entries that have only a summary are fetched from their pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.errors import FetchError, SettingsError, UnreadableFile
from reader.files.articles import ReadResult, is_url, read_content
from reader.files.read import read_file, read_limited
from reader.language.clean import normalize
from reader.settings import expand_home

if TYPE_CHECKING:
    from reader.files.read import Readable
    from reader.model.article import Article

# Pages that are fetched for one feed, each within the limits of a fetch. Feeds have 100 entries at
# the most.
_MOST_PAGES = 100


def read_full(
    feed: str | Readable, allow_local: bool = False, name: str = "standard input"
) -> Iterator[ReadResult]:
    """The articles of a feed, which is a path, an address or a stream called `name`.

    Entries with a text are read as they are; the pages of the others are fetched, one after
    another. Addresses of this machine and of private networks are refused unless `allow_local`.
    """
    from reader.formats.feeds.links import read_entries

    if isinstance(feed, str):
        name = normalize(feed)
    try:
        entries = read_entries(_content(feed, allow_local), "article")
    except (FetchError, SettingsError, UnreadableFile) as error:
        yield ReadResult(name, reason=str(error).removeprefix(f"{name}: "))
        return
    fetched = 0
    for number, entry in enumerate(entries, 1):
        title = f"{name}/{number}"
        if entry.is_whole:
            yield ReadResult(title, entry.article)
        elif not entry.article.url:
            yield ReadResult(title, reason="an entry with neither a text nor an address")
        elif fetched == _MOST_PAGES:
            yield ReadResult(title, reason=f"more than {_MOST_PAGES} pages are not fetched at once")
        else:
            fetched += 1
            yield _fetched(title, entry.article, entry.article.url, allow_local)


def _content(feed: str | Readable, allow_local: bool) -> bytes:
    """The bytes of a feed. Raises FetchError, SettingsError, UnreadableFile."""
    if not isinstance(feed, str):
        return read_limited(feed)
    if not is_url(feed):
        return read_file(expand_home(feed))
    # Loads the web's protocols.
    from reader.files.web import fetch

    return fetch(feed, allow_local).content


def _fetched(name: str, entry: Article, url: str, allow_local: bool) -> ReadResult:
    """The article of an entry's page, with what the entry says where the page does not."""
    from reader.files.web import fetch

    try:
        page = fetch(url, allow_local)
    except FetchError as error:
        return ReadResult(name, reason=str(error))
    read = read_content(name, page.content, page.suffix, "article", page.url)[0]
    article = read.article
    if article is None:
        return ReadResult(name, reason=f"{normalize(page.url)}: {read.reason}")
    given = {field: getattr(entry, field) for field in ("author", "date", "language")}
    missing = {field: value for field, value in given.items() if not getattr(article, field)}
    taken = {"title", "source", *missing}
    return ReadResult(
        name,
        replace(
            article,
            title=entry.title or article.title,
            source=entry.source or article.source,
            tags=article.tags or entry.tags,
            origins=(
                *(each for each in entry.origins if each.field in taken),
                *(each for each in article.origins if each.field not in taken),
            ),
            **missing,
        ),
    )

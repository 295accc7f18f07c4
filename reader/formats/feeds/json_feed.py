"""JSON Feed (https://jsonfeed.org/version/1.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reader.errors import UnreadableFile
from reader.formats.dates import not_understood
from reader.formats.feeds.entries import Entry, articles_of, read_entry
from reader.formats.records.article import beginning, read_fields

if TYPE_CHECKING:
    from reader.model.article import Article

_MOST_ENTRIES = 10_000


def parse_json_feed(feed: Mapping[str, Any], file_id: str) -> list[Article]:
    """The articles in a JSON Feed, which has been loaded. Raises UnreadableFile."""
    return articles_of(read_json_feed(feed, file_id))


def read_json_feed(feed: Mapping[str, Any], file_id: str) -> list[Entry]:
    """The entries of a JSON Feed. Raises UnreadableFile."""
    items = feed.get("items")
    items = [item for item in items if isinstance(item, Mapping)] if type(items) is list else []
    if not items:
        raise UnreadableFile("a feed without entries")
    if len(items) > _MOST_ENTRIES:
        raise UnreadableFile(f"a feed of more than {_MOST_ENTRIES:,} entries")
    return [_entry(item, feed, file_id) for item in items]


def _entry(item: Mapping[str, Any], feed: Mapping[str, Any], file_id: str) -> Entry:
    record = {
        "title": item.get("title"),
        "authors": item.get("authors")
        or item.get("author")
        or feed.get("authors")
        or feed.get("author"),
        "date_published": item.get("date_published"),
        # What the entry is about, where it only comments on another page, is not its address.
        "url": item.get("url") or item.get("external_url"),
        "publication": feed.get("title"),
        "language": item.get("language") or feed.get("language"),
        "tags": item.get("tags"),
    }
    read = read_fields(record, file_id, "JSON Feed")
    article = read.article
    if read.unknown_date:
        article = replace(article, warnings=(not_understood(read.unknown_date),))
    content = _text(item, "content_html") or _text(item, "content_text")
    entry = read_entry(content, _text(item, "summary"), article)
    if not article.title:
        entry = entry._replace(article=replace(entry.article, title=beginning(entry.article)))
    return entry


def _text(item: Mapping[str, Any], key: str) -> str:
    value = item.get(key)
    return value if isinstance(value, str) else ""

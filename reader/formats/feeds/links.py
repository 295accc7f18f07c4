"""The entries of a feed in bytes, whatever kind of feed it is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from reader.errors import UnreadableFile
from reader.formats import decode
from reader.formats.xml import first_element

if TYPE_CHECKING:
    from reader.formats.feeds.entries import Entry


def read_entries(content: bytes, file_id: str) -> list[Entry]:
    """The entries of RSS, Atom or JSON Feed, also those without a text.

    Raises UnreadableFile for anything else.
    """
    if first_element(content) in ("rss", "feed", "rdf", "channel"):
        from reader.formats.feeds.feed import read_feed

        return read_feed(content, file_id)
    try:
        feed = json.loads(decode(content))
    except (ValueError, RecursionError):
        feed = None
    if isinstance(feed, Mapping) and "jsonfeed.org/version" in str(feed.get("version", "")):
        from reader.formats.feeds.json_feed import read_json_feed

        return read_json_feed(feed, file_id)
    raise UnreadableFile("not a feed: --full fetches the articles of feeds")

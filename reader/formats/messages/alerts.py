"""Google Alerts: the results in a mail, which are summaries of articles elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reader.formats.feeds.entries import Entry, articles_of, read_entry, target_of
from reader.formats.messages.mime import MessagePart, shown_parts
from reader.language.clean import normalize
from reader.model.article import Article, Origin

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SENDER = re.compile(r"googlealerts-noreply@google\.com", re.IGNORECASE)
_HEADING = re.compile(r"===.*===")
_LINK = re.compile(r"<(https?://[^<>\s]+)>")
_MOST_ITEMS = 1000


def is_alert(message: MessagePart) -> bool:
    """Whether a message is one of Google Alerts."""
    return _SENDER.search(message.headers.get("from", "")) is not None


def read_alert(message: MessagePart, file_id: str) -> list[Article]:
    """The results in an alert; none if it has another form than is known.

    They have no date: that of the alert is the day on which Google saw them.
    """
    for part in shown_parts(message):
        if part.media_type == "text/plain":
            items = list(_plain_items(part.text()))
        elif part.media_type == "text/html":
            items = list(_html_items(part.text()))
        else:
            continue
        if items:
            entries = [_entry(*item, file_id) for item in items[:_MOST_ITEMS]]
            return articles_of(entries, is_feed=False)
    return []


def _plain_items(text: str) -> Iterator[tuple[str, str, str, str]]:
    """The title, source, summary and address of each result in the plain part.

    Each is a block of lines, the address in brackets the last. A long title goes on in a second
    line: then the source is the last line that is too short to be followed by a word.
    """
    lines: list[str] = []
    for raw in text.split("\n"):
        line = normalize(raw)
        link = _LINK.fullmatch(line)
        if not line or _HEADING.fullmatch(line):
            lines = []
        elif not link:
            lines.append(line)
        elif len(lines) > 1 and "google." not in _host(target_of(link[1])):
            at = 2 if len(lines) > 3 and len(lines[0]) > 60 and len(lines[1]) < len(lines[0]) else 1
            at = min(at, len(lines) - 1)
            yield " ".join(lines[:at]), lines[at], " ".join(lines[at + 1 :]), link[1]
            lines = []


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0]


def _html_items(page: str) -> Iterator[tuple[str, str, str, str]]:
    """The same of the page, which marks them by the vocabulary of schema.org."""
    from reader.formats.fragment import parse_fragment

    root = parse_fragment(page)
    if root is None:
        return
    for item in root.iter("tr", "div"):
        if (item.get("itemtype") or "").rstrip("/").endswith("schema.org/Article"):
            link = next((each for each in item.iter("a") if each.get("itemprop") == "url"), None)
            address = link.get("href") or "" if link is not None else ""
            yield _property(item, "name"), _publisher(item), _property(item, "description"), address


def _property(item: Element, name: str) -> str:
    """The text of an element's first part that is a property of that name."""
    for element in item.iterdescendants():
        if element.get("itemprop") == name:
            return normalize("".join(element.itertext()))
    return ""


def _publisher(item: Element) -> str:
    for element in item.iterdescendants():
        if element.get("itemprop") == "publisher":
            return _property(element, "name") or normalize("".join(element.itertext()))
    return ""


def _entry(title: str, source: str, summary: str, address: str, file_id: str) -> Entry:
    article = Article(
        id=file_id,
        title=title,
        paragraphs=(),
        source=source or None,
        url=target_of(address) or None,
        origins=(
            Origin("title", "the alert"),
            Origin("source", "the alert"),
            Origin("url", "the alert"),
        ),
    )
    return read_entry("", summary, article)

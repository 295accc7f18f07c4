"""RSS, RDF and Atom, by feedparser."""

from __future__ import annotations

import io
import re
from typing import Any

from reader.errors import UnreadableFile
from reader.formats.body import read_body
from reader.formats.dates import find_date, not_understood
from reader.formats.extras import installing
from reader.formats.feeds.entries import Entry, articles_of, read_entry, target_of
from reader.formats.records.article import beginning, names_of, plain
from reader.language.clean import normalize
from reader.model.article import Article, Origin

# Beginnings of tags, outside the texts of entries, and entries: feeds have 100 at the most,
# archives of blogs some thousands. feedparser takes 60 µs for an entry.
_MOST_TAGS = 400_000
_MOST_ENTRIES = 10_000
# Dates of change that feedparser gives under one name with Dublin Core's date.
_CHANGED = re.compile(rb"<(?:[\w-]+:)?(?:updated|modified)[\s>]")


def parse_feed(content: bytes, file_id: str) -> list[Article]:
    """The articles in a feed. Raises UnreadableFile."""
    return articles_of(read_feed(content, file_id))


def read_feed(content: bytes, file_id: str) -> list[Entry]:
    """The entries of a feed. Raises UnreadableFile, also without the extra `feeds`."""
    try:
        import feedparser
    except ImportError as error:
        raise UnreadableFile(f"a feed, which needs feedparser: {installing('feeds')}") from error
    if content.count(b"<") > _MOST_TAGS:
        raise UnreadableFile(f"a feed of more than {_MOST_TAGS:,} tags")
    # As a stream: feedparser would open or fetch what a string names. Nothing of the HTML is
    # shown as such: it need not be sanitised, and what it hides is still known.
    feed = feedparser.parse(
        io.BytesIO(content),
        sanitize_html=False,
        resolve_relative_uris=False,
        response_headers={"content-type": "application/xml"},
    )
    if not feed.version and not feed.entries:
        raise UnreadableFile("XML that is no feed")
    if len(feed.entries) > _MOST_ENTRIES:
        raise UnreadableFile(f"a feed of more than {_MOST_ENTRIES:,} entries")
    has_changes = feed.version.startswith("atom") or _CHANGED.search(content) is not None
    return [_entry(entry, feed.feed, has_changes, file_id) for entry in feed.entries]


def _entry(entry: Any, feed: Any, has_changes: bool, file_id: str) -> Entry:
    """An entry of feedparser's. `has_changes`: its date "updated" may be that of a change."""
    origins = [Origin("title", "the entry's title")] if entry.get("title") else []
    source = _title(entry.get("source", {})) or _title(feed)
    if source:
        is_own = bool(_title(entry.get("source", {})))
        origins.append(Origin("source", "the entry's source" if is_own else "the feed's title"))
    title = _title(entry)
    if source and title.endswith(f" - {source}"):  # Google News
        title = title.removesuffix(f" - {source}")
    date = None
    language = _language(entry, feed)
    if language:
        origins.append(Origin("language", "the feed"))
    printed = entry.get("published") or ("" if has_changes else entry.get("updated")) or ""
    if found := find_date(printed, language):
        date = found.date
    if date:
        origins.append(Origin("date", "the entry's day of publication"))
    author = names_of(map(_name, _authors(entry, feed)))
    if author:
        origins.append(Origin("author", "the entry's author"))
    url = target_of(entry.get("feedburner_origlink") or entry.get("link") or "")
    if re.match(r"https?://", url):
        origins.append(Origin("url", "the entry's link"))
    article = Article(
        id=file_id,
        title=title,
        paragraphs=(),
        source=source or None,
        author=author,
        date=date,
        url=normalize(url) if re.match(r"https?://", url) else None,
        tags=tuple(dict.fromkeys(filter(None, map(_tag, entry.get("tags", ()))))),
        language=language,
        origins=tuple(origins),
        warnings=(not_understood(printed),) if printed and not date else (),
    )
    contents = [part.get("value") or "" for part in entry.get("content", ()) if _is_text(part)]
    summary = entry.get("summary") or ""
    # feedparser gives a content without a description as the summary, too.
    content = max(contents, key=len, default="")
    read = read_entry(content, "" if summary in contents else summary, article)
    if not title:
        read = read._replace(article=_titled(read.article))
    return read


def _titled(article: Article) -> Article:
    from dataclasses import replace

    return replace(article, title=beginning(article))


def _title(of: Any) -> str:
    """The title of an entry or a feed, without markup."""
    title = of.get("title", "")
    if "html" in of.get("title_detail", {}).get("type", "") and (body := read_body(title, "")):
        title = " ".join(paragraph.text for paragraph in body.paragraphs) or title
    return normalize(plain(title))


def _authors(entry: Any, feed: Any) -> list[Any]:
    """The authors of an entry; of the feed if it has none (RFC 4287, 4.2.1)."""
    for of in (entry, entry.get("source", {}), feed):
        authors: list[Any] = [author for author in of.get("authors", ()) if author.get("name")]
        if authors:
            return authors[:20]
    return []


def _name(person: Any) -> str:
    """The name of a person, without what is left of an address.

    feedparser takes the first four letters of a top-level domain: of "jane@coast.example (Jane
    Doe)" it leaves "ple (Jane Doe".
    """
    name: str = person.get("name") or ""
    if not person.get("email"):
        return name
    name = re.sub(r"\s*<[a-z-]*>?$", "", name)
    rest = re.match(r"[a-z-]+(?:\s*\(|$)", name)
    return name[rest.end() :] if rest else name


def _language(entry: Any, feed: Any) -> str | None:
    parts = entry.get("content", [])[:1]
    language = (parts and parts[0].get("language")) or feed.get("language") or ""
    return language if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", language) else None


def _tag(tag: Any) -> str:
    return normalize(plain(tag.get("label") or tag.get("term") or ""))


def _is_text(part: Any) -> bool:
    return str(part.get("type", "text/html")).startswith(("text/", "application/xhtml"))

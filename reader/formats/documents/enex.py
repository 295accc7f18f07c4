"""Notes of Evernote (ENEX): an article for each note with text."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from reader.errors import UnreadableFile
from reader.formats.documents.body import article_of, parts_of
from reader.formats.documents.xml import child, descendants, parse_xml
from reader.formats.fragment import read_fragment
from reader.language.clean import normalize
from reader.model.article import Article, Origin

KIND = "notes of Evernote"
# Notes of a file.
_MOST_NOTES = 20_000
# Pictures and files of a note, in base64: nothing to read, and nearly all of a file's size.
_RESOURCE = re.compile(rb"<resource>.*?</resource>", re.DOTALL)
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)
# Clips of so many sites that have the same author have that of the account.
_FEW_SITES = 2


class _Note(NamedTuple):
    """The data of a note, and its text in HTML."""

    title: str
    author: str | None
    url: str | None
    tags: tuple[str, ...]
    html: str


def parse_enex(content: bytes, file_id: str) -> list[Article]:
    """The notes with text, in order. Their days are those of saving: no article has one of them.

    Raises UnreadableFile.
    """
    root = parse_xml(_RESOURCE.sub(b"", content), KIND)
    notes = [_note(element) for element in descendants(root, "note")]
    if len(notes) > _MOST_NOTES:
        raise UnreadableFile(f"more than {_MOST_NOTES:,} {KIND}")
    owners = _owners(notes)
    articles = [article for note in notes if (article := _article(note, owners, file_id))]
    if not articles:
        raise UnreadableFile(f"{KIND} with no text in them")
    return articles


def _note(element: Any) -> _Note:
    attributes = child(element, "note-attributes")
    url = _text(attributes, "source-url")
    return _Note(
        _text(element, "title") or "",
        _text(attributes, "author"),
        url if url and _WEB.fullmatch(url) else None,
        tuple(filter(None, (normalize(tag.text or "") for tag in descendants(element, "tag")))),
        getattr(child(element, "content"), "text", None) or "",
    )


def _text(element: Any, name: str) -> str | None:
    found = child(element, name) if element is not None else None
    return normalize(found.text or "") or None if found is not None else None


def _owners(notes: list[_Note]) -> set[str]:
    """The authors who are rather the account's owner: those of notes that are no clips, and of
    clips from several sites.
    """
    sites: defaultdict[str, set[str | None]] = defaultdict(set)
    for note in notes:
        if note.author:
            sites[note.author].add(urlsplit(note.url).hostname if note.url else None)
    return {
        author
        for author, hosts in sites.items()
        if None in hosts or len(hosts) >= _FEW_SITES or "@" in author
    }


def _article(note: _Note, owners: set[str], file_id: str) -> Article | None:
    """The article that a note is; None if there is no text in it."""
    paragraphs, blocks = read_fragment(note.html)
    if not paragraphs:
        return None
    article = article_of(parts_of(paragraphs, blocks), file_id, KIND, title=note.title)
    origins = dict(article.origins)
    source, author = article.source, article.author
    if note.title:
        origins["title"] = "the note's title"
    if not author and note.author and (note.author not in owners or not note.url):
        author, origins["author"] = note.author, "the note's author"
    if note.url:
        origins["url"] = "the note's source-url"
    if not source and note.url:
        source, origins["source"] = urlsplit(note.url).hostname, "the address"
    return replace(
        article,
        author=author,
        url=note.url,
        source=source,
        tags=note.tags,
        origins=tuple(Origin(*pair) for pair in origins.items()),
    )

"""Files with front matter: YAML between `---` lines, as web clippers for note apps write it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import replace

import yaml
from frontmatter.default_handlers import YAMLHandler
from yaml import BaseLoader, YAMLError, parse
from yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent

from reader.formats.dates import find_date
from reader.formats.text import blocks_of, numbered, parse_text
from reader.language.clean import normalize
from reader.model.article import Article

try:
    from yaml import CBaseLoader as Loader
except ImportError:  # PyYAML built without libyaml
    Loader = BaseLoader  # type: ignore[assignment, misc]

# The names that clippers use (Obsidian Web Clipper, MarkDownload, Zotero), the likeliest first.
_KEYS = {
    "title": ("title",),
    "author": ("author", "authors", "byline"),
    "date": ("published", "date", "created"),
    "source": ("source", "site", "publisher", "publication"),
    "url": ("url", "link"),
    "section": ("section", "category"),
    "credit": ("credit",),
    "tags": ("tags", "tag", "keywords"),
}
# Characters that are read as YAML; longer front matter is read line by line, if all its lines have
# keys, else it is text between two rules.
_LONGEST_YAML = 64 * 1024
_KEY_LINE = re.compile(r"[\w-]+\s*:.*|[\s#-].*|")
# Levels of nesting. Clippers write lists of links ([[Jane Doe]]) at the most.
_DEEPEST = 20
_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_HEADING = re.compile(r"#\s+(.*?)\s*#*")


def parse_markdown(text: str, article_id: str) -> Article:
    """The article in a text that starts with `---`.

    The front matter wins over the text's own header. If it has a title, or the text begins with a
    heading, every block of the text is a paragraph, except a first heading that repeats the title.
    """
    split = _split(text)
    if split is None:
        return parse_text(text, article_id)
    front, body = split
    fields = _fields(front)
    article = _body(body, fields.pop("title", None), article_id)
    if date := find_date(fields.pop("date", "")):
        article = replace(article, date=date[0])
    tags = (tag.strip(" #") for tag in fields.pop("tags", "").split(","))
    article = replace(article, tags=tuple(filter(None, tags)))
    return replace(article, **fields)  # type: ignore[arg-type]


def as_markdown(article: Article, added: datetime.date) -> str:
    """The article as a Markdown file with front matter, which reads as the same article."""
    fields: Mapping[str, object] = {
        "title": article.title,
        "author": article.author,
        "date": article.date if not article.date or article.date.day else article.date.isoformat(),
        "source": article.source,
        "section": article.section,
        "credit": article.credit,
        "url": article.url,
        "tags": list(article.tags) or None,
        "added": added,
    }
    filled = {name: value for name, value in fields.items() if value is not None}
    front = yaml.safe_dump(filled, allow_unicode=True, sort_keys=False, width=10_000)
    body = "\n\n".join(paragraph.text for paragraph in article.paragraphs)
    return f"---\n{front}---\n\n{body}\n"


def _split(text: str) -> tuple[dict[str, str], str] | None:
    """The front matter's keys and values, and the text below it; None without front matter."""
    normalized = text.replace("\r\n", "\n").replace("\r", "\n")
    handler = YAMLHandler()
    if not handler.detect(normalized):
        return None
    try:
        front, body = handler.split(normalized)
    except ValueError:  # no closing line: the dashes are a rule, not front matter
        return None
    loaded = _load(front)
    return None if loaded is None else (loaded, body)  # else text between two rules


def _body(text: str, title: str | None, article_id: str) -> Article:
    """The article in the text below front matter, which gives its title or None."""
    blocks = blocks_of(text)
    heading = _HEADING.fullmatch(" ".join(blocks[0])) if blocks else None
    if heading and (title is None or heading[1].casefold() == title.casefold()):
        title = title or heading[1]
        blocks = blocks[1:]
    if title:
        return Article(article_id, title, numbered(blocks))
    return parse_text(text, article_id)


def _fields(front: dict[str, str]) -> dict[str, str]:
    """The fields of an article that the front matter gives, as text on one line."""
    values = {key.casefold(): value for key, value in front.items() if value}
    fields = {}
    for field, keys in _KEYS.items():
        value = next((values[key] for key in keys if key in values), None)
        if value:
            fields[field] = value
    source = fields.get("source", "")
    if _URL.fullmatch(source):  # some clippers call the address the source
        del fields["source"]
        fields.setdefault("url", source)
    if "url" in fields and not _URL.fullmatch(fields["url"]):
        del fields["url"]
    return fields


def _load(front: str) -> dict[str, str] | None:
    """The front matter's keys and values as text, lists joined by commas; None if it has no keys.

    The loader makes only strings, lists and dictionaries, so `title: No` stays "No". Front matter
    that is not valid YAML, such as a title with a colon in it, is read line by line.
    """
    try:
        _check_size(front)
        loaded = YAMLHandler().load(front, Loader=Loader)
    except (YAMLError, RecursionError, ValueError):
        lines = front.splitlines()
        if len(front) > _LONGEST_YAML and not all(map(_KEY_LINE.fullmatch, lines)):
            return None
        pairs = (line.partition(":") for line in lines)
        loaded = {key.strip(): value.strip().strip("'\"") for key, colon, value in pairs if colon}
    if not loaded and not front.strip():
        return {}
    if not isinstance(loaded, dict) or not loaded:
        return None
    return {str(key): _as_text(value) for key, value in loaded.items()}


def _check_size(front: str) -> None:
    """Raise ValueError for front matter that is larger than it looks.

    Nodes that name others are copied as text: ten lines become gigabytes. Deep nesting ends the
    process inside the C loader, which composes nodes by recursion.
    """
    if len(front) > _LONGEST_YAML:
        raise ValueError("too long")
    depth = 0
    for event in parse(front, Loader=Loader):
        if isinstance(event, AliasEvent):
            raise ValueError("an alias")
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth > _DEEPEST:
            raise ValueError("nested too deeply")


def _as_text(value: object) -> str:
    """A value of the front matter as text on one line; nested mappings are left out."""
    if isinstance(value, list):
        return ", ".join(item for item in map(_as_text, value) if item)
    if not isinstance(value, str):
        return ""
    # Note apps link names: [[Jane Doe]].
    return normalize(re.sub(r"^\[\[(.*)\]\]$", r"\1", value.strip()))

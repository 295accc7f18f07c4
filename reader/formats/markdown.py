"""Files with front matter: YAML between `---` lines, as web clippers for note apps write it."""

from __future__ import annotations

import re
from dataclasses import replace

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
# Levels of nesting. Clippers write lists of links ([[Jane Doe]]) at the most.
_DEEPEST = 20
_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_HEADING = re.compile(r"#\s+(.*?)\s*#*")


def parse_markdown(text: str, article_id: str) -> Article:
    """The article in a text that starts with `---`.

    What the front matter says wins over what the text's own header seems to say. With a title
    there, every block of the text is a paragraph, but for a first heading that repeats it.
    """
    normalized = text.replace("\r\n", "\n").replace("\r", "\n")
    handler = YAMLHandler()
    if not handler.detect(normalized):
        return parse_text(text, article_id)
    try:
        front, body = handler.split(normalized)
    except ValueError:  # no closing line: the dashes are a rule, not front matter
        return parse_text(text, article_id)
    loaded = _load(front)
    if loaded is None:  # text between two rules
        return parse_text(text, article_id)
    fields = _fields(loaded)
    title = fields.pop("title", None)
    blocks = blocks_of(body)
    heading = _HEADING.fullmatch(" ".join(blocks[0])) if blocks else None
    if heading and (title is None or heading[1].casefold() == title.casefold()):
        title = title or heading[1]
        blocks = blocks[1:]
    if title:
        article = Article(article_id, title, numbered(blocks))
    else:
        article = parse_text(body, article_id)
    date = find_date(fields.pop("date", ""))
    if date:
        article = replace(article, date=date[0])
    tags = (tag.strip(" #") for tag in fields.pop("tags", "").split(","))
    article = replace(article, tags=tuple(filter(None, tags)))
    return replace(article, **fields)  # type: ignore[arg-type]


def _fields(loaded: dict[str, str]) -> dict[str, str]:
    """The fields of an article that the front matter gives, as text on one line."""
    values = {key.casefold(): value for key, value in loaded.items() if value}
    fields = {}
    for field, keys in _KEYS.items():
        found = next((values[key] for key in keys if key in values), None)
        if found:
            fields[field] = found
    source = fields.get("source", "")
    if _URL.fullmatch(source):  # some clippers call the address the source
        del fields["source"]
        fields.setdefault("url", source)
    if "url" in fields and not _URL.fullmatch(fields["url"]):
        del fields["url"]
    return fields


def _load(front: str) -> dict[str, str] | None:
    """The front matter's keys and values as text, lists joined by commas; None if it has no keys.

    The loader makes nothing but strings, lists and dictionaries, so `title: No` stays "No". What
    is not valid YAML, such as a title with a colon in it, is read a line at a time.
    """
    try:
        _check_size(front)
        loaded = YAMLHandler().load(front, Loader=Loader)
    except (YAMLError, RecursionError, ValueError):
        pairs = (line.partition(":") for line in front.splitlines())
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
    depth = 0
    for event in parse(front, Loader=Loader):
        if isinstance(event, AliasEvent):
            raise ValueError("an alias")
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth > _DEEPEST:
            raise ValueError("nested too deeply")


def _as_text(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(item for item in map(_as_text, value) if item)
    if not isinstance(value, str):
        return ""
    # Note apps link names: [[Jane Doe]].
    return normalize(re.sub(r"^\[\[(.*)\]\]$", r"\1", value.strip()))

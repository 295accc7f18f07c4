"""Front matter: fields above a text, in YAML between `---` lines or TOML between `+++` lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from reader.formats.dates import find_date, is_of_date, not_understood
from reader.formats.text import blocks_of, numbered, parse_text
from reader.language.clean import normalize
from reader.model.article import Article, Origin

if TYPE_CHECKING:
    from reader.model.dates import ArticleDate

# The names that programs use, the likeliest first, in lower case without `_` and `-`: Obsidian Web
# Clipper, MarkDownload, Defuddle, Omnivore, Readwise, Joplin, Yarle (Evernote), Zotero, wallabag,
# Hugo, Jekyll, news-please. The days of saving, clipping and modification are none of a date.
_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("title", "fulltitle", "headline", "ogtitle"),
    "author": ("author", "authors", "byline", "creator", "creators", "writtenby"),
    "date": (
        "published",
        "datepublished",
        "publisheddate",
        "publishedat",
        "publishedon",
        "publishedtime",
        "articlepublishedtime",
        "pubdate",
        "publishdate",
        "datepublish",
        "publicationdate",
        "dateofpublication",
        "issued",
        "date",
    ),
    "source": (
        "source",
        "sitename",
        "site",
        "publisher",
        "publication",
        "publicationname",
        "ogsitename",
        "newspaper",
        "website",
        "domain",
        "domainname",
        "sourcedomain",
    ),
    "url": (
        "originalurl",
        "canonicalurl",
        "canonical",
        "sourceurl",
        "url",
        "link",
        "permalink",
        "originallink",
        "ogurl",
        "uri",
        "clippedfrom",
    ),
    "section": ("section", "category"),
    "credit": ("credit",),
    "tags": ("tags", "tag", "keywords", "labels", "documenttags"),
    "language": ("lang", "language", "inlanguage", "locale"),
}
# The day of access to a page, as reference managers call it.
_ACCESS_KEYS: Final = tuple(
    "accessed accessdate accessedon dateaccessed retrieved retrievedon urldate".split()
)
# The key that says that `reader add` wrote the file: its values are the article's to the letter.
FORMAT_KEY: Final = "reader"
FIELD_KEYS = frozenset(key for keys in _KEYS.values() for key in keys)
# Of a text that is not the article but tells what is in it, as feeds have it.
SUMMARY: Final = Origin("text", "a summary")
# Characters that are read as YAML; longer front matter is read line by line, if all its lines have
# keys, else it is text between two rules.
_LONGEST_YAML = 64 * 1024
_KEY_LINE = re.compile(r"[\w-]+\s*:.*|[\s#-].*|")
# Levels of nesting. Clippers write lists of links ([[Jane Doe]]) at the most.
_DEEPEST = 20
_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_YAML_RULE = re.compile(r"^-{3,}[ \t]*$", re.MULTILINE)
_YAML_END = re.compile(r"^(?:-{3,}|\.\.\.)[ \t]*$", re.MULTILINE)
_TOML_RULE = re.compile(r"^\+{3,}[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"#\s+(.*?)\s*#*")
_WIKI_LINK = re.compile(r"\[\[([^\[\]]+)\]\]")
_LINK = re.compile(r"\[([^\[\]]*)\]\((\S*?)\)")
# The keys of a mapping that name what it describes, and those that have its address.
_NAMES = ("name", "title", "label", "text", "#text", "value")
_ADDRESSES = ("url", "href", "link", "@id", "id")


@dataclass(frozen=True)
class FrontMatter:
    """The fields that front matter gives; `keys` are all its keys as they are written."""

    title: str | None = None
    author: str | None = None
    date: ArticleDate | None = None
    source: str | None = None
    url: str | None = None
    section: str | None = None
    credit: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    keys: tuple[str, ...] = ()
    origins: tuple[Origin, ...] = field(default=(), compare=False)
    warnings: tuple[str, ...] = field(default=(), compare=False)
    accessed: ArticleDate | None = None
    pages: tuple[int, ...] = ()

    def completed(self, article: Article) -> Article:
        """The article with these fields in the place of its own."""
        names = ("title", "author", "date", "source", "url", "section", "credit", "tags")
        extra = ("language", "accessed")
        fields = {name: value for name in (*names, *extra) if (value := getattr(self, name))}
        origins = [origin for origin in article.origins if origin.field not in fields]
        warnings = [each for each in article.warnings if not (self.date and is_of_date(each))]
        return replace(
            article,
            origins=(*self.origins, *origins),
            warnings=(*self.warnings, *warnings),
            **fields,
        )


def split_front_matter(text: str) -> tuple[FrontMatter, str] | None:
    """The front matter and the text below it; None without front matter.

    The text has line feeds only. Blank lines may stand before the front matter.
    """
    start = text[: len(text) - len(text.lstrip())].rfind("\n") + 1
    if _YAML_RULE.match(text, start):
        opening, closing, load = _YAML_RULE, _YAML_END, _load_yaml
    elif _TOML_RULE.match(text, start):
        opening, closing, load = _TOML_RULE, _TOML_RULE, _load_toml
    else:
        return None
    begin = opening.match(text, start)
    end = closing.search(text, begin.end()) if begin else None
    if begin is None or end is None:  # no closing line: the dashes are a rule, not front matter
        return None
    loaded = load(text[begin.end() : end.start()])
    if loaded is None:  # text between two rules
        return None
    return fields_of(loaded, "front matter"), text[end.end() :]


def fields_of(values: Mapping[str, object], place: str) -> FrontMatter:
    """The fields in values by their keys; `place` says where they are, for the user."""
    as_text = _as_it_stands if FORMAT_KEY in values else _as_text
    by_key: dict[str, tuple[str, object]] = {}
    for key, value in values.items():
        by_key.setdefault(normal_key(key), (normalize(key), value))
    found: dict[str, str] = {}
    origins: list[Origin] = []
    for name, keys in _KEYS.items():
        for key in keys:
            written, value = by_key.get(key, ("", None))
            text = as_text(value)
            if text and _may_be(name, text):
                found[name] = text
                origins.append(Origin(name, f"{place}: {written}"))
                break
    written, url = _address_in(by_key)
    if url:
        origins.append(Origin("url", f"{place}: {written}"))
    date, warnings = _date(found.pop("date", ""), origins, found.get("language"))
    if not date:
        origins = [origin for origin in origins if origin.field != "date"]
    if by_key.get("text", ("", ""))[1] == "summary":
        origins.append(SUMMARY)
        warnings = (*warnings, "only a summary of the article")
    if "language" in found:
        found["language"] = found["language"].replace("_", "-")
    tags = _tags(found.pop("tags", ""), by_key, FORMAT_KEY in values)
    return FrontMatter(
        **found,  # type: ignore[arg-type]
        date=date,
        url=url,
        tags=tags,
        keys=tuple(values),
        origins=tuple(origins),
        warnings=warnings,
        accessed=_accessed(by_key, FORMAT_KEY in values),
        pages=_pages(by_key) if FORMAT_KEY in values else (),
    )


def _pages(by_key: Mapping[str, tuple[str, object]]) -> tuple[int, ...]:
    """The number of each paragraph's page, as `add` writes them."""
    texts = _as_text(by_key.get("pages", ("", None))[1]).split()
    if not all(text.isascii() and text.isdigit() and len(text) < 7 for text in texts):
        return ()
    return tuple(map(int, texts))


def _accessed(by_key: Mapping[str, tuple[str, object]], is_library: bool) -> ArticleDate | None:
    """The day of access; in the user's library, that on which the article was added."""
    for key in (*_ACCESS_KEYS, *(["added"] if is_library else [])):
        _, value = by_key.get(key, ("", None))
        printed = find_date(text) if (text := _as_text(value)) else None
        if printed and printed.date:
            return printed.date
    return None


def _may_be(name: str, text: str) -> bool:
    """Whether a text may be the field's value."""
    if name == "language":
        return bool(_LANGUAGE.fullmatch(text))
    # Some programs call the address the source.
    return name != "url" and not (name == "source" and _URL.fullmatch(text))


def _address_in(by_key: Mapping[str, tuple[str, object]]) -> tuple[str, str | None]:
    """The key that has the article's address, and the address."""
    for key in (*_KEYS["url"], *_KEYS["source"]):
        written, value = by_key.get(key, ("", None))
        for url in _addresses(value):
            return written, url
    return "", None


def _tags(
    text: str, by_key: Mapping[str, tuple[str, object]], as_they_stand: bool
) -> tuple[str, ...]:
    """The tags in a text, divided by commas, or in the list that it is the text of."""
    for key in _KEYS["tags"]:
        _, value = by_key.get(key, ("", None))
        if isinstance(value, list) and text:
            as_text = _as_it_stands if as_they_stand else _as_text
            tags = [as_text(tag) for tag in value]
            return tuple(tag for raw in tags if (tag := raw if as_they_stand else raw.strip(" #")))
    return tuple(tag for raw in text.split(",") if (tag := raw.strip(" #")))


def parse_front_matter_text(text: str, article_id: str) -> Article:
    """The article in a plain text that begins with front matter, or seems to.

    The front matter wins over the text's own header. If it has a title, or the text begins with a
    heading, every block of the text is a paragraph, except a first heading that repeats the title.
    """
    split = split_front_matter(text.replace("\r\n", "\n").replace("\r", "\n"))
    if split is None:
        return parse_text(text, article_id)
    front, body = split
    blocks = blocks_of(body)
    title = front.title
    heading = _HEADING.fullmatch(" ".join(blocks[0])) if blocks else None
    if heading and (title is None or heading[1].casefold() == title.casefold()):
        title = title or heading[1]
        blocks = blocks[1:]
    if title is None:
        return front.completed(parse_text(body, article_id, front.language))
    return front.completed(Article(article_id, title, numbered(blocks)))


def normal_key(key: str) -> str:
    """A key in lower case without what joins its words."""
    return re.sub(r"[\s_:.-]", "", key.casefold())


def _date(
    text: str, origins: Iterable[Origin], language: str | None
) -> tuple[ArticleDate | None, tuple[str, ...]]:
    """The date in a value; with a warning if it is not understood."""
    if not text:
        return None, ()
    printed = find_date(text, language)
    if printed and printed.date:
        return printed.date, ()
    place = next(origin.place for origin in origins if origin.field == "date")
    return None, (f"{not_understood(text)} ({place})",)


def _addresses(value: object) -> list[str]:
    """The addresses of the web in a value: as it stands, in a list, a mapping, a Markdown link."""
    if isinstance(value, list):
        return [url for item in value for url in _addresses(item)]
    if isinstance(value, dict):
        return [url for key in _ADDRESSES for url in _addresses(value.get(key))]
    if not isinstance(value, str):
        return []
    text = normalize(value).strip("<>")
    if link := _LINK.search(text):
        text = link[2].strip("<>")
    return [text] if _URL.fullmatch(text) else []


def _as_text(value: object) -> str:
    """A value of the front matter as text on one line, without links; a mapping is its name."""
    if isinstance(value, list):
        if len(value) == 1 and isinstance(value[0], list):  # [[Jane Doe]] without quotation marks
            return _as_text(f"[[{_as_text(value[0])}]]")
        return ", ".join(item for item in map(_as_text, value) if item)
    if isinstance(value, dict):
        return next((text for key in _NAMES if (text := _as_text(value.get(key)))), "")
    if value is None or isinstance(value, bool):
        return ""
    text = normalize(str(value))
    # Note apps link names: [[Jane Doe]], [[people/jane|Jane Doe]], [Jane Doe](https://…).
    text = _WIKI_LINK.sub(lambda link: _link_text(link[1]), text)
    return normalize(_LINK.sub(lambda link: link[1], text))


def _as_it_stands(value: object) -> str:
    return value if isinstance(value, str) else _as_text(value)


def _link_text(link: str) -> str:
    page, _, alias = link.partition("|")
    return alias.strip() or page.rpartition("/")[2].strip()


def _load_toml(front: str) -> dict[str, object] | None:
    """The keys and values of TOML; None if it is none."""
    try:
        import tomllib
    except ModuleNotFoundError:  # Python 3.10
        import tomli as tomllib  # type: ignore[import-not-found, no-redef, unused-ignore]
    if len(front) > _LONGEST_YAML:
        return None
    try:
        loaded = tomllib.loads(front)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return None
    # Tables, such as Hugo's [params], may have fields, too; those above them come first.
    tables = [value for value in loaded.values() if isinstance(value, dict)]
    for table in tables:
        loaded = {**table, **loaded}
    return loaded or None


def _load_yaml(front: str) -> dict[str, object] | None:
    """The front matter's keys and values, only strings in lists and mappings; None without keys.

    Front matter that is not valid YAML, such as a title with a colon in it, is read line by line.
    """
    import yaml  # takes 18 ms to load

    try:
        loaded = _load_strings(front)
    except (yaml.YAMLError, RecursionError, ValueError):
        lines = front.splitlines()
        if len(front) > _LONGEST_YAML and not all(map(_KEY_LINE.fullmatch, lines)):
            return None
        pairs = (line.partition(":") for line in lines)
        loaded = {key.strip(): value.strip().strip("'\"") for key, colon, value in pairs if colon}
    if not loaded and not front.strip():
        return {}
    if not isinstance(loaded, dict) or not loaded:
        return None
    return {str(key): value for key, value in loaded.items()}


def _load_strings(front: str) -> object:
    """What YAML has, in strings, lists and mappings, so that `title: No` stays "No".

    Raises ValueError for front matter that is larger than it looks: nodes that name others are
    copied as text, ten lines become gigabytes; deep nesting ends the process inside the C loader,
    which composes nodes by recursion.
    """
    import yaml
    from yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent

    try:
        from yaml import CBaseLoader as Loader
    except ImportError:  # PyYAML built without libyaml
        from yaml import BaseLoader as Loader  # type: ignore[assignment]

    if len(front) > _LONGEST_YAML:
        raise ValueError("too long")
    depth = 0
    for event in yaml.parse(front, Loader=Loader):
        if isinstance(event, AliasEvent):
            raise ValueError("an alias")
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth > _DEEPEST:
            raise ValueError("nested too deeply")
    return yaml.load(front, Loader=Loader)  # noqa: S506 - the loader makes only strings

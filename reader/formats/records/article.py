"""A record to an article."""

from __future__ import annotations

import datetime
import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from reader.errors import UnreadableFile
from reader.formats.body import read_body
from reader.formats.dates import find_date
from reader.formats.records import keys
from reader.language.clean import normalize
from reader.model.article import Article, Origin

if TYPE_CHECKING:
    from reader.model.dates import ArticleDate

# Characters of a title that is the beginning of the text.
_TITLE_LENGTH = 80
# Characters. Longer values are no names, dates and addresses.
_LONGEST_FIELD = 4000
# The keys of a value that is a mapping: schema.org, WordPress, MongoDB, Google Reader, NYT.
_INNER_KEYS = (
    "name rendered main label title original value content text #text $ @value $date href url"
).split()
_WEB = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)
_COMPACT_DATE = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?=T|\s|$|\d{6}$)")
_EPOCH = re.compile(r"\d{9,10}(?:\d{3})?(?:\.\d+)?")
_LIST = re.compile(r"\[.*\]", re.DOTALL)
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+")
# How interfaces that give only the beginning of a text end it (NewsAPI).
_CUT_OFF = re.compile(r"…?\s*\[\+\d+ chars\]\s*$")
# What wallabag stores for a page that it could not read.
_NO_TEXT = re.compile(
    r"^\W*(?:p\W+)?wallabag can(?:'|’|&#039;)t retrieve contents for this article"
)


@dataclass(frozen=True)
class ReadRecord:
    """A record's article, None if it has no text, and what is to be said about it.

    `unknown_date` is a date that was not understood. `is_cut_off`: the text is only a beginning.
    """

    article: Article | None
    unknown_date: str | None = None
    is_cut_off: bool = False


class ReadFields(NamedTuple):
    """The article that a record's keys give, without a text, and a date not understood."""

    article: Article
    unknown_date: str | None


def read_record(record: keys.Record, file_id: str, kind: str) -> ReadRecord:
    """The article in a record. `kind` names the file's kind in the origins of the fields."""
    values = keys.folded(record)
    text, is_cut_off = _text(values)
    body = read_body(text, file_id) if text else None
    if body is None:
        return ReadRecord(None)
    read, unknown_date = read_fields(record, file_id, kind)
    article = replace(
        read,
        title=read.title or body.title or beginning(body),
        paragraphs=body.paragraphs,
        blocks=body.blocks,
        url=read.url or body.url,
        date=read.date or body.date,
        author=read.author or body.author,
        source=read.source or body.source,
        language=read.language or body.language,
    )
    return ReadRecord(article, unknown_date, is_cut_off)


def read_fields(record: keys.Record, file_id: str, kind: str) -> ReadFields:
    """The article without a text, and perhaps without a title, that a record's keys give."""
    fields = _Fields(keys.folded(record), kind)
    url = fields.url()
    language = fields.line("language", keys.LANGUAGE)
    if not _LANGUAGE.fullmatch(language):
        language = ""
    date, unknown_date = fields.date(language or None)
    article = Article(
        id=file_id,
        title=fields.line("title", keys.TITLE),
        paragraphs=(),
        url=url,
        date=date,
        author=fields.author(),
        source=fields.source(url),
        section=fields.section(),
        language=language or None,
        tags=fields.tags(),
        origins=tuple(fields.origins),
    )
    return ReadFields(article, unknown_date)


def beginning(article: Article) -> str:
    """The first words of an article that has no title."""
    text = next((paragraph.text for paragraph in article.paragraphs), article.id)
    if len(text) <= _TITLE_LENGTH:
        return text
    return text[:_TITLE_LENGTH].rpartition(" ")[0].rstrip(",;:") + "…"


def _text(values: Mapping[str, tuple[str, object]]) -> tuple[str, bool]:
    """The record's text, and whether it is known to be only the beginning of one."""
    for name in keys.TEXT:
        if name in values:
            text = _prose(values[name][1])
            if text.strip() and not _NO_TEXT.search(text, 0, 200):
                whole = _CUT_OFF.sub("…", text[-40:])
                is_cut_off = whole != text[-40:]
                return text[:-40] + whole, is_cut_off
    return "", False


def _prose(value: object, depth: int = 0) -> str:
    """A value as text, its line breaks kept; elements of a list are paragraphs."""
    if isinstance(value, str):
        return value
    if depth > 3:
        return ""
    if isinstance(value, list):
        return "\n\n".join(filter(None, (_prose(element, depth + 1) for element in value)))
    if isinstance(value, Mapping):
        inner = (_prose(value[key], depth + 1) for key in _INNER_KEYS if key in value)
        return next(filter(None, inner), "")
    return ""


def _line(value: object) -> str:
    """A value as text on one line; of a list, the first that has some; "" for no text."""
    if isinstance(value, list):
        return next(filter(None, map(_line, value[:10])), "")
    if isinstance(value, Mapping):
        return next(filter(None, (_line(value[k]) for k in _INNER_KEYS if k in value)), "")
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    text = str(value)
    if len(text) > _LONGEST_FIELD:
        return ""
    text = normalize(plain(text))
    return "" if text.casefold() in ("nan", "none", "null", "n/a", "-", "no title found") else text


def plain(text: str) -> str:
    """A line of text without the tags and entities that feeds and scrapers leave in it."""
    if _ENTITY.search(text):
        text = html.unescape(text)
    return re.sub(r"</?(?:a|b|i|em|strong|span|sup|sub|br|mark|u|p)\b[^<>]*>", "", text)


def _lines(value: object) -> Iterator[str]:
    """The texts in a value that may be a list, also one written as text."""
    if isinstance(value, str) and len(value) <= _LONGEST_FIELD and _LIST.fullmatch(value.strip()):
        value = _list(value.strip())
    if isinstance(value, list):
        for element in value[:100]:
            if text := _line(element):
                yield text
    elif text := _line(value):
        yield text


def _list(text: str) -> object:
    """The list that a text is, as Python or JSON writes it (pandas, in tables); else the text."""
    import ast

    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return re.split(r"\s*[,;]\s*", text.strip("[]"))


class _Fields:
    """The fields that the values of a record give, and their origins."""

    def __init__(self, values: Mapping[str, tuple[str, object]], kind: str) -> None:
        self._values = values
        self._kind = kind
        self.origins: list[Origin] = []

    def _lines(self, names: Iterable[str]) -> Iterator[tuple[str, str]]:
        """The names that the record has a text for, as it spells them, and the text."""
        for name in names:
            if name in self._values:
                key, value = self._values[name]
                if text := _line(value):
                    yield key, text

    def _note(self, field: str, key: str) -> None:
        self.origins.append(Origin(field, normalize(f"{self._kind}: {key}")))

    def line(self, field: str, names: Iterable[str]) -> str:
        """The first text under some names; "" without one."""
        for key, text in self._lines(names):
            self._note(field, key)
            return text
        return ""

    def author(self) -> str | None:
        for name in keys.AUTHOR:
            key, value = self._values.get(name, ("", None))
            if names := names_of(_lines(value)):
                self._note("author", key)
                return names
        return None

    def date(self, language: str | None) -> tuple[ArticleDate | None, str | None]:
        """The date of publication, and the first text for one that was not understood."""
        unknown = None
        for key, text in self._lines(keys.DATE):
            found = find_date(_spelled_out(text), language)
            if found and found.date:
                self._note("date", key)
                return found.date, None
            unknown = unknown or text
        return None, unknown

    def url(self) -> str | None:
        for key, text in self._lines((*keys.URL, "source")):
            if _WEB.fullmatch(text):
                self._note("url", key)
                return text
        return None

    def source(self, url: str | None) -> str | None:
        for key, text in self._lines(keys.SOURCE):
            if not text.isdigit() and not _WEB.fullmatch(text):
                self._note("source", key)
                return text.removeprefix("www.")
        if host := host_of(url):
            self.origins.append(Origin("source", "the address"))
        return host

    def section(self) -> str | None:
        texts = (text for _, text in self._lines(keys.SECTION))
        return next((text for text in texts if not text.isdigit()), None)

    def tags(self) -> tuple[str, ...]:
        for name in keys.TAGS:
            tags = list(_lines(self._values.get(name, ("", None))[1]))
            if len(tags) == 1:
                tags = re.split(r"\s*[,;|]\s*", tags[0])
            if tags := [tag.strip(" #") for tag in tags if tag.strip(" #")]:
                return tuple(dict.fromkeys(tags))
        return ()


def names_of(texts: Iterable[str | None]) -> str | None:
    """Names of authors, joined by commas, without "By" and addresses; None without any."""
    names = []
    for text in texts:
        name = re.sub(r"^by:?\s+(?=\S)", "", normalize(text or ""), flags=re.IGNORECASE)
        name = _ADDRESS.sub("", name).strip(" ,;()<>[]|'\"")
        if name:
            names.append(name.replace("; ", ", ").replace(" | ", ", "))
    return ", ".join(dict.fromkeys(names)) or None


def _spelled_out(text: str) -> str:
    """A date with marks between its figures, where computers leave them out; a time as its day."""
    if _EPOCH.fullmatch(text) and not _COMPACT_DATE.fullmatch(text):
        seconds = float(text)
        seconds = seconds / 1000 if seconds >= 1e11 else seconds
        moment = datetime.datetime.fromtimestamp(min(seconds, 4e9), datetime.timezone.utc)
        return moment.isoformat()
    return _COMPACT_DATE.sub(r"\1-\2-\3 ", text, count=1) if text[:4].isdigit() else text


def host_of(url: str | None) -> str | None:
    """The host of an address of the web, without `www.`; None without one."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return normalize(host).removeprefix("www.") or None if host else None


def refuse_many(count: int, kind: str, most: int = 100_000) -> None:
    """Raise UnreadableFile for more articles than memory is for."""
    if count > most:
        raise UnreadableFile(f"{kind} of more than {most:,} articles")

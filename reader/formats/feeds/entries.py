"""The entries of a feed: articles, or only summaries of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs, urlsplit

from reader.errors import UnreadableFile
from reader.formats.body import read_body
from reader.formats.front_matter import SUMMARY
from reader.formats.numbering import without_title
from reader.model.article import Origin

if TYPE_CHECKING:
    from reader.model.article import Article, Paragraph

# Words and paragraphs of a description that is longer than summaries are.
_WORDS_OF_ARTICLE = 300
_WORDS_IN_PARAGRAPHS = 150
_PARAGRAPHS_OF_ARTICLE = 3

_CUT_OFF = re.compile(r"(?:…|\.\.\.|\[(?:…|\.\.\.)\])\s*$")
# What blogs append to each entry of their feed.
_APPENDED = re.compile(
    r"(?:The post .{1,300} appeared first on .{1,200}"
    r"|(?:Continue reading|Read more|Weiterlesen|Lire la suite|Leer más)\b.{0,300})",
    re.IGNORECASE,
)
_READ_MORE = re.compile(
    r"\W*(?:continue reading|read more|read on|weiterlesen|lire la suite|leer más|mehr)\b",
    re.IGNORECASE,
)


class Entry(NamedTuple):
    """An entry of a feed: its article, without paragraphs if it has no text.

    `is_whole`: the text is the article's, not a summary or its beginning.
    """

    article: Article
    is_whole: bool


def read_entry(content: str, summary: str, article: Article) -> Entry:
    """The entry with an article's fields and the text that is in its content or its summary."""
    texts = [read_body(text, article.id) if text.strip() else None for text in (content, summary)]
    is_content = _length(texts[0]) >= _length(texts[1])
    body = texts[0] if is_content else texts[1]
    if body is None:
        return Entry(article, False)
    is_whole, paragraphs = _without_appended(body)
    words = sum(len(paragraph.text.split()) for paragraph in paragraphs)
    if not is_content and is_whole:
        is_whole = words >= _WORDS_OF_ARTICLE or (
            words >= _WORDS_IN_PARAGRAPHS and len(paragraphs) >= _PARAGRAPHS_OF_ARTICLE
        )
    blocks = without_title(body.blocks, article.title)
    origins = (*article.origins, Origin("text", "the entry") if is_whole else SUMMARY)
    whole = replace(article, paragraphs=tuple(paragraphs), blocks=blocks, origins=origins)
    return Entry(whole, is_whole)


def _length(body: Article | None) -> int:
    return body.words if body else 0


def _without_appended(body: Article) -> tuple[bool, list[Paragraph]]:
    """Whether the text of a body seems to be whole, and its paragraphs without what is appended."""
    paragraphs = list(body.paragraphs)
    is_whole = True
    while paragraphs and _APPENDED.fullmatch(paragraphs[-1].text):
        is_whole = is_whole and not _READ_MORE.match(paragraphs[-1].text)
        del paragraphs[-1]
    if paragraphs and _CUT_OFF.search(paragraphs[-1].text):
        is_whole = False
    return is_whole, paragraphs


def articles_of(entries: Sequence[Entry], is_feed: bool = True) -> list[Article]:
    """The articles of a feed's entries that have a text. Raises UnreadableFile if none has.

    The first has a warning if some are only summaries or have no text, which names the option
    that fetches the articles of what `is_feed`.
    """
    articles = [entry.article for entry in entries if entry.article.paragraphs]
    if not articles:
        raise UnreadableFile("a feed without text: `reader add --full` fetches the articles")
    summaries = sum(1 for entry in entries if entry.article.paragraphs and not entry.is_whole)
    without = len(entries) - len(articles)
    warnings = []
    if summaries:
        hint = ": `reader add --full` fetches the articles" if is_feed else ""
        warnings.append(f"only summaries in {summaries} of its {len(entries)} entries{hint}")
    if without:
        warnings.append(f"{without} of its entries have no text")
    articles[0] = replace(articles[0], warnings=(*articles[0].warnings, *warnings))
    return articles


def target_of(url: str) -> str:
    """The address that a search engine's or aggregator's link leads to, where the link says so."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return url
    if parts.path == "/url" and re.fullmatch(r"(?:www\.)?google(?:\.[a-z]{2,3}){1,2}", host):
        query = parse_qs(parts.query, max_num_fields=100)
        for name in ("url", "q"):
            if query.get(name, [""])[0].startswith(("http://", "https://")):
                return query[name][0]
    return url

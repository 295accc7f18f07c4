"""Markdown, with or without front matter: notes, clips, exports of read-later programs."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile
from typing import Final
from urllib.parse import urlsplit

from reader.formats.front_matter import FORMAT_KEY, FrontMatter, split_front_matter
from reader.formats.markdown.blocks import BodyPart, plain_parts, read_body
from reader.formats.markdown.exports import read_metadata, split_joplin, without_export_links
from reader.formats.markdown.write import as_markdown as as_markdown
from reader.formats.text import parse_text, reads_as_prose
from reader.model.article import Article, Block, Origin, Paragraph

# What `reader add` wrote before it wrote Markdown: the text of paragraphs as it stood.
_FIRST_FORMAT: Final = ("title", "author", "date", "source", "section", "credit", "url", "tags")
# Between a title and the name of the site behind it.
_SEPARATOR = r"\s+[|\-–—·•»:]\s+"
# Parts among which a printed header may be.
_MOST_HEADER_PARTS = 12
_PLAIN = "it has more Markdown than is read: its text is shown as it stands"


def parse_markdown(text: str, article_id: str) -> Article:
    """The article in a Markdown text.

    Its title is that of the front matter, else a heading, else one printed above the text, else the
    last part of the id. Any text gives an article; one without prose may have no paragraphs.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    front, body = split_front_matter(text) or (FrontMatter(), text)
    name = article_id.rpartition("/")[2]
    if _is_of_first_format(front):
        return front.completed(_article(article_id, name, plain_parts(body)))
    is_own = FORMAT_KEY in front.keys
    if not front.keys:
        front, body = split_joplin(body) or (front, body)
    parts, is_plain = read_body(body)
    if is_own:
        article = _with_pages(front.completed(_article(article_id, name, parts)), front.pages)
    else:
        article = _read(front, [*map(without_export_links, parts)], article_id)
    return replace(article, warnings=(*article.warnings, _PLAIN)) if is_plain else article


def _with_pages(article: Article, pages: tuple[int, ...]) -> Article:
    """The article with the number of each paragraph's page, if there is one for each."""
    if len(pages) != len(article.paragraphs) or not pages:
        return article
    paragraphs = (
        replace(paragraph, page=page or None)
        for paragraph, page in zip(article.paragraphs, pages, strict=True)
    )
    return replace(article, paragraphs=tuple(paragraphs))


def _is_of_first_format(front: FrontMatter) -> bool:
    *keys, last = front.keys or ("",)
    return last == "added" and keys[:1] == ["title"] and set(keys) <= set(_FIRST_FORMAT)


def _read(front: FrontMatter, parts: list[BodyPart], article_id: str) -> Article:
    """The article of front matter and the parts below it, as programs and people write them."""
    listed, parts = read_metadata(parts)
    heading = _title_heading(parts)
    title = front.title or listed.title
    language = front.language or listed.language
    source = front.source or listed.source
    if heading is not None and (not title or _is_same(parts[heading].text, title, source)):
        name, place = parts.pop(heading).text, "its heading"
        header, rest = _header_below(name, parts[heading:], language)
        parts[heading:] = rest
        article = replace(header, id=article_id)
    elif title is None:
        article, parts = _printed_header(parts, article_id, language)
        name, place = article.title, "the line above its text"
        if name == article_id.rpartition("/")[2]:
            place = "the file's name"
    else:
        name, place, article = title, "", Article(article_id, title, ())
    article = replace(article, origins=(*article.origins, Origin("title", place)))
    article = front.completed(listed.completed(_with_parts(article, parts)))
    return _without_site(_with_host(replace(article, title=article.title or name)))


def _title_heading(parts: list[BodyPart]) -> int | None:
    """The index of the heading that is the title.

    The first above all paragraphs, one of the first level if there is one; or else the first one
    of the first level anywhere.
    """
    text = next((index for index, part in enumerate(parts) if part.is_paragraph), len(parts))
    # Those of the last level are titles of callouts.
    headings = (n for n, part in enumerate(parts) if part.kind == "heading" and part.level < 6)
    return min(
        (index for index in headings if index < text or parts[index].level == 1),
        key=lambda index: (index > text, parts[index].level > 1, index),
        default=None,
    )


def _is_same(heading: str, title: str, source: str | None) -> bool:
    shown = heading.casefold()
    return shown in (title.casefold(), _title_without(source, title).casefold())


def _printed_header(
    parts: list[BodyPart], article_id: str, language: str | None
) -> tuple[Article, list[BodyPart]]:
    """The article with the fields of a header as news sites print it, and the parts below it.

    There is one only where a line has a mark (a date, a byline, a credit), or where a single line
    stands above prose: a note of short lines is all text.
    """
    leading = _leading_texts(parts)
    printed = parse_text("\n\n".join(part.lines for part in leading), article_id, language)
    count = len(leading) - len(printed.paragraphs)
    if 0 < count < len(parts):
        is_marked = bool(printed.date or printed.author or printed.credit)
        is_line = count == 1 and not re.search(r"\S\s*\n\s*\S", leading[0].lines)
        if is_marked or (is_line and reads_as_prose(parts[1].text)):
            names = ("author", "date", "source", "section", "credit")
            origins = (Origin(name, "a line above its text") for name in names)
            filled = tuple(origin for origin in origins if getattr(printed, origin.field))
            return replace(printed, origins=filled), parts[count:]
    return Article(article_id, article_id.rpartition("/")[2], ()), parts


def _header_below(
    title: str, parts: list[BodyPart], language: str | None
) -> tuple[Article, list[BodyPart]]:
    """The fields of the lines below a heading that is the title, and the parts below them.

    Only lines with a mark are read, and only where each has one: else a short paragraph would be
    taken for the name of the publication.
    """
    leading = _leading_texts(parts)
    lines = [*takewhile(lambda part: not reads_as_prose(part.text), leading)][:3]
    for count in range(len(lines), 0, -1):
        if count == len(parts):
            continue
        text = "\n\n".join([title, *(part.lines for part in lines[:count])])
        printed = parse_text(f"{text}\n\n{_PROSE}", title, language)
        is_header = len(printed.paragraphs) == 1 and printed.title == title
        if is_header and not (printed.source or printed.section):
            names = ("author", "date", "credit")
            origins = (Origin(name, "a line below its heading") for name in names)
            filled = tuple(origin for origin in origins if getattr(printed, origin.field))
            return replace(printed, origins=filled), parts[count:]
    return Article("", title, ()), parts


_PROSE = "This stands for the text below a header, which is known by its being prose of two lines."


def _leading_texts(parts: list[BodyPart]) -> list[BodyPart]:
    return [*takewhile(lambda part: part.kind == "text", parts[:_MOST_HEADER_PARTS])]


def _article(article_id: str, title: str, parts: list[BodyPart]) -> Article:
    return _with_parts(Article(article_id, title, ()), parts)


def _with_parts(article: Article, parts: list[BodyPart]) -> Article:
    """The article with the parts as its paragraphs and blocks."""
    paragraphs: list[Paragraph] = []
    blocks: list[Block] = []
    for part in parts:
        number = len(paragraphs) + 1
        kind = part.kind
        if kind == "text" or kind == "quoted" or kind == "item":
            paragraphs.append(Paragraph(number, part.text, kind, spans=part.spans))
        else:
            blocks.append(Block(number, kind, part.text, part.level, part.spans))
    return replace(article, paragraphs=tuple(paragraphs), blocks=tuple(blocks))


def _with_host(article: Article) -> Article:
    """The article with the host of its address as the source, if it has no other."""
    if article.source or not article.url:
        return article
    try:
        host = (urlsplit(article.url).hostname or "").removeprefix("www.")
    except ValueError:  # http://[
        return article
    if not host:
        return article
    origins = (*article.origins, Origin("source", "the host of its address"))
    return replace(article, source=host, origins=origins)


def _without_site(article: Article) -> Article:
    """The article without the name of its source at the end of its title."""
    return replace(article, title=_title_without(article.source, article.title))


def _title_without(source: str | None, title: str) -> str:
    if not source or not title.casefold().rstrip().endswith(source.casefold()):
        return title
    match = re.fullmatch(rf"(.*\S){_SEPARATOR}{re.escape(source)}\s*", title, re.IGNORECASE)
    return match[1] if match else title

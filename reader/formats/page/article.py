"""Saved web pages: the article without what the site puts around it, by trafilatura."""

from __future__ import annotations

import logging
import re
from typing import Any, NamedTuple

from reader.errors import UnreadableFile
from reader.formats.dates import not_understood
from reader.formats.page.align import Aligned, align
from reader.formats.page.archives import (
    address_of,
    archived_address,
    host_of,
    remove_insertions,
    saved_from,
    site_label,
)
from reader.formats.page.credits import lead_credit
from reader.formats.page.data import PageData, read_data
from reader.formats.page.decoration import without_decoration
from reader.formats.page.names import authors_of, source_of
from reader.formats.page.parts import PagePart, numbered_parts, read_parts
from reader.formats.page.published import Published, lines_beside, published
from reader.formats.page.titles import title_of
from reader.formats.page.tree import read_tree
from reader.language.clean import normalize
from reader.model.article import Article, Origin

# Characters. A shorter text is the rest of a page of which everything was taken for decoration.
_SHORTEST = 200


def parse_html(
    content: bytes, article_id: str, url: str | None = None, charset: str | None = None
) -> Article:
    """The article in a web page: its paragraphs and what the page says about it.

    `url` is the address that the page was fetched from, if it was; `charset` the encoding that was
    declared with it, else the page's own counts. Raises UnreadableFile if the page has no text.
    """
    tree = read_tree(content, charset)
    if tree is None:
        raise UnreadableFile("a web page with no text in it")
    data = read_data(tree)
    saved = archived_address(tree) or saved_from(content)
    remove_insertions(tree)
    body = _extract(tree, url)
    if body is None:
        raise UnreadableFile("a web page with no text in it")
    page = read_parts(tree)
    aligned = align(read_parts(body), page)
    language = _language(tree, data)
    address = address_of(tree, data, url, saved)
    facts = _facts(tree, data, page, aligned, address, language)
    parts = without_decoration(aligned.parts, facts.title or "", facts.author, facts.source)
    if not any(part.kind == "text" for part in parts):
        parts = aligned.parts  # a page of nothing but such lines
    credit, parts = lead_credit(parts)
    paragraphs, blocks = numbered_parts(parts)
    if not paragraphs:
        raise UnreadableFile("a web page with no text in it")
    return Article(
        id=article_id,
        title=facts.title or article_id.rpartition("/")[2],
        paragraphs=paragraphs,
        source=facts.source,
        section=facts.section,
        author=facts.author,
        date=facts.date.date.date if facts.date and facts.date.date else None,
        url=facts.url,
        credit=credit,
        language=language,
        blocks=blocks,
        origins=tuple(facts.origins),
        warnings=facts.warnings,
    )


class _Facts(NamedTuple):
    """What a page says about its article."""

    title: str | None
    source: str | None
    section: str | None
    author: str | None
    date: Published | None
    url: str | None
    origins: list[Origin]

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was not understood."""
        if self.date is None or self.date.date is not None:
            return ()
        return (f"{not_understood(self.date.text)} ({self.date.place})",)


def _facts(
    tree: Any,
    data: PageData,
    page: list[PagePart],
    aligned: Aligned,
    address: tuple[str, str] | None,
    language: str | None,
) -> _Facts:
    url = address[0] if address else ""
    host = host_of(url)
    names = [name for name, _ in data.names_of(data.article.get("publisher"))]
    names += data.meta.get("og:site_name", []) + data.meta.get("application-name", [])
    sites = [
        *names,
        *data.meta.get("twitter:site", []),
        host,
        host.rpartition(".")[0],
        site_label(host),
    ]
    sections = data.meta.get("article:section", []) + [
        text for text, _ in data.names_of(data.article.get("articleSection"))
    ]
    title = title_of(data, tree, sites, sections)
    heading = title[2] if title else None
    source = source_of(data, url, title[0] if title else "")
    author = authors_of(data, tree, heading, sites)
    lines = []
    if heading is not None:
        key = normalize(" ".join(heading.itertext()))
        index = next((i for i, part in enumerate(page) if part.text == key), None)
        if index is not None:
            lines = lines_beside(page, index, aligned.first)
    date = published(data, tree, heading, lines, url, language)
    found = (
        ("title", title and title[1]),
        ("source", source and source[1]),
        ("author", author and author[1]),
        ("date", date.place if date and date.date else None),
        ("url", address and address[1]),
        ("language", "the page" if language else None),
    )
    return _Facts(
        title=title[0] if title else None,
        source=normalize(source[0]) if source else None,
        section=None,
        author=author[0] if author else None,
        date=date,
        url=normalize(url) or None,
        origins=[Origin(field, place) for field, place in found if place],
    )


def _extract(tree: Any, url: str | None) -> Any:
    """The body that trafilatura extracts, or None.

    The extraction that prefers precision, or the one that prefers recall where that leaves nearly
    nothing.
    """
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    document: Any = None  # trafilatura gives its fields no types
    for favor_precision in (True, False):
        document = trafilatura.bare_extraction(
            tree, url=url, include_comments=False, favor_precision=favor_precision
        )
        if document is not None and len(document.text or "") >= _SHORTEST:
            break
    return None if document is None else document.body


def _language(tree: Any, data: PageData) -> str | None:
    """The language that a page declares, as a code of BCP 47."""
    declared = data.first("content-language", "dc.language", "og:locale")
    for code in (tree.get("lang"), tree.get("xml:lang"), declared and declared[0]):
        code = (code or "").strip().replace("_", "-")
        if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}", code):
            return str(code)
    return None

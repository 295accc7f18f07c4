"""E-books (EPUB 2 and 3): an article for each chapter that has text of its own."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from reader.errors import UnreadableFile
from reader.formats.documents.archive import Archive
from reader.formats.documents.body import DocumentPart, article_of, before_prose, parts_of
from reader.formats.documents.xml import attribute, child, descendants, name_of, parse_xml
from reader.formats.elements import HEADINGS
from reader.formats.fragment import parse_fragment, read_fragment
from reader.language.clean import normalize
from reader.model.article import Article, Origin

KIND = "an e-book"
# Files of the spine. A newspaper has 300, a thick book that calibre has cut up 200.
_MOST_CHAPTERS = 3000
# Beginnings of tags in all of them, each of which takes 8 µs. A thick book has 200,000.
_MOST_TAGS = 500_000
# How fonts are made unreadable outside the book, which is no protection of its text.
_OF_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
# Parts of a book that are no chapters: EPUB's words for them (Structural Semantics 1.1, the guide
# of EPUB 2), and what programs call their files.
_NO_CHAPTERS = frozenset(
    "cover titlepage title-page halftitlepage half-title toc copyright-page landmarks index "
    "loi lot page-list imprint imprimatur colophon dedication other-credits seriespage".split()
)
_NO_CHAPTER_FILE = re.compile(
    r"(?:cover|title-?page|halftitle|toc|nav|contents|copyright|imprint|colophon|dedication)"
    r"[-_\d]*|cover2?|ch000_title|about[-_]?(?:the[-_]?)?author",
    re.IGNORECASE,
)
# As BCP 47 writes it, without "und", undetermined.
_LANGUAGE = re.compile(r"(?!und)[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE)
# Programs that make books of articles: neither publishers nor titles of a publication.
_PROGRAMS = re.compile(
    r"calibre|wallabag|readwise|instapaper|pocket|kindle|feedly|epubpress|percollate|dotepub|"
    r"push to kindle|fivefilters|koreader|omnivore|raindrop|inoreader|pandoc|readability|"
    r"(?:all|unread|starred|archived|untagged|annotated)? ?articles|reader digest|unknown",
    re.IGNORECASE,
)
# The day in the titles of calibre's newspapers: The Guardian [Thu, 20 May 2021]
_DAY_IN_TITLE = re.compile(r"\s*[\[(][^\[\]()]*\d{4}[^\[\]()]*[\])]\s*$")
# Characters of a page that only tells about the next one; share of text in links, from which a page
# is a list of contents.
_LONGEST_TITLE_PAGE = 1000
_MOSTLY_LINKS = 0.6
_BYLINE_LABEL = re.compile(r"(?:published )?by|authors?|autor(?:es|in)?|auteur|von|par|por", re.I)


class _Book(NamedTuple):
    """The book's language, author and title; the source of its articles; the members with its
    chapters, in order; the members' titles in the table of contents.
    """

    language: str | None
    author: str | None
    title: str | None
    source: str | None
    chapters: list[str]
    titles: dict[str, str]


class _Chapter(NamedTuple):
    """The text of a chapter, its title if the book has one for it, its address and author."""

    parts: list[DocumentPart]
    title: str | None = None
    title_place: str = ""
    url: str | None = None
    author: str | None = None


def parse_epub(content: bytes, file_id: str) -> list[Article]:
    """The chapters of a book, in its order, without cover, contents, imprint and the like.

    The days in the book's data are those of making or downloading the book: an article has the day
    that is printed in its chapter, if there is one. Raises UnreadableFile.
    """
    archive = Archive(content, KIND)
    _refuse_protected(archive)
    book = _read_book(archive)
    _refuse_endless(archive, book)
    chapters = list(_chapters(archive, book))
    if not chapters:
        raise UnreadableFile(f"{KIND} with no text in it")
    if len(chapters) > 1:  # others than the book's author may have written its chapters
        book = book._replace(author=None, title=None)
    else:  # its title is the article's
        book = book._replace(source=None)
    return [_article(chapter, book, file_id) for chapter in chapters]


def _refuse_protected(archive: Archive) -> None:
    """Raise UnreadableFile for a book whose text only some programs may show."""
    if "META-INF/encryption.xml" in archive:
        root = parse_xml(archive.read("META-INF/encryption.xml"), KIND)
        methods = descendants(root, "EncryptionMethod")
        if any((method.get("Algorithm") or "") not in _OF_FONTS for method in methods):
            raise UnreadableFile(
                f"{KIND} that is protected (DRM): only its shop's programs read it"
            )


def _refuse_endless(archive: Archive, book: _Book) -> None:
    """Raise UnreadableFile for chapters that would take too long, before any is read."""
    tags = 0
    for name in book.chapters:
        tags += archive.read(name).count(b"<")
        if tags > _MOST_TAGS:
            raise UnreadableFile(f"{KIND} of more than {_MOST_TAGS:,} tags")


def _read_book(archive: Archive) -> _Book:
    """What the book's package says. Raises UnreadableFile."""
    container = parse_xml(archive.read("META-INF/container.xml"), KIND)
    package = next((e.get("full-path") or "" for e in descendants(container, "rootfile")), "")
    root = parse_xml(archive.read(package), KIND, recover=True)
    folder = posixpath.dirname(package)
    items = {item.get("id"): item for item in descendants(root, "item")}
    spine = child(root, "spine")
    if spine is None:
        raise UnreadableFile(f"{KIND} that is damaged: it has no order")
    references = [e for e in spine if name_of(e) == "itemref" and e.get("linear") != "no"]
    if len(references) > _MOST_CHAPTERS:
        raise UnreadableFile(f"{KIND} of more than {_MOST_CHAPTERS:,} chapters")
    guide = {
        _member(folder, reference.get("href"))
        for reference in descendants(root, "reference")
        if (reference.get("type") or "").lower() in _NO_CHAPTERS
    }
    chapters = []
    for reference in references:
        item = items.get(reference.get("idref"))
        if item is None or "nav" in (item.get("properties") or "").split():
            continue
        name = _member(folder, item.get("href"))
        is_text = (item.get("media-type") or "").endswith(("html+xml", "html", "x-oeb1-document"))
        if is_text and name in archive and name not in guide and not _is_no_chapter(name):
            chapters.append(name)
    language = _data(root, "language") or ""
    return _Book(
        language if _LANGUAGE.fullmatch(language) else None,
        _no_program(_data(root, "creator")),
        _no_program(_data(root, "title")),
        _source(_data(root, "title") or "", _data(root, "publisher")),
        list(dict.fromkeys(chapters)),
        _titles(archive, folder, items, spine.get("toc")),
    )


def _is_no_chapter(name: str) -> bool:
    stem = posixpath.splitext(posixpath.basename(name))[0]
    return _NO_CHAPTER_FILE.fullmatch(stem) is not None


def _data(root: Any, name: str) -> str | None:
    """The first of the book's data of a name (Dublin Core)."""
    element = next(descendants(root, name), None)
    return normalize("".join(element.itertext())) or None if element is not None else None


def _source(title: str, publisher: str | None) -> str | None:
    """The publication that the book is: its title without the day, else its publisher."""
    for name in (_DAY_IN_TITLE.sub("", title), publisher or ""):
        if _no_program(name):
            return name
    return None


def _no_program(name: str | None) -> str | None:
    """A name, unless it is that of a program."""
    return name if name and not _PROGRAMS.match(name) else None


def _member(folder: str, href: str | None) -> str:
    """The name of the member that a link leads to."""
    path = unquote((href or "").partition("#")[0])
    return posixpath.normpath(posixpath.join(folder, path)).lstrip("/")


def _titles(
    archive: Archive, folder: str, items: dict[str, Any], toc: str | None
) -> dict[str, str]:
    """The titles of the members in the table of contents, of EPUB 3 or 2."""
    titles: dict[str, str] = {}
    for item in items.values():
        name = _member(folder, item.get("href"))
        if name not in archive:
            continue
        own = posixpath.dirname(name)
        if "nav" in (item.get("properties") or "").split():
            for link in descendants(parse_xml(archive.read(name), KIND, recover=True), "a"):
                text = normalize("".join(link.itertext()))
                titles.setdefault(_member(own, link.get("href")), text)
        elif toc and item.get("id") == toc:
            root = parse_xml(archive.read(name), KIND, recover=True)
            for point in descendants(root, "navPoint"):
                label, target = child(point, "navLabel", "text"), child(point, "content")
                if label is not None and target is not None:
                    text = normalize("".join(label.itertext()))
                    titles.setdefault(_member(own, target.get("src")), text)
    return titles


def _chapters(archive: Archive, book: _Book) -> Iterator[_Chapter]:
    """The chapters with text. A file that the table of contents does not name and that has no
    heading continues the one before it, as where a program has cut a long chapter.
    """
    open_chapter: _Chapter | None = None
    about: _Chapter | None = None
    for name in book.chapters:
        chapter = _read_chapter(archive.read(name))
        if chapter is None:
            continue
        if _is_title_page(chapter):
            about = chapter
            continue
        has_heading = chapter.parts[0].kind == "heading"
        is_named = has_heading or about is not None or not book.titles or name in book.titles
        if open_chapter and not is_named:
            open_chapter.parts.extend(chapter.parts)
            continue
        if open_chapter:
            yield open_chapter
        open_chapter = _titled(chapter, about, book.titles.get(name))
        about = None
    if open_chapter:
        yield open_chapter


def _read_chapter(content: bytes) -> _Chapter | None:
    """The text of a file; None for one that has none or is a list of contents."""
    root = parse_fragment(content)
    if root is None or not _NO_CHAPTERS.isdisjoint(_types(root)):
        return None
    url = _without_navigation(root)
    if _is_contents(root):
        return None
    from lxml import etree

    html = etree.tostring(root, encoding="unicode", method="html")
    parts = parts_of(*read_fragment(html))
    if not any(part.kind == "paragraph" for part in parts):
        return None
    return _Chapter(parts, url=url)


def _types(root: Any) -> set[str]:
    """What the file is, by the words in its body and the first elements in it."""
    body = next(descendants(root, "body"), root)
    words: set[str] = set()
    for element in (body, *list(body)[:1]):
        for name in ("epub:type", "type", "role"):
            words.update((attribute(element, name) or "").lower().replace("doc-", "").split())
    return words


def _without_navigation(root: Any) -> str | None:
    """Remove the bars that calibre puts around an article. Gives the article's address in them."""
    url = None
    for element in list(descendants(root, "div", "p")):
        if "calibre_navbar" in (element.get("class") or ""):
            for link in descendants(element, "a"):
                address = link.get("href") or ""
                url = address if address.startswith(("http://", "https://")) else url
            parent = element.getparent()
            if parent is not None:
                element.drop_tree() if hasattr(element, "drop_tree") else parent.remove(element)
    return url


def _is_contents(root: Any) -> bool:
    """Whether nearly all the text is in links to other files of the book."""
    text = len(normalize("".join(root.itertext()))) - sum(
        len(normalize("".join(heading.itertext())))
        for heading in descendants(root, "title", *HEADINGS)
    )
    links = [link for link in descendants(root, "a") if ":" not in (link.get("href") or ":")]
    linked = sum(len(normalize("".join(link.itertext()))) for link in links)
    return len(links) > 1 and linked > _MOSTLY_LINKS * text


def _is_title_page(chapter: _Chapter) -> bool:
    """Whether a file is only about the next: wallabag puts one before each article, with a list of
    its data and its address.
    """
    paragraphs = [part for part in chapter.parts if part.kind == "paragraph"]
    return (
        chapter.parts[0].kind == "heading"
        and all(part.role == "item" for part in paragraphs)
        and sum(len(part.text) for part in paragraphs) < _LONGEST_TITLE_PAGE
        and any(_link(part) == part.text for part in paragraphs)
    )


def _link(part: DocumentPart) -> str | None:
    """The address of the link that a paragraph is."""
    whole = (span for span in part.spans if span[:3] == (0, len(part.text), "link"))
    return next((span.target for span in whole), None)


def _titled(chapter: _Chapter, about: _Chapter | None, title: str | None) -> _Chapter:
    """The chapter with what the page before it and the table of contents say of it."""
    if about is not None:
        texts = [part.text for part in about.parts]
        labels = [n for n, text in enumerate(texts[:-1]) if _BYLINE_LABEL.fullmatch(text)]
        return chapter._replace(
            title=texts[0],
            title_place="the heading of the page before it",
            url=next(filter(None, map(_link, about.parts)), None),
            author=texts[labels[0] + 1] if labels else None,
        )
    begins = {part.text for part in before_prose(chapter.parts)}
    is_within = any(part.text == title for part in chapter.parts) and title not in begins
    if chapter.parts[0].kind != "heading" and title and not is_within:
        return chapter._replace(title=title, title_place="the book's table of contents")
    return chapter


def _article(chapter: _Chapter, book: _Book, file_id: str) -> Article:
    article = article_of(
        chapter.parts, file_id, KIND, book.title, title=chapter.title, language=book.language
    )
    origins = dict(article.origins)
    if chapter.title:
        origins["title"] = chapter.title_place
    source, author, url = article.source, article.author or chapter.author, chapter.url
    if not source and book.source and book.source.casefold() != article.title.casefold():
        source, origins["source"] = book.source, "the book's title"
    if not source and url:
        source, origins["source"] = urlsplit(url).hostname, "the address"
    if book.language:
        origins["language"] = "the book's language"
    if url:
        origins["url"] = "the book's link to the article"
    if author and not article.author:
        origins["author"] = "the page before it"
    if not author and book.author:
        author, origins["author"] = book.author, "the book's author"
    return replace(
        article,
        source=source,
        author=author,
        url=url,
        language=book.language,
        origins=tuple(Origin(*pair) for pair in origins.items()),
    )

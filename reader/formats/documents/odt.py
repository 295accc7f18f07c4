"""Documents of LibreOffice and its like (OpenDocument Text, ISO/IEC 26300)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from reader.errors import UnreadableFile
from reader.formats.documents.archive import Archive
from reader.formats.documents.body import (
    DocumentPart,
    Run,
    articles_of,
    divided,
    lines_of,
    styled,
    table_parts,
)
from reader.formats.documents.xml import (
    DEEPEST,
    attribute,
    child,
    descendants,
    name_of,
    parse_xml,
)

if TYPE_CHECKING:
    from reader.formats.styled import Style
    from reader.model.article import Article

KIND = "an OpenDocument text"
# What has paragraphs inside it that are shown as if they stood outside.
_TRANSPARENT = frozenset(
    "section list list-item list-header index-body numbered-paragraph frame text-box a "
    "text g custom-shape rect".split()
)
# What is in a paragraph and no text of it: comments, notes, drawings, marks of changes.
_NOT_TEXT = frozenset("annotation annotation-end note ruby-text frame custom-shape rect".split())
_LISTS = ("list", "numbered-paragraph")
# Characters that <text:s> may stand for, and styles whose name leads to others.
_MOST_SPACES = 100
_MOST_STYLES = 20


def parse_odt(content: bytes, file_id: str) -> list[Article]:
    """The article in a document. Inserted text of tracked changes is kept, deleted text is not.

    The names of who made or saved the document are no authors, and its days are none of
    publication. A file that is all one XML document (.fodt) is read, too. Raises UnreadableFile.
    """
    if content.lstrip()[:5].startswith((b"<?xml", b"<offi", b"\xef\xbb\xbf<")):
        root = parse_xml(content, KIND)
        return _articles(root, [root], root, file_id)
    archive = Archive(content, KIND)
    if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.read(
        "META-INF/manifest.xml"
    ):
        raise UnreadableFile(f"{KIND} that is encrypted")
    root = parse_xml(archive.read("content.xml"), KIND)
    styles = [parse_xml(archive.read("styles.xml"), KIND)] if "styles.xml" in archive else []
    meta = parse_xml(archive.read("meta.xml"), KIND) if "meta.xml" in archive else None
    return _articles(root, [*styles, root], meta, file_id)


def _articles(root: Any, styles: list[Any], meta: Any, file_id: str) -> list[Article]:
    body = child(root, "body", "text")
    if body is None:
        raise UnreadableFile(f"{KIND} with no text in it")
    title = None
    if meta is not None:
        properties = child(meta, "meta")
        element = child(properties, "title") if properties is not None else None
        title = element.text if element is not None else None
    return articles_of(list(_Document(styles).parts(body)), file_id, KIND, title)


class _OwnStyle(NamedTuple):
    """A style: the names of it and of those it is made from, in lower case, and what it gives its
    text.
    """

    names: tuple[str, ...] = ()
    styles: tuple[Style, ...] = ()


class _Document:
    """A document's text, with its styles."""

    def __init__(self, roots: list[Any]) -> None:
        self._elements = {
            (attribute(style, "family") or "", attribute(style, "name") or ""): style
            for root in roots
            for style in descendants(root, "style")
        }
        self._known: dict[tuple[str, str], _OwnStyle] = {}
        self._notes: list[Any] = []

    def parts(self, body: Any) -> Iterator[DocumentPart]:
        """The parts of the document, its notes at the end."""
        yield from self._blocks(body, False, 0)
        for note in list(self._notes):
            content = child(note, "note-body")
            for part in self._blocks(content, False, 0) if content is not None else ():
                yield DocumentPart("footnote", part.text, part.spans)

    def _blocks(self, parent: Any, is_item: bool, depth: int) -> Iterator[DocumentPart]:
        if depth > DEEPEST:
            raise UnreadableFile(f"{KIND} whose parts are nested too deeply")
        for element in parent:
            name = name_of(element)
            if name in ("p", "h"):
                yield from self._paragraph_parts(element, is_item, depth)
            elif name == "table":
                yield from self._table_parts(element, depth)
            elif name in _TRANSPARENT:
                yield from self._blocks(element, is_item or name in _LISTS, depth + 1)

    def _paragraph_parts(self, element: Any, is_item: bool, depth: int) -> Iterator[DocumentPart]:
        boxes: list[Any] = []
        runs = list(self._runs(element, (), None, boxes, depth))
        names = self._style("paragraph", attribute(element, "style-name")).names
        for own in divided(runs):
            text, spans = styled(own)
            if name_of(element) == "h":
                level = attribute(element, "outline-level") or ""
                is_title = "title" in names
                yield DocumentPart(
                    "title" if is_title else "heading",
                    text,
                    spans,
                    level=int(level) if level.isdigit() and len(level) < 3 else 1,
                )
            else:
                part = _part(text, spans, names, is_item)
                yield replace(part, lines=lines_of(own))
        for box in boxes:
            yield from self._blocks(box, False, depth + 1)

    def _runs(
        self,
        parent: Any,
        styles: tuple[Style, ...],
        link: str | None,
        boxes: list[Any],
        depth: int,
    ) -> Iterator[Run]:
        """The runs in a paragraph, or in a part of one; text boxes and notes are set aside."""
        if depth > DEEPEST:
            raise UnreadableFile(f"{KIND} whose parts are nested too deeply")
        yield Run(_one_line(parent.text), styles, link)
        for element in parent:
            name = name_of(element)
            if name == "s":
                count = attribute(element, "c") or "1"
                spaces = int(count) if count.isdigit() and len(count) < 4 else 1
                yield Run(" " * min(spaces, _MOST_SPACES), styles, link)
            elif name == "tab":
                yield Run(" ", styles, link)
            elif name == "line-break":
                yield Run("\n", styles, link)
            elif name == "note":
                self._notes.append(element)
            elif name in _NOT_TEXT:
                if name not in ("annotation", "annotation-end", "ruby-text"):
                    boxes.append(element)
            elif name:
                own = self._style("text", attribute(element, "style-name")).styles
                target = attribute(element, "href") if name == "a" else None
                inner = tuple(dict.fromkeys((*styles, *own)))
                yield from self._runs(element, inner, target or link, boxes, depth + 1)
            yield Run(_one_line(element.tail), styles, link)

    def _style(self, family: str, name: str | None) -> _OwnStyle:
        key = (family, name or "")
        if key not in self._known:
            self._known[key] = self._read_style(key)
        return self._known[key]

    def _read_style(self, key: tuple[str, str]) -> _OwnStyle:
        names: list[str] = []
        styles: dict[Style, None] = {}
        for _ in range(_MOST_STYLES):
            names.append(key[1].replace("_20_", " ").lower())
            element = self._elements.get(key)
            if element is None:
                break
            properties = child(element, "text-properties")
            if properties is not None:
                styles |= dict.fromkeys(_styles_of(properties))
            key = (key[0], attribute(element, "parent-style-name") or "")
        return _OwnStyle(tuple(names), tuple(styles))

    def _table_parts(self, table: Any, depth: int) -> Iterator[DocumentPart]:
        """A table, or the parts in its cells if it is there for the layout only."""
        rows = [
            [
                list(self._blocks(cell, False, depth + 1))
                for cell in row
                if name_of(cell) in ("table-cell", "covered-table-cell")
            ]
            for row in _rows(table, depth)
        ]
        yield from table_parts(rows)


def _rows(table: Any, depth: int) -> Iterator[Any]:
    """The rows of a table, also those in its header and in groups."""
    for element in table:
        if name_of(element) == "table-row":
            yield element
        elif name_of(element).startswith("table-") and depth < DEEPEST:
            yield from _rows(element, depth + 1)


def _styles_of(properties: Any) -> Iterator[Style]:
    """The styles that a style's properties give its text."""
    if attribute(properties, "font-style") in ("italic", "oblique"):
        yield "emphasis"
    if attribute(properties, "font-weight") in ("bold", "600", "700", "800", "900"):
        yield "strong"
    if attribute(properties, "text-line-through-style") not in (None, "none"):
        yield "strike"


def _part(text: str, spans: tuple[Any, ...], names: tuple[str, ...], is_item: bool) -> DocumentPart:
    """The part that a paragraph is, by the names of its styles."""
    if "title" in names:
        return DocumentPart("title", text, spans)
    if "subtitle" in names:
        return DocumentPart("heading", text, spans, level=2)
    if "author" in names:
        return DocumentPart("author", text, spans)
    if "date" in names:
        return DocumentPart("date", text, spans)
    for name in names:
        if name.startswith("heading ") and name[8:].isdigit():
            return DocumentPart("heading", text, spans, level=min(int(name[8:]), 9))
        if name in ("caption", "illustration", "figure"):
            return DocumentPart("caption", text, spans)
        if name.startswith("quotation"):
            return DocumentPart("paragraph", text, spans, "quoted")
    return DocumentPart("paragraph", text, spans, "item" if is_item else "text")


def _one_line(text: str | None) -> str:
    """The text with white space as spaces: line feeds are none of the document's."""
    return " ".join(text.split("\n")) if text else ""

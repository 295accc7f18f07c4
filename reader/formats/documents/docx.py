"""Documents of Word (Office Open XML, ECMA-376): paragraphs, headings, tables, notes, links."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from reader.errors import UnreadableFile
from reader.formats.documents.archive import Archive
from reader.formats.documents.body import (
    DocumentPart,
    Kind,
    Role,
    Run,
    articles_of,
    divided,
    lines_of,
    styled,
    table_parts,
)
from reader.formats.documents.xml import DEEPEST, attribute, child, descendants, name_of, parse_xml

if TYPE_CHECKING:
    from reader.formats.styled import Style
    from reader.model.article import Article

KIND = "a Word document"
_OFF = ("0", "false", "off", "none")
# What has runs or paragraphs inside it that are shown as if they stood outside.
_TRANSPARENT = frozenset(
    "sdt sdtContent ins moveTo smartTag customXml fldSimple dir bdo Choice Fallback".split()
)
_DRAWINGS = frozenset("drawing pict object".split())
# Styles whose name leads to others are followed so far.
_MOST_STYLES = 20


def parse_docx(content: bytes, file_id: str) -> list[Article]:
    """The article in a document. Inserted text of tracked changes is kept, deleted text is not.

    The names of who made or saved the document are no authors, and its days are none of
    publication. Raises UnreadableFile.
    """
    archive = Archive(content, KIND)
    main = _main_part(archive)
    document = _Document(archive, main)
    parts = list(document.parts())
    return articles_of(parts, file_id, KIND, _property_title(archive))


def _main_part(archive: Archive) -> str:
    """The name of the member with the text."""
    name = "word/document.xml"
    if "_rels/.rels" in archive:
        for relation in descendants(parse_xml(archive.read("_rels/.rels"), KIND), "Relationship"):
            if (relation.get("Type") or "").endswith("/officeDocument"):
                name = (relation.get("Target") or name).lstrip("/")
    if name not in archive:
        raise UnreadableFile(f"{KIND} that is damaged, or of another program")
    return name


def _property_title(archive: Archive) -> str | None:
    if "docProps/core.xml" not in archive:
        return None
    root = parse_xml(archive.read("docProps/core.xml"), KIND, recover=True)
    return next((title.text for title in descendants(root, "title")), None)


class _ParagraphStyle(NamedTuple):
    """A style: its name in lower case, English for those that Word has; the level of a heading from
    1 (0: none); whether it makes list items; the styles that it gives its text.
    """

    name: str = ""
    level: int = 0
    is_item: bool = False
    styles: tuple[Style, ...] = ()


class _Paragraph(NamedTuple):
    """The runs of a paragraph as they are read, and the text boxes that hang on it."""

    runs: list[Run]
    boxes: list[Any]


class _Document:
    """The main part of a document, with its styles, links and notes."""

    def __init__(self, archive: Archive, main: str) -> None:
        self._archive = archive
        self._folder = posixpath.dirname(main)
        self._targets = self._relations(main)
        self._styles = self._read_styles()
        self._root = parse_xml(archive.read(main), KIND)
        self._notes: dict[tuple[str, str], None] = {}
        self._open_link: list[str | None] = []  # of fields that have begun and not ended
        self._is_result: list[bool] = []
        # Runs of a paragraph whose end is deleted: they belong to the next.
        self._pending: list[Run] = []

    def parts(self) -> Iterator[DocumentPart]:
        """The parts of the document, its notes at the end."""
        body = child(self._root, "body")
        if body is None:
            raise UnreadableFile(f"{KIND} with no text in it")
        yield from self._blocks(body, 0)
        yield from self._note_parts()

    def _member(self, name: str) -> str:
        return posixpath.join(self._folder, name)

    def _relations(self, main: str) -> dict[str, str]:
        """The addresses of links by the ids of their relations."""
        name = self._member(f"_rels/{posixpath.basename(main)}.rels")
        if name not in self._archive:
            return {}
        root = parse_xml(self._archive.read(name), KIND)
        return {
            relation.get("Id") or "": relation.get("Target") or ""
            for relation in descendants(root, "Relationship")
            if (relation.get("Type") or "").endswith("/hyperlink")
        }

    def _read_styles(self) -> dict[str, _ParagraphStyle]:
        """The styles by their ids."""
        name = self._member("styles.xml")
        if name not in self._archive:
            return {}
        elements = {
            attribute(style, "styleId") or "": style
            for style in descendants(parse_xml(self._archive.read(name), KIND), "style")
        }
        return {id: _style(element, elements) for id, element in elements.items()}

    def _blocks(self, parent: Any, depth: int) -> Iterator[DocumentPart]:
        """The parts in a body, a cell, a text box or what stands around them."""
        if depth > DEEPEST:
            raise UnreadableFile(f"{KIND} whose parts are nested too deeply")
        for element in parent:
            name = name_of(element)
            if name == "p":
                yield from self._paragraph_parts(element, depth)
            elif name == "tbl":
                yield from self._table_parts(element, depth)
            elif name in _TRANSPARENT:
                yield from self._blocks(element, depth + 1)
            elif name == "AlternateContent":
                yield from self._blocks(_alternative(element), depth + 1)

    def _paragraph_parts(self, element: Any, depth: int) -> Iterator[DocumentPart]:
        properties = child(element, "pPr")
        style = self._style_of(properties, "pStyle")
        paragraph = _Paragraph(self._pending, [])
        self._pending = []
        self._read_runs(element, paragraph, None, depth)
        # No field is without a result beyond its paragraph: the text after it must not be lost.
        self._is_result = [True] * len(self._is_result)
        if properties is not None and _goes_on(properties):
            self._pending = paragraph.runs
        elif not style.name.startswith("toc "):  # the table of contents repeats the headings
            for runs in divided(paragraph.runs):
                yield _part(runs, style, properties)
        for box in paragraph.boxes:
            yield from self._blocks(box, depth + 1)

    def _style_of(self, properties: Any, name: str) -> _ParagraphStyle:
        element = child(properties, name) if properties is not None else None
        id = attribute(element, "val") if element is not None else None
        return self._styles.get(id or "", _ParagraphStyle())

    def _read_runs(self, parent: Any, into: _Paragraph, link: str | None, depth: int) -> None:
        """Append the runs in a paragraph, or in a part of one."""
        if depth > DEEPEST:
            raise UnreadableFile(f"{KIND} whose parts are nested too deeply")
        for element in parent:
            name = name_of(element)
            if name == "r":
                self._read_run(element, into, link)
            elif name == "hyperlink":
                target = self._targets.get(attribute(element, "id") or "")
                self._read_runs(element, into, target or link, depth + 1)
            elif name in _TRANSPARENT:
                self._read_runs(element, into, link, depth + 1)
            elif name in ("oMath", "oMathPara"):
                text = "".join(each.text or "" for each in descendants(element, "t"))
                into.runs.append(Run(text))

    def _read_run(self, element: Any, into: _Paragraph, link: str | None) -> None:
        properties = child(element, "rPr")
        if properties is not None and _is_on(child(properties, "vanish")):
            return
        styles = self._run_styles(properties)
        pieces: list[str] = []
        for part in element:
            name = name_of(part)
            if name == "fldChar":
                self._change_field(attribute(part, "fldCharType"))
            elif name == "instrText" and self._open_link and not self._is_result[-1]:
                self._open_link[-1] = (self._open_link[-1] or "") + (part.text or "")
            elif name in ("footnoteReference", "endnoteReference"):
                self._notes[name.removesuffix("Reference"), attribute(part, "id") or ""] = None
            elif name == "AlternateContent" or name in _DRAWINGS:
                into.boxes.extend(_text_boxes(part))
            else:
                pieces.append(_text_in_run(name, part))
        text = "".join(pieces)
        if text and all(self._is_result):
            into.runs.append(Run(text, styles, link or self._link_of_field()))

    def _change_field(self, kind: str | None) -> None:
        """A field begins, its result begins, or it ends."""
        if kind == "begin":
            self._open_link.append(None)
            self._is_result.append(False)
        elif kind == "separate" and self._is_result:
            self._is_result[-1] = True
        elif kind == "end" and self._is_result:
            self._open_link.pop()
            self._is_result.pop()

    def _link_of_field(self) -> str | None:
        """The address in the innermost field that is a link: HYPERLINK "https://…"."""
        for code in reversed(self._open_link):
            words = (code or "").split('"')
            if len(words) > 2 and words[0].split() == ["HYPERLINK"]:
                return words[1]
        return None

    def _run_styles(self, properties: Any) -> tuple[Style, ...]:
        if properties is None:
            return ()
        styles = dict.fromkeys(self._style_of(properties, "rStyle").styles)
        for element in properties:
            style = _STYLES.get(name_of(element))
            if style is not None:
                if _is_on(element):
                    styles[style] = None
                else:
                    styles.pop(style, None)
        return tuple(styles)

    def _table_parts(self, table: Any, depth: int) -> Iterator[DocumentPart]:
        """A table, or the parts in its cells if it is there for the layout only."""
        rows: list[list[list[DocumentPart]]] = []
        for row in _inside(table, "tr"):
            rows.append([list(self._blocks(cell, depth + 1)) for cell in _inside(row, "tc")])
        yield from table_parts(rows)

    def _note_parts(self) -> Iterator[DocumentPart]:
        """The notes, in the order of their marks in the text."""
        for kind in ("footnote", "endnote"):
            member = self._member(f"{kind}s.xml")
            if member not in self._archive or not any(key[0] == kind for key in self._notes):
                continue
            root = parse_xml(self._archive.read(member), KIND)
            notes = {attribute(note, "id"): note for note in descendants(root, kind)}
            for own, id in list(self._notes):
                if own == kind and id in notes:
                    for part in self._blocks(notes[id], 0):
                        yield DocumentPart("footnote", part.text, part.spans)


_STYLES: dict[str, Style] = {
    "b": "strong",
    "i": "emphasis",
    "strike": "strike",
    "dstrike": "strike",
    "highlight": "mark",
}
_TEXTS: dict[str, Callable[[Any], str]] = {
    "t": lambda element: element.text or "",
    "tab": lambda _: " ",
    "ptab": lambda _: " ",
    "cr": lambda _: "\n",
    "br": lambda element: "\n" if attribute(element, "type") in (None, "textWrapping") else " ",
    "noBreakHyphen": lambda _: "\u2011",
}


def _text_in_run(name: str, element: Any) -> str:
    """The text of an element of a run, line breaks as line feeds."""
    read = _TEXTS.get(name)
    return read(element) if read else ""


def _is_on(element: Any) -> bool:
    """Whether a property is there and not switched off."""
    return element is not None and (attribute(element, "val") or "on").lower() not in _OFF


def _style(element: Any, elements: dict[str, Any]) -> _ParagraphStyle:
    """A style with what it inherits."""
    name, level, is_item = "", 0, False
    styles: dict[Style, None] = {}
    for _ in range(_MOST_STYLES):
        own = child(element, "name")
        own_name = (attribute(own, "val") or "").lower() if own is not None else ""
        # A style that the author made of Title is one, too.
        if not name or own_name in _KINDS or own_name.startswith("heading "):
            name = own_name
        outline = child(element, "pPr", "outlineLvl")
        if not level and outline is not None:
            level = _heading_level(attribute(outline, "val"))
        is_item = is_item or child(element, "pPr", "numPr", "numId") is not None
        properties = child(element, "rPr")
        for part in () if properties is None else properties:
            if name_of(part) in _STYLES and _is_on(part):
                styles[_STYLES[name_of(part)]] = None
        base = child(element, "basedOn")
        element = elements.get(attribute(base, "val") or "") if base is not None else None
        if element is None:
            break
    if not level and name.startswith("heading ") and name[8:].isdigit():
        level = min(int(name[8:]), 9)
    return _ParagraphStyle(name, level, is_item, tuple(styles))


def _heading_level(value: str | None) -> int:
    """The level of a heading from 1, of the outline's from 0; 0 for body text, which is 9 there."""
    return int(value) + 1 if value and value.isdigit() and int(value) < 9 else 0


# The styles that say what a paragraph is, by their names in lower case.
_KINDS: dict[str, Kind] = {
    "title": "title",
    "subtitle": "heading",
    "caption": "caption",
    "author": "author",
    "authors": "author",
    "byline": "author",
    "date": "date",
}
_QUOTED = ("quote", "intense quote", "block text", "quotations")


def _goes_on(properties: Any) -> bool:
    """Whether a paragraph is part of the next: its end is deleted, or it is a drop cap."""
    frame = child(properties, "framePr")
    is_initial = frame is not None and attribute(frame, "dropCap") in ("drop", "margin")
    return is_initial or child(properties, "rPr", "del") is not None


def _part(runs: list[Run], style: _ParagraphStyle, properties: Any) -> DocumentPart:
    """The part that a paragraph is, by its style."""
    text, spans = styled(runs)
    level = style.level
    is_item = style.is_item
    if properties is not None:
        outline = child(properties, "outlineLvl")
        if outline is not None:
            level = _heading_level(attribute(outline, "val"))
        numbering = child(properties, "numPr", "numId")
        if numbering is not None:
            is_item = attribute(numbering, "val") != "0"
    if kind := _KINDS.get(style.name):
        return DocumentPart(kind, text, spans, level=2 if kind == "heading" else 0)
    if level and text:
        return DocumentPart("heading", text, spans, level=level)
    if style.name in _QUOTED:
        return DocumentPart("paragraph", text, spans, "quoted")
    role: Role = "item" if is_item else "text"
    return DocumentPart("paragraph", text, spans, role, lines=lines_of(runs))


def _inside(parent: Any, wanted: str, depth: int = 0) -> Iterator[Any]:
    """The rows of a table or the cells of a row, also those in content controls."""
    for element in parent:
        if name_of(element) == wanted:
            yield element
        elif name_of(element) in _TRANSPARENT and depth < DEEPEST:
            yield from _inside(element, wanted, depth + 1)


def _alternative(element: Any) -> Any:
    """The content for newer programs, or, if there is no text in it, for older ones."""
    for name in ("Choice", "Fallback"):
        choice = child(element, name)
        if choice is not None and next(descendants(choice, "t"), None) is not None:
            return choice
    return ()


def _text_boxes(element: Any) -> list[Any]:
    """The contents of the text boxes in a drawing."""
    if name_of(element) == "AlternateContent":
        element = _alternative(element)
        if not len(element):
            return []
    return [
        box
        for box in descendants(element, "txbxContent")
        if not any(name_of(a) == "txbxContent" for a in box.iterancestors())
    ]

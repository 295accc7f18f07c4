"""A tree of HTML, or of trafilatura's XML, as paragraphs and what stands between them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from reader.formats.page.lines import divided
from reader.formats.page.styled import Style, StyledText
from reader.formats.text import reads_as_prose
from reader.language.clean import normalize
from reader.model.article import Block, Paragraph, StyledSpan

Kind = Literal["text", "heading", "caption", "code", "table", "footnote"]
Role = Literal["text", "quoted", "item"]


@dataclass
class Part:
    """A paragraph, or a block of the given kind that is none.

    `around` are the numbers of the three innermost block elements around its own.
    """

    kind: Kind
    text: str
    role: Role = "text"
    level: int = 0
    spans: tuple[StyledSpan, ...] = ()
    around: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """The text without white space, which extractors set anew."""
        return "".join(self.text.split())

    @property
    def is_link(self) -> bool:
        """Whether all of the text is one link."""
        return any(s.style == "link" and s.end - s.start >= len(self.text) for s in self.spans)


# Elements whose text no reader sees, or that is no part of a text.
_UNSEEN = frozenset(
    "script style noscript template head title svg math iframe object embed canvas audio video "
    "select option optgroup datalist button textarea input map applet frame frameset".split()
)
# The elements that begin and end a paragraph, of HTML and of trafilatura's XML.
_BLOCKS = frozenset(
    "html body p div section article main header footer nav aside address center form fieldset "
    "legend details summary dialog figure figcaption caption blockquote quote ul ol dl menu list "
    "li dd dt item h1 h2 h3 h4 h5 h6 head hgroup table thead tbody tfoot tr td th row cell pre "
    "hr".split()
)
_STYLES: dict[str, Style] = {
    **dict.fromkeys(("em", "i"), "emphasis"),
    **dict.fromkeys(("b", "strong"), "strong"),
    **dict.fromkeys(("del", "s", "strike"), "strike"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "code"),
    **dict.fromkeys(("a", "ref"), "link"),
    "mark": "mark",
}
_QUOTES = frozenset(("blockquote", "quote"))
_ITEMS = frozenset(("li", "dd", "dt", "item"))
_CAPTION_CLASS = re.compile(r"(?:^|[\s_-])(?:fig)?captions?(?:[\s_-]|$)|bildunterschrift|legende")
# Space at the beginning of a line, by which old pages mark a paragraph.
_INDENT = re.compile(r"\s*(?:\u3000{2}|\xa0{3})")
# Marks of program text in a <pre>.
_CODE = re.compile(r"[{}]|\(['\"]|;\s*$|^\s*(?:#include|def |import |\$ |>>> )", re.MULTILINE)
# Rows, columns and characters of a cell: larger tables are read row by row, as layout.
_MOST_ROWS = 2_000
_MOST_CELL = 300


def read_parts(root: Any) -> list[Part]:
    """The parts of a tree in order: an lxml element, whose depth the parser has limited."""
    from lxml.etree import iterwalk

    walk = _Walk()
    events = iterwalk(root, events=("start", "end"))
    for event, element in events:
        if event == "start":
            if not walk.start(element):
                events.skip_subtree()
        else:
            walk.end()
            if element is not root:
                walk.add_text(element.tail)
    walk.flush()
    return walk.parts


def numbered_parts(parts: list[Part]) -> tuple[tuple[Paragraph, ...], tuple[Block, ...]]:
    """The parts as an article's paragraphs, numbered from 1, and blocks between them."""
    paragraphs: list[Paragraph] = []
    blocks: list[Block] = []
    for part in parts:
        number = len(paragraphs) + 1
        if part.kind == "text":
            paragraphs.append(Paragraph(number, part.text, part.role, spans=part.spans))
        else:
            blocks.append(Block(number, part.kind, part.text, part.level, part.spans))
    return tuple(paragraphs), tuple(blocks)


class _State:
    """What the elements around a text make of it."""

    def __init__(self, role: Role = "text", kind: Kind = "text", level: int = 0) -> None:
        self.role, self.kind, self.level = role, kind, level
        self.number = 0


class _Walk:
    def __init__(self) -> None:
        self.parts: list[Part] = []
        self._text = StyledText()
        self._states = [_State()]
        # What the ends of the elements do that have been begun.
        self._ends: list[Literal["block", "style"] | None] = []
        self._blocks = 0
        self._line_breaks = 0
        # Where the paragraph has single line breaks.
        self._lines: list[int] = []

    def start(self, element: Any) -> bool:
        """Begin an element; False if its subtree is done with."""
        tag = element.tag
        self._ends.append(None)
        if tag in _UNSEEN and not (tag == "head" and element.get("rend")):
            return False
        if tag in ("br", "lb"):
            self._break_line(element)
            return True
        if tag == "pre" or (tag == "code" and _is_block_of_code(element)):
            self._add_preformatted(element, is_code=tag == "code")
            return False
        if tag == "table" and (rows := _data_rows(element)):
            self.flush()
            self._append("table", "\n".join("\t".join(row) for row in rows))
            return False
        if tag in _BLOCKS or _is_caption(element):
            self.flush()
            self._states.append(self._state_in(element))
            self._ends[-1] = "block"
        elif style := _style_of(element):
            self._text.begin(style, element.get("href") or element.get("target"))
            self._ends[-1] = "style"
        self.add_text(element.text)
        return True

    def end(self) -> None:
        """End the element begun last."""
        end = self._ends.pop()
        if end == "block":
            self.flush()
            self._states.pop()
        elif end == "style":
            self._text.end()

    def add_text(self, text: str | None) -> None:
        if text:
            if not text.isspace():
                self._line_breaks = 0
            self._text.add(text)

    def flush(self) -> None:
        """End the paragraph, if one is begun."""
        text, spans = self._text.take()
        lines, self._lines, self._line_breaks = self._lines, [], 0
        if not text:
            return
        state = self._states[-1]
        kind = state.kind
        # A lead is set as a heading, or a whole text as a caption.
        if kind == "heading" and state.level > 1 and reads_as_prose(text):
            kind = "text"
        level = state.level if kind == "heading" else 0
        for each, each_spans in divided(text, spans, lines if kind == "text" else []):
            self.parts.append(Part(kind, each, state.role, level, each_spans, self._around()))

    def _break_line(self, element: Any) -> None:
        self._line_breaks += 1
        if self._line_breaks > 1 or _INDENT.match(element.tail or ""):
            self.flush()
        else:
            self._text.add(" ")
            self._lines.append(self._text.length)

    def _add_preformatted(self, element: Any, is_code: bool) -> None:
        self.flush()
        text = _lines_of(element)
        if is_code or element.find("code") is not None or len(_CODE.findall(text)) > 2:
            lines = [line.rstrip() for line in text.expandtabs().strip("\n").split("\n")]
            self._append("code", "\n".join(filter(None, map(_clean_line, lines))))
            return
        for block in re.split(r"\n[ \t]*\n\s*", text):
            self._append("text", normalize(block))

    def _append(self, kind: Kind, text: str) -> None:
        if text:
            role = self._states[-1].role if kind == "text" else "text"
            self.parts.append(Part(kind, text, role, around=self._around()))

    def _around(self) -> tuple[int, ...]:
        return tuple(state.number for state in self._states[-4:-1])

    def _state_in(self, element: Any) -> _State:
        tag, around = element.tag, self._states[-1]
        state = _State(around.role, around.kind, around.level)
        parent = element.getparent()
        self._blocks += 1
        state.number = self._blocks
        if tag in _QUOTES:
            state.role = "quoted"
        elif tag in _ITEMS and state.role == "text":
            state.role = "item"
        elif level := _heading_level(element):
            state.kind, state.level = "heading", level
        elif (tag == "figcaption" and not _holds_quote(parent)) or _is_caption(element):
            state.kind = "caption"
        elif tag == "figcaption":
            state.role = "quoted"
        return state


def _heading_level(element: Any) -> int:
    """The level of a heading, 1 to 6; 0 for another element."""
    tag = element.get("rend", "") if element.tag == "head" else element.tag
    return int(tag[1]) if re.fullmatch(r"h[1-6]", tag) else 0


def _style_of(element: Any) -> Style | None:
    if element.tag == "hi":
        rend: dict[str, Style] = {"#i": "emphasis", "#b": "strong", "#t": "code"}
        return rend.get(element.get("rend", ""))
    return _STYLES.get(element.tag)


def _is_caption(element: Any) -> bool:
    """Whether an element's class names it a picture's caption."""
    name = element.get("class")
    return (
        name is not None
        and element.tag in ("p", "div", "span", "small", "dd")
        and _CAPTION_CLASS.search(name.lower()) is not None
        and element.find(".//p[2]") is None
    )


def _holds_quote(figure: Any) -> bool:
    return figure is not None and figure.find(".//blockquote") is not None


def _is_block_of_code(element: Any) -> bool:
    """Whether a <code> of trafilatura's XML or of a page is a block, not words in a paragraph."""
    parent = element.getparent()
    return parent is None or (parent.tag == "body" and "\n" in "".join(element.itertext()).strip())


def _lines_of(element: Any) -> str:
    """The text of a preformatted element, with its line breaks."""
    pieces = []
    for each in element.iter():
        if each.tag in ("br", "lb"):
            pieces.append("\n")
        elif isinstance(each.tag, str) and each.text:
            pieces.append(each.text)
        if each is not element and each.tail:
            pieces.append(each.tail)
    return "".join(pieces)


def _clean_line(line: str) -> str:
    """A line of code: its indentation, and the rest cleaned."""
    indent = len(line) - len(line.lstrip(" "))
    return " " * indent + normalize(line)


def _data_rows(table: Any) -> list[list[str]]:
    """The cells of a table of data, row by row; empty for one that lays out a page."""
    if table.find(".//table") is not None or table.getparent() is None:
        return []
    rows = []
    for row in table.iter("tr", "row"):
        cells = [_cell(cell) for cell in row.iterchildren("td", "th", "cell")]
        if any(cells):
            rows.append(cells)
        if len(rows) > _MOST_ROWS or any(len(cell) > _MOST_CELL for cell in cells):
            return []
    columns = max(map(len, rows), default=0)
    filled = sum(1 for row in rows for cell in row if cell)
    if columns < 2 or len(rows) < 2 or filled * 2 < columns * len(rows):
        return []
    return rows


def _cell(cell: Any) -> str:
    return normalize(" ".join(cell.itertext()))

"""A tree of HTML, or of trafilatura's XML, as paragraphs and what stands between them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Literal

from reader.formats.elements import preformatted, table_of_data
from reader.formats.page.lines import divided
from reader.formats.styled import Style, StyledLine
from reader.formats.text import blocks_of, reads_as_prose
from reader.language.clean import printable
from reader.model.article import Block, Paragraph, StyledSpan

Kind = Literal["text", "heading", "caption", "code", "table", "footnote", "attribution"]
Role = Literal["text", "quoted", "item"]


@dataclass
class PagePart:
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
# Elements in a figure that may hold a quotation. Each of its captions looks for one.
_MOST_IN_FIGURE = 10
# A line below a quotation that names the speaker.
_DASHED = re.compile(r"(?:[—–―]|--?\s)\s*\S.{0,150}$")
# Marks of program text in a <pre>.
_CODE = re.compile(r"[{}]|\(['\"]|;\s*$|^\s*(?:#include|def |import |\$ |>>> )", re.MULTILINE)


def read_parts(root: Any) -> list[PagePart]:
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


def numbered_parts(parts: list[PagePart]) -> tuple[tuple[Paragraph, ...], tuple[Block, ...]]:
    """The parts as an article's paragraphs, numbered from 1, and blocks between them."""
    paragraphs: list[Paragraph] = []
    blocks: list[Block] = []
    for part in _with_attributions(parts):
        number = len(paragraphs) + 1
        if part.kind == "text" or part.kind == "attribution":
            paragraphs.append(Paragraph(number, part.text, part.role, spans=part.spans))
        else:
            blocks.append(Block(number, part.kind, part.text, part.level, part.spans))
    return tuple(paragraphs), tuple(blocks)


def _with_attributions(parts: list[PagePart]) -> list[PagePart]:
    """The parts, the speaker of a block quotation in the paragraph above: “Yes.” — Jan Ek."""
    joined: list[PagePart] = []
    for part in parts:
        last = joined[-1] if joined else None
        is_marked = part.kind == "attribution" or (
            part.role == "quoted" and _DASHED.match(part.text) is not None
        )
        if last is None or not is_marked or last.role != "quoted":
            joined.append(part)
            continue
        dash = "" if _DASHED.match(part.text) else "— "
        shift = len(last.text) + 1 + len(dash)
        moved = (s._replace(start=s.start + shift, end=s.end + shift) for s in part.spans)
        text = f"{last.text} {dash}{part.text}"
        joined[-1] = replace(last, text=text, spans=(*last.spans, *moved))
    return joined


class _State:
    """What the elements around a text make of it."""

    def __init__(self, role: Role = "text", kind: Kind = "text", level: int = 0) -> None:
        self.role, self.kind, self.level = role, kind, level
        self.number = 0


class _Walk:
    def __init__(self) -> None:
        self.parts: list[PagePart] = []
        self._text = StyledLine()
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
        if tag == "table" and (rows := table_of_data(element)):
            self.flush()
            self._append("table", rows)
            return False
        is_speaker = tag == "cite" and _is_attribution(element, self._states[-1].role)
        if tag in _BLOCKS or is_speaker or _is_caption(element):
            self.flush()
            self._states.append(self._state_in(element))
            self._ends[-1] = "block"
        elif style := _style_of(element):
            self._text.open(style, element.get("href") or element.get("target"))
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
            self._text.close()

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
            self.parts.append(PagePart(kind, each, state.role, level, each_spans, self._around()))

    def _break_line(self, element: Any) -> None:
        self._line_breaks += 1
        if self._line_breaks > 1 or _INDENT.match(element.tail or ""):
            self.flush()
        else:
            self._text.space()
            self._lines.append(self._text.length)

    def _add_preformatted(self, element: Any, is_code: bool) -> None:
        self.flush()
        lines, is_marked = preformatted(element)
        if is_code or is_marked or len(_CODE.findall(lines)) > 2:
            self._append("code", "\n".join(map(printable, lines.expandtabs().split("\n"))))
            return
        for block in blocks_of(lines):
            self._append("text", " ".join(block))

    def _append(self, kind: Kind, text: str) -> None:
        if text:
            role = self._states[-1].role if kind == "text" else "text"
            self.parts.append(PagePart(kind, text, role, around=self._around()))

    def _around(self) -> tuple[int, ...]:
        return tuple(state.number for state in self._states[-4:-1])

    def _state_in(self, element: Any) -> _State:
        tag, around = element.tag, self._states[-1]
        state = _State(around.role, around.kind, around.level)
        self._blocks += 1
        state.number = self._blocks
        if tag in _QUOTES:
            state.role = "quoted"
        elif tag in _ITEMS and state.role == "text":
            state.role = "item"
        elif level := _heading_level(element):
            state.kind, state.level = "heading", level
        elif _is_attribution(element, around.role):
            state.kind, state.role = "attribution", "quoted"
        elif tag == "figcaption" or _is_caption(element):
            state.kind = "caption"
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


def _is_attribution(element: Any, role: Role) -> bool:
    """Whether an element names the speaker of a block quotation."""
    parent = element.getparent()
    if parent is None:
        return False
    if element.tag == "figcaption":
        return len(parent) <= _MOST_IN_FIGURE and parent.find(".//blockquote") is not None
    return role == "quoted" and (
        element.tag == "footer" or (element.tag == "cite" and parent.tag in _QUOTES)
    )


def _is_block_of_code(element: Any) -> bool:
    """Whether a <code> of trafilatura's XML or of a page is a block, not words in a paragraph."""
    parent = element.getparent()
    return parent is None or (parent.tag == "body" and "\n" in "".join(element.itertext()).strip())

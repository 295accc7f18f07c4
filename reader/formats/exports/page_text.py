"""The text of a web page as blocks of lines, as a browser shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reader.formats.elements import DROPPED, INLINE, table_of_data
from reader.language.clean import normalize

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from reader.formats.exports.fields import Blocks

# Pieces of text that a code may be in, with the white space around it.
_MOST_PIECES = 20
# The codes of Factiva's fields.
_CODE = re.compile(r"(?:[A-Z]{2}|ART|IPC|IPD|NGC|PUB|VOL)")


def has_class(element: Element, name: str) -> bool:
    """Whether an element is of a class, in any case."""
    return name.lower() in (element.get("class") or "").lower().split()


def blocks_of_element(root: Element) -> Blocks:
    """The blocks of text in an element, as a browser shows them, each as a list of its lines.

    The cells of a table are blocks, but for one that has the code of a field: this begins a line.
    """
    reader = _Reader()
    for event, element in _walk(root):
        if element.tag == "table" and event not in ("start", "end"):
            reader.end_block()
            reader.blocks += [[normalize(row)] for row in event.split("\n")]
            continue
        if event == "start":
            if element.tag == "br":
                reader.end_line()
            elif element.tag in ("td", "th") and reader.has_code():
                reader.add(" | ")
            elif element.tag not in INLINE and not reader.has_code():
                reader.end_block()
            reader.add(element.text)
            continue
        is_block = event == "end" and element.tag not in INLINE and element.tag != "br"
        if is_block and not _ends_code(element, reader):
            reader.end_block()
        if element is not root:
            reader.add(element.tail)
    reader.end_block()
    return reader.blocks


def _ends_code(element: Element, reader: _Reader) -> bool:
    """Whether an element ends within the cell, or is the cell, that has the code of a field."""
    return element.tag in ("td", "th", "p", "div") and reader.has_code()


class _Reader:
    """The blocks that have been read, and the line that is being read."""

    def __init__(self) -> None:
        self.blocks: Blocks = []
        self.lines: list[str] = []
        self.text: list[str] = []
        self.breaks = 0

    def add(self, text: str | None) -> None:
        if text:
            self.text.append(text)

    def has_code(self) -> bool:
        """Whether the line is the code of a field so far."""
        return (
            not self.lines
            and len(self.text) < 20
            and _CODE.fullmatch(normalize("".join(self.text))) is not None
        )

    def end_line(self) -> None:
        """End the line; two in a row end the block."""
        line = normalize("".join(self.text))
        self.text = []
        if line:
            self.lines.append(line)
            self.breaks = 1
        elif self.breaks:
            self.end_block()

    def end_block(self) -> None:
        line = normalize("".join(self.text))
        self.text = []
        self.breaks = 0
        if line:
            self.lines.append(line)
        if self.lines:
            self.blocks.append(self.lines)
        self.lines = []


def _walk(root: Element) -> Iterator[tuple[str, Element]]:
    """The starts and ends of the elements that have text; the rows of tables of data."""
    from lxml import etree

    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        rows = None
        if event == "start" and element.tag == "table":
            rows = table_of_data(element)
        is_shown = isinstance(element.tag, str) and element.tag not in DROPPED
        if rows and not _CODE.match(rows):
            walk.skip_subtree()
            yield rows, element
        elif event == "start" and not is_shown:
            walk.skip_subtree()
        elif is_shown:
            yield event, element
        else:
            yield "tail", element

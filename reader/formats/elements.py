"""Elements of HTML: which are part of a line, which are not shown, tables and code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reader.language.clean import normalize

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# Not shown, or no text.
DROPPED = frozenset(
    "audio base button canvas embed head iframe input link meta noscript object option script "
    "select style svg template textarea title video".split()
)
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr o:p q "
    "rb rp rt ruby s samp small span strike strong sub sup time tt u var wbr img".split()
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}

# Characters of a cell. Longer ones are columns of prose, as newsletters are laid out.
_LONGEST_CELL = 80
_LONGEST_CELL_UNDER_HEADING = 200


def preformatted(element: Element) -> tuple[str, bool]:
    """The lines in a <pre>, and whether it is marked as code."""
    text = "".join(_texts(element, line_break="\n"))
    lines = "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")
    return lines, next(element.iter("code"), None) is not None


def table_of_data(table: Element) -> str | None:
    """The rows of a table of data, cells separated by tabs; None if it only lays out a page."""
    if (
        table.get("role") == "presentation"
        or next(table.iterdescendants("table"), None) is not None
    ):
        return None
    if next(table.iterdescendants("img", "ul", "ol", *HEADINGS), None) is not None:
        return None
    rows = [list(_cells(row)) for row in table.iterdescendants("tr")]
    filled = [cells for cells in rows if any(cells)]
    has_heading = next(table.iterdescendants("th", "thead", "caption"), None) is not None
    longest = _LONGEST_CELL_UNDER_HEADING if has_heading else _LONGEST_CELL
    if any(len(cell) > longest for cells in filled for cell in cells):
        return None
    columns = {len(cells) for cells in filled}
    if len(filled) < (2 if has_heading else 3) or max(columns) < 2:
        return None
    if not has_heading and (len(columns) > 1 or not all(map(all, filled))):
        return None
    return "\n".join("\t".join(cells) for cells in filled)


def _cells(row: Element) -> Iterator[str]:
    for cell in row.iterchildren("td", "th"):
        yield normalize("".join(_texts(cell)))


def _texts(element: Element, line_break: str = " ") -> Iterator[str]:
    """The texts in an element, with something for each line break and border of a block."""
    from lxml import etree

    walk = etree.iterwalk(element, events=("start", "end"))
    for event, inner in walk:
        if event == "start":
            if not isinstance(inner.tag, str) or inner.tag in DROPPED:
                walk.skip_subtree()
            else:
                yield inner.text or ""
            continue
        if inner is element:
            return
        if inner.tag not in INLINE:
            yield line_break
        yield inner.tail or ""

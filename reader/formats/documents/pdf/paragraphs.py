"""Paragraphs of columns of lines: by gaps, indents and short lines, also across pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from reader.formats.documents.body import DocumentPart, without_bullet
from reader.formats.documents.pdf.hyphens import HYPHENS, Words

if TYPE_CHECKING:
    from reader.formats.documents.pdf.lines import PdfLine

# Sizes that differ less are one, as shares; a heading is so much larger than the text, a note so
# much smaller.
_SAME_SIZE = 0.07
_LARGER = 1.12
_SMALLER = 0.93
# In sizes of letters: an indent; a gap beyond the usual distance of lines; how far edges of lines
# that are full may lie apart.
_INDENT = 0.7
_GAP = 0.3
_EDGE = 1.0
# The share of the width that a line leaves empty, from which it ends a paragraph whatever it says.
_SHORT = 0.25
# The distance of lines in sizes of letters where nothing tells it, and how many tell it.
_USUAL_DISTANCE = 1.2
_FEWEST_DISTANCES = 6
# Characters of a heading in the size of the text, which is bold.
_LONGEST_BOLD_HEADING = 150
_LONGEST_HEADING = 300

_BULLET = re.compile("[•◦▪▫‣⁃●○■□·\uf0b7\uf0a7–]\\s|\\(?\\d{1,2}[.)]\\s")
_NOTE = re.compile(r"\[?\d{1,3}\]?\s+[^\W\d]|[*†‡]\s*\w")
_ENDS_SENTENCE = re.compile(r"""[.!?…:。！？]["'”’»“)\]]*$""")


@dataclass
class _Group:
    """The lines of a paragraph, the page that it begins on, whether its last line is full, and
    whether its first one is indented.
    """

    page: int
    lines: list[PdfLine]
    is_full: bool = False
    is_indented: bool = False

    @property
    def size(self) -> float:
        return median(line.size for line in self.lines)

    @property
    def is_bold(self) -> bool:
        return all(line.is_bold for line in self.lines)

    @property
    def length(self) -> int:
        return sum(len(line.text) for line in self.lines)


def parts_of(columns: Sequence[tuple[int, list[PdfLine]]]) -> list[DocumentPart]:
    """The parts that columns of lines are; each column comes with the number of its page."""
    lines = [line for _, column in columns for line in column]
    if not lines:
        return []
    body = _body_size(lines)
    words = Words(line.text for line in lines)
    usual = _distance([column for _, column in columns], fewest=1) or _USUAL_DISTANCE
    groups: list[_Group] = []
    for page, column in columns:
        distance = _distance([column]) or usual
        _append(groups, _groups(page, column, body, distance), body)
    sizes = sorted({_rounded(g.size) for g in groups if _is_heading(g, body)}, reverse=True)
    parts = [_part(group, body, sizes, words) for group in groups]
    return _with_title(parts, groups)


def _rounded(size: float) -> float:
    return round(size * 2) / 2


def _body_size(lines: Iterable[PdfLine]) -> float:
    """The size of most letters."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[_rounded(line.size)] += len(line.text)
    return sizes.most_common(1)[0][0] or 1.0


def _same_size(one: float, other: float) -> bool:
    return abs(one - other) <= _SAME_SIZE * max(one, other) + 0.01


def _groups(page: int, column: list[PdfLine], body: float, distance: float) -> list[_Group]:
    """The paragraphs of a column, as groups of lines."""
    if not column:
        return []
    left, right = _edges(column, body)
    groups: list[_Group] = []
    last: PdfLine | None = None
    for line in column:
        is_indented = line.x0 - left > _INDENT * line.size
        if last is None or _begins(line, last, groups[-1], (left, right), distance):
            groups.append(_Group(page, [line], is_indented=is_indented))
        else:
            groups[-1].lines.append(line)
        groups[-1].is_full = right - line.x1 < _EDGE * line.size
        last = line
    return groups


def _edges(column: list[PdfLine], body: float) -> tuple[float, float]:
    """The left and the right edge of a column's text."""
    lines = [line for line in column if _same_size(line.size, body)] or column
    lefts = Counter(round(line.x0) for line in lines)
    most = max(lefts.values())
    left = (
        min(x for x, count in lefts.items() if count >= max(2, 0.2 * most))
        if most > 1
        else min(lefts)
    )
    rights = sorted(line.x1 for line in lines)
    return float(left), rights[-1 - len(rights) // 20]


def _distance(columns: Iterable[list[PdfLine]], fewest: int = _FEWEST_DISTANCES) -> float | None:
    """The usual distance of lines, in sizes of letters; None for too few to tell."""
    distances = sorted(
        distance
        for column in columns
        for a, b in pairwise(column)
        if _same_size(a.size, b.size) and 0.5 < (distance := (a.baseline - b.baseline) / a.size) < 3
    )
    # Gaps between paragraphs are larger: in a column of short paragraphs there are many of them.
    return distances[len(distances) // 4] if len(distances) >= fewest else None


def _begins(
    line: PdfLine, last: PdfLine, group: _Group, edges: tuple[float, float], distance: float
) -> bool:
    """Whether a line begins a paragraph, after the last line of a group."""
    size = max(line.size, last.size)
    gap = (last.baseline - line.baseline) / size
    if gap > distance + _GAP or gap <= 0 or not _same_size(line.size, last.size):
        return True
    if line.is_bold != last.is_bold and not _goes_on(line, last):
        return True
    if _BULLET.match(line.text) and (
        _ENDS_SENTENCE.search(last.text) or _is_short(line, last, edges[1])
    ):
        return True
    if _is_centered(line, last, edges):
        return False
    step = (line.x0 - last.x0) / size
    if step > _INDENT:
        is_hanging = _BULLET.match(group.lines[0].text) and len(group.lines) == 1
        return not is_hanging or _is_short(line, last, edges[1])
    if step < -_INDENT and len(group.lines) > 1:
        return True
    return _is_short(line, last, edges[1]) and bool(
        _ENDS_SENTENCE.search(last.text) or edges[1] - last.x1 > _SHORT * (edges[1] - edges[0])
    )


def _goes_on(line: PdfLine, last: PdfLine) -> bool:
    """Whether a line goes on with a sentence of which a part is bold."""
    return not _ENDS_SENTENCE.search(last.text) and line.text[:1].islower()


def _is_short(line: PdfLine, last: PdfLine, right: float) -> bool:
    """Whether the first word of a line would have had room in the last one."""
    if last.text.endswith(HYPHENS):
        return False
    word = line.text.split(" ", 1)[0]
    width = (line.x1 - line.x0) / len(line.text) * (len(word) + 1)
    return right - last.x1 > width + 0.5 * last.size


def _is_centered(line: PdfLine, last: PdfLine, edges: tuple[float, float]) -> bool:
    """Whether two lines stand in the middle of their column."""
    middles = (line.x0 + line.x1, last.x0 + last.x1, edges[0] + edges[1])
    is_apart = abs(line.x0 - last.x0) > _INDENT * line.size
    return is_apart and max(middles) - min(middles) < 0.6 * line.size


def _append(groups: list[_Group], added: list[_Group], body: float) -> None:
    """Add the groups of a column; the first may go on with the last paragraph before it."""
    if added and groups:
        before = next((g for g in reversed(groups) if not _is_note(g, body)), None)
        if before is not None and _continues(added[0], before, body):
            before.lines += added[0].lines
            before.is_full = added[0].is_full
            added = added[1:]
    groups += added


def _continues(group: _Group, before: _Group, body: float) -> bool:
    """Whether a group at the beginning of a column goes on with the last of another."""
    if not _same_size(group.size, before.size) or group.is_bold != before.is_bold:
        return False
    if _is_heading(group, body) or _is_heading(before, body):
        return False
    first, last = group.lines[0].text, before.lines[-1].text
    if _BULLET.match(first):
        return False
    if first[:1].islower() or last.endswith(HYPHENS):
        return True
    if _ENDS_SENTENCE.search(last):
        # Where paragraphs are indented, one that is not goes on.
        return before.is_full and before.is_indented and not group.is_indented
    return before.is_full


def _is_heading(group: _Group, body: float) -> bool:
    if group.length > _LONGEST_HEADING:
        return False
    if group.size > _LARGER * body:
        return any(char.isalpha() for line in group.lines for char in line.text)
    is_bold = group.is_bold and group.size > _SMALLER * body
    text = group.lines[-1].text
    return is_bold and group.length < _LONGEST_BOLD_HEADING and not text.endswith((".", ",", ";"))


def _is_note(group: _Group, body: float) -> bool:
    return group.size < _SMALLER * body and bool(_NOTE.match(group.lines[0].text))


def _part(group: _Group, body: float, sizes: list[float], words: Words) -> DocumentPart:
    """The part that a group of lines is."""
    text = words.joined([line.text for line in group.lines])
    if _is_heading(group, body):
        level = sizes.index(_rounded(group.size)) + 1
        return DocumentPart("heading", text, level=min(level, 6), page=group.page)
    if _is_note(group, body):
        return DocumentPart("footnote", text, page=group.page)
    return without_bullet(DocumentPart("paragraph", text, page=group.page))


def _with_title(parts: list[DocumentPart], groups: list[_Group]) -> list[DocumentPart]:
    """The parts, of which the largest heading of the first page is the title, if one is larger than
    all others and is no single short word, as the names of newspapers may be.
    """
    candidates = [
        (groups[n].size, -n)
        for n, part in enumerate(parts)
        if part.kind == "heading" and part.page == parts[0].page and _may_be_title(part.text)
    ]
    if not candidates:
        return parts
    index = -max(candidates)[1]
    title = replace(parts[index], kind="title", origin="the largest heading of the first page")
    return [*parts[:index], title, *parts[index + 1 :]]


def _may_be_title(text: str) -> bool:
    return (len(text) >= 12 or len(text.split()) > 2) and "://" not in text

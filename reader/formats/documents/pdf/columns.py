"""The columns of a page in reading order."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reader.formats.documents.pdf.lines import PdfLine


# Lines that a column has at least, and characters of one on average: cells of tables have fewer.
_FEWEST_LINES = 3
_FEWEST_CHARACTERS = 14
# Columns inside columns.
_DEEPEST = 6
# Left edges that are tried, the most frequent first.
_MOST_EDGES = 12
# Points within which edges are the same.
_SAME_EDGE = 3
_GRID = 2


class _Gutter(NamedTuple):
    """A gap between columns, by the left edge of the right one, and how many lines cross it."""

    edge: float
    crossing: int


def columns_of(rows: list[list[PdfLine]]) -> list[list[PdfLine]]:
    """The columns of a page in reading order, each as its lines from the top.

    Lines across several columns divide the page into parts, which are read one after another.
    """
    return [column for column in _columns([line for row in rows for line in row], 0) if column]


def _columns(lines: list[PdfLine], depth: int) -> list[list[PdfLine]]:
    gutter = _gutter(lines) if depth < _DEEPEST else None
    if gutter is None:
        return [_merged(lines)]
    columns: list[list[PdfLine]] = []
    whole: list[PdfLine] = []
    for is_band, part in _bands(lines, gutter.edge):
        if not is_band:
            whole += part
            continue
        if whole:
            columns += _columns(whole, depth + 1)
            whole = []
        left = [line for line in part if line.x0 < gutter.edge - _SAME_EDGE]
        right = [line for line in part if line.x0 >= gutter.edge - _SAME_EDGE]
        columns += _columns(left, depth + 1)
        columns += _columns(right, depth + 1)
    if whole:
        columns += _columns(whole, depth + 1)
    return columns


def _crosses(line: PdfLine, edge: float) -> bool:
    return line.x0 < edge - _SAME_EDGE and line.x1 > edge - 1


def _bands(lines: list[PdfLine], edge: float) -> list[tuple[bool, list[PdfLine]]]:
    """The lines from the top, divided: parts with lines on both sides of an edge, and others."""
    parts: list[tuple[bool, list[PdfLine]]] = []
    run: list[PdfLine] = []
    for line in sorted(lines, key=lambda line: -line.baseline):
        if _crosses(line, edge):
            parts += [(_has_columns(run, edge), run)] if run else []
            run = []
            parts.append((False, [line]))
        else:
            run.append(line)
    if run:
        parts.append((_has_columns(run, edge), run))
    return parts


def _has_columns(run: list[PdfLine], edge: float) -> bool:
    """Whether lines that do not cross an edge stand in columns on both sides of it."""
    left = [line for line in run if line.x0 < edge - _SAME_EDGE]
    right = [line for line in run if line.x0 >= edge - _SAME_EDGE]
    for side in (left, right):
        if len(side) < _FEWEST_LINES:
            return False
        if sum(len(line.text) for line in side) < _FEWEST_CHARACTERS * len(side):
            return False
    top = min(left[0].baseline, right[0].baseline)
    bottom = max(left[-1].baseline, right[-1].baseline)
    beside = [line for line in right if bottom <= line.baseline <= top]
    return len(beside) >= _FEWEST_LINES


def _gutter(lines: list[PdfLine]) -> _Gutter | None:
    """The gap between columns that the fewest lines cross; None without one."""
    if len(lines) < 2 * _FEWEST_LINES:
        return None
    edges = Counter(round(line.x0 / _GRID) * _GRID for line in lines)
    leftmost = min(edges)
    best: _Gutter | None = None
    for edge, count in edges.most_common(_MOST_EDGES):
        if count < 2 or edge - leftmost < 30:
            continue
        if any(is_band for is_band, _ in _bands(lines, edge)):
            crossing = sum(_crosses(line, edge) for line in lines)
            if best is None or (crossing, edge) < best[::-1]:
                best = _Gutter(edge, crossing)
    return best


def _merged(lines: list[PdfLine]) -> list[PdfLine]:
    """Lines from the top, those on one baseline as one."""
    merged: list[PdfLine] = []
    for line in sorted(lines, key=lambda line: (-line.baseline, line.x0)):
        if merged and abs(merged[-1].baseline - line.baseline) < 0.25 * line.size:
            first, second = sorted((merged[-1], line), key=lambda line: line.x0)
            merged[-1] = first._replace(
                x1=max(first.x1, second.x1),
                text=f"{first.text} {second.text}",
                size=max(first.size, second.size),
                is_bold=first.is_bold and second.is_bold,
            )
        else:
            merged.append(line)
    return merged

"""Lines of a page, by where its characters stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from reader.language.clean import normalize

if TYPE_CHECKING:
    from reader.formats.documents.pdf.stream import Glyph

# In sizes of the letters: the gap that is a space, the one that ends a line, and how far baselines
# of one line lie apart.
_SPACE = 0.15
_END = 0.9
_SAME = 0.25
# How far above or below the line small letters stand, and how small they are.
_RAISED = 0.65
_SMALL = 0.8
# A mark that refers to a note.
_NOTE_MARK = re.compile(r"(?:\d{1,3}|[a-z*†‡§¶])(?:\s*,\s*(?:\d{1,3}|[*†‡§]))*")
_LIGATURES = str.maketrans(
    {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
)


class PdfLine(NamedTuple):
    """A line, or the part of it in a column: from and to where it goes, its baseline, the size of
    its letters, in points; whether all of it is bold.
    """

    x0: float
    x1: float
    baseline: float
    size: float
    text: str
    is_bold: bool

    @property
    def top(self) -> float:
        """About where its letters end."""
        return self.baseline + 0.7 * self.size


def rows_of(glyphs: list[Glyph]) -> list[list[PdfLine]]:
    """The rows of a page from its top, each as the lines that stand side by side."""
    chunks = [line for chunk in _chunks(glyphs) if (line := _line(chunk)) is not None]
    rows = _rows(chunks)
    return [row for row in map(_joined, _with_raised(rows)) if row]


def _chunks(glyphs: Iterable[Glyph]) -> Iterable[list[Glyph]]:
    """The characters in the order of the file, divided where the next does not go on."""
    chunk: list[Glyph] = []
    for glyph in glyphs:
        if glyph.size <= 0:
            continue
        if chunk:
            last = chunk[-1]
            size = max(last.size, glyph.size)
            gap = glyph.x0 - last.x1
            is_same = abs(glyph.baseline - last.baseline) < 0.1 * size
            if is_same and last.text == glyph.text and abs(glyph.x0 - last.x0) < 0.1 * size:
                continue  # printed twice, so that it looks bold
            if not is_same or not -0.5 * size < gap < _END * size or _differ(last, glyph):
                yield chunk
                chunk = []
        chunk.append(glyph)
    if chunk:
        yield chunk


def _differ(last: Glyph, glyph: Glyph) -> bool:
    """Whether the sizes of two characters are those of different lines."""
    return not 0.6 < last.size / glyph.size < 1.6


def _line(chunk: list[Glyph]) -> PdfLine | None:
    """A chunk as a line; None if it is nothing but space."""
    pieces: list[str] = []
    last: Glyph | None = None
    for glyph in chunk:
        if last is not None and glyph.x0 - last.x1 > _SPACE * glyph.size:
            pieces.append(" ")
        pieces.append(glyph.text)
        last = glyph
    text = "".join(pieces).translate(_LIGATURES)
    shown = [glyph for glyph in chunk if not glyph.text.isspace()]
    if not shown:
        return None
    return PdfLine(
        shown[0].x0,
        shown[-1].x1,
        shown[0].baseline,
        median(glyph.size for glyph in shown),
        text,
        all(glyph.is_bold for glyph in shown),
    )


def _rows(lines: list[PdfLine]) -> list[list[PdfLine]]:
    """Lines by their baselines, from the top, each row from the left."""
    rows: list[list[PdfLine]] = []
    for line in sorted(lines, key=lambda line: -line.baseline):
        if rows and rows[-1][0].baseline - line.baseline < _SAME * min(rows[-1][0].size, line.size):
            rows[-1].append(line)
        else:
            rows.append([line])
    for row in rows:
        row.sort(key=lambda line: line.x0)
    return rows


def _with_raised(rows: list[list[PdfLine]]) -> list[list[PdfLine]]:
    """The rows with small letters above or below a line put into it; marks of notes go."""
    kept: list[list[PdfLine]] = [list(row) for row in rows]
    for index, row in enumerate(kept):
        for line in list(row):
            neighbours = [n for n in (index + 1, index - 1) if 0 <= n < len(kept)]
            for n in neighbours:
                if _is_beside(line, kept[n]):
                    row.remove(line)
                    is_mark = _NOTE_MARK.fullmatch(line.text.strip())
                    if is_mark and line.x0 < kept[n][0].x0:  # that of the note itself
                        kept[n].insert(0, line._replace(text=line.text + " "))
                    elif not is_mark:
                        kept[n].append(line)
                        kept[n].sort(key=lambda line: line.x0)
                    break
    return [row for row in kept if row]


def _is_beside(small: PdfLine, row: list[PdfLine]) -> bool:
    """Whether small letters belong into a row: right behind or before a larger text."""
    for line in row:
        is_near = min(abs(small.x0 - line.x1), abs(line.x0 - small.x1)) < 0.5 * line.size
        is_within = line.x0 < small.x0 < line.x1
        if (
            small.size < _SMALL * line.size
            and abs(small.baseline - line.baseline) < _RAISED * line.size
            and len(small.text) < 8
            and (is_near or is_within)
        ):
            return True
    return False


def _joined(row: list[PdfLine]) -> list[PdfLine]:
    """The parts of a row that go on in each other as one; their text is clean."""
    joined: list[PdfLine] = []
    for line in row:
        if joined and -0.5 * line.size < line.x0 - joined[-1].x1 < _END * line.size:
            last = joined[-1]
            space = " " if line.x0 - last.x1 > _SPACE * line.size else ""
            larger = last if len(last.text) >= len(line.text) else line
            joined[-1] = PdfLine(
                last.x0,
                max(last.x1, line.x1),
                larger.baseline,
                larger.size,
                last.text + space + line.text,
                last.is_bold and line.is_bold,
            )
        else:
            joined.append(line)
    cleaned = (
        line._replace(text=unicodedata.normalize("NFC", normalize(line.text))) for line in joined
    )
    return [line for line in cleaned if line.text]

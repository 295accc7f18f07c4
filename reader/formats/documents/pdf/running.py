"""Running headers and footers, and numbers of pages."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.formats.documents.pdf.lines import PdfLine


# Rows at the top and at the bottom of a page that may be headers and footers.
_MOST_ROWS = 3
# In sizes of letters: the distance of lines from which they stand apart.
_GAP = 1.6
# The share of pages that have the same header; left and right pages may have different ones.
_SHARE = 0.25
_PAGE_NUMBER = re.compile(
    r"(?:page|seite|pages?|pág(?:ina)?\.?|p\.|s\.|стр\.?)?\s*[-–—\[(|]*\s*\d{1,3}\s*"
    r"(?:(?:/|of|von|de|sur|из|\|)\s*\d{1,4}\s*)?[\])–—|-]*",
    re.IGNORECASE,
)
_PRINTED_FROM = re.compile(r"(?:https?://|file://)\S+\s+\d{1,4}/\d{1,4}")
# What a browser prints above a page: the time of printing, and the title.
_PRINTED_AT = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? \d{1,2}:\d{2}(?: [AP]M)?\b.*")


def without_running(pages: list[list[list[PdfLine]]]) -> list[list[list[PdfLine]]]:
    """The rows of pages without headers, footers and numbers of pages."""
    tops = Counter(key for page in pages for key in _keys(page[:_MOST_ROWS]))
    bottoms = Counter(key for page in pages for key in _keys(page[-_MOST_ROWS:]))
    fewest = max(2, _SHARE * len(pages))
    is_printed = any(page and _PRINTED_FROM.fullmatch(_text(page[-1])) for page in pages)
    kept: list[list[list[PdfLine]]] = []
    for page in pages:
        top = _running(page, tops, fewest, is_printed)
        bottom = _running(page[top:][::-1], bottoms, fewest, is_printed)
        kept.append(page[top : len(page) - bottom])
    return kept if any(kept) else pages


def _text(row: list[PdfLine]) -> str:
    return " ".join(line.text for line in row)


def _key(row: list[PdfLine]) -> str:
    """The text of a row, figures as one sign: they count pages."""
    return re.sub(r"\d+", "#", _text(row)).casefold()


def _keys(rows: list[list[PdfLine]]) -> set[str]:
    return set(map(_key, rows))


def _running(rows: list[list[PdfLine]], keys: Counter[str], fewest: float, is_printed: bool) -> int:
    """How many rows from the edge of a page on are headers or footers."""
    count = 0
    for index, row in enumerate(rows[:_MOST_ROWS]):
        text = _text(row)
        if is_printed and (_PRINTED_FROM.fullmatch(text) or _PRINTED_AT.fullmatch(text)):
            count = index + 1
        elif _PAGE_NUMBER.fullmatch(text) or keys[_key(row)] >= fewest:
            # What is repeated within the text is no header: that is set apart.
            count = index + 1 if _is_apart(rows, index) else count
        else:
            break
    return count


def _is_apart(rows: list[list[PdfLine]], index: int) -> bool:
    """Whether a gap or another size of letters follows a row or one of the next."""
    for row, inner in zip(rows[index:_MOST_ROWS], rows[index + 1 :], strict=False):
        size = max(row[0].size, inner[0].size)
        gap = abs(row[0].baseline - inner[0].baseline)
        if gap > _GAP * size or abs(row[0].size - inner[0].size) > 0.05 * size:
            return True
    return len(rows) <= index + 1

"""The lines of Nexis above an article's labels: its source, its date, its title."""

from __future__ import annotations

import re

from reader.formats.dates import find_date
from reader.formats.exports.fields import Blocks, ExportLine, Fields, in_blocks, is_copyright
from reader.formats.text import reads_as_prose

_YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d\b")
_NOTICE = re.compile(r"republish|permission|responsib|copyright|rights reserved", re.IGNORECASE)
# Lines between the date and the title, which are the edition's.
_EDITION = re.compile(
    r".*\b(?:editions?|ausgabe|auflage|édition|edición|editie|final|version|"
    r"correction appended|\d{1,2}:\d{2})\b.*",
    re.IGNORECASE,
)
_COVER = re.compile(
    r"(?:client/matter|search terms|search type|narrowed by|content type|job number|user name|"
    r"date and time|documents? \(\d+\)|download request|time of request)\b.*|\d+\. .*|"
    r".*content type:.*|.*\bprivacy policy\b.*",
    re.IGNORECASE,
)
# Lines, from the end of a header back, that may hold its date. Editions have up to three.
_DATE_WITHIN = 8
# Characters beside the date in its line: a weekday, a clock, an edition.
_BESIDE_DATE = 60
_LONGEST_TITLE = 600
_MOST_TITLE_LINES = 8


def read_uni_head(fields: Fields, lines: list[ExportLine]) -> None:
    """Read the lines above the labels: title, source, date, edition, copyright."""
    end = next((i for i, line in enumerate(lines) if is_copyright(line.text)), len(lines))
    lines = lines[:end]
    at = _date_index(lines, range(len(lines) - 1, max(0, len(lines) - _DATE_WITHIN), -1))
    if at is None:
        at = _undated(lines, range(len(lines) - 1, max(0, len(lines) - _DATE_WITHIN), -1))
    if at is None:
        fields.put("title", lines[0].text if lines else "", "title")
        return
    fields.put("date_text", lines[at].text, "date line")
    fields.put("source", lines[at - 1].text, "line above the date")
    title = lines[: at - 1]
    cover = [i for i, line in enumerate(title) if _COVER.fullmatch(line.text)]
    if len(cover) > 1:
        title = title[cover[-1] + 1 :][-1:]
    fields.put("title", " ".join(line.text for line in title[-_MOST_TITLE_LINES:]), "title")


def read_head(fields: Fields, lines: list[ExportLine], has_labels: bool) -> int:
    """Read the lines above the labels: the source, the date, the edition, the title.

    Without labels, the title is one block. Gives the index of the first line behind it.
    """
    start = next((i for i, line in enumerate(lines) if not _is_rights(line.text)), len(lines))
    within = range(start, min(len(lines), start + _DATE_WITHIN))
    at = _date_index(lines, within)
    if at is None:
        at = _undated(lines, within[1:])
    if at is not None:
        fields.put("date_text", lines[at].text, "date line")
    index = start
    if start < len(lines) and at != start:
        fields.put("source", lines[start].text, "first line")
        index = start + 1
    if at is not None:
        _read_between(fields, lines[index:at])
        index = _title_start(lines, at)
    titles = in_blocks(lines[index:])
    if not has_labels:
        titles = titles[:1]
    for number, text in enumerate(_joined(titles)):
        is_title = not number and len(text) <= _LONGEST_TITLE
        if is_title and not (fields.title and reads_as_prose(text)):
            _put_title(fields, text)
        elif not has_labels:
            return index
        elif number and not fields.paragraphs and not reads_as_prose(text):
            fields.deck.append(text)
        else:
            fields.paragraphs.append(text)
    return index + sum(map(len, titles))


def _joined(blocks: Blocks) -> list[str]:
    """The texts of blocks; one that ends in a semicolon is one text with the next, as in titles."""
    texts: list[str] = []
    for block in blocks:
        text = " ".join(block)
        if texts and texts[-1].endswith(";") and len(texts[-1]) < _LONGEST_TITLE:
            texts[-1] += f" {text}"
        else:
            texts.append(text)
    return texts


def _read_between(fields: Fields, lines: list[ExportLine]) -> None:
    """Read the lines between the source and the date: an address, or what may be the title."""
    for block in in_blocks(lines):
        text = " ".join(block)
        if block[0].startswith("http"):
            fields.put("url", "".join(block), "line below the source")
        elif len(text) <= _LONGEST_TITLE and not _NOTICE.search(text):
            fields.put("title", text, "line above the date")


def _put_title(fields: Fields, text: str) -> None:
    """Take a block below the date for the title, unless there was a longer one above."""
    if len(text) >= len(fields.title):
        fields.title = ""
        fields.put("title", text, "title")


def _is_rights(text: str) -> bool:
    return is_copyright(text) or bool(re.match(r"(?:all )?rights reserved", text, re.IGNORECASE))


def _title_start(lines: list[ExportLine], at: int) -> int:
    """The index of the first line behind the date's block and the lines of the edition."""
    index = at + 1
    while index < len(lines) and lines[index].block == lines[at].block:
        index += 1
    while index < len(lines) - 1:
        text = lines[index].text
        if not (_EDITION.fullmatch(text) or lines[index - 1].text.endswith(";") or _is_date(text)):
            break
        index += 1
    return index


def _is_date(text: str) -> bool:
    """Whether a line is a date with at most a weekday, a clock and an edition beside it."""
    dated = find_date(text) if len(text) < 120 and not is_copyright(text) else None
    return (
        dated is not None
        and len(text) - (dated.end - dated.start) <= _BESIDE_DATE
        and bool(_YEAR.search(text, dated.start, dated.end))
    )


def _date_index(lines: list[ExportLine], indices: range) -> int | None:
    return next((i for i in indices if _is_date(lines[i].text)), None)


def _undated(lines: list[ExportLine], indices: range) -> int | None:
    """The index of a line that has the form of a date, though not one that is understood."""
    return next(
        (i for i in indices if _YEAR.search(lines[i].text) and len(lines[i].text) < 60), None
    )

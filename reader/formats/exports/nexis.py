"""Exports of LexisNexis (LexisNexis Academic, Nexis) and Nexis Uni.

Both have an article's fields in lines of a label and a value, before and behind its text. The
older layout begins an article with "1 of 2 DOCUMENTS" and its labels are in capitals; in the one of
Nexis Uni the title comes first, the text follows a line "Body", and "End of Document" ends it.
"""

from __future__ import annotations

import re

from reader.formats.exports.fields import Blocks, ExportLine, Fields, in_blocks, is_copyright, texts
from reader.formats.exports.labels import NEXIS
from reader.formats.exports.nexis_head import read_head, read_uni_head
from reader.formats.text import reads_as_prose
from reader.language.clean import fold, normalize

_OF = r"(?:of|sur|von|de|van|di)"
SEPARATOR = re.compile(
    rf"[\d.,]+ {_OF} [\d.,]+ do[ck]ument\w{{0,4}}|do[ck]ument[eo]? [\d.,]+ {_OF} [\d.,]+",
    re.IGNORECASE,
)
END = re.compile(
    r"end of document|ende des dokuments|fin d[ue] document|fin del documento|einde van document",
    re.IGNORECASE,
)
# The length that the database gives: no other file has such a line.
LENGTH = re.compile(
    r"(?:LENGTH|Length|LÄNGE|Länge|LONGUEUR|Longueur|LENGTE|Lengte|LONGITUD|Longitud):"
    r" ?\d[\d.,]*(?: \d+)? (?:words?|mots?|Wörter|Wort|woorden|palabras)",
)
_BODY = re.compile(r"(?:Body|Text|Corps|Texte|Haupttext|Volltext|Cuerpo)", re.IGNORECASE)
_PAGE = re.compile(
    r"(?:page|seite|página|pagina) \d+ (?:of|von|sur|de) \d+|link to (?:image|pdf|original)",
    re.IGNORECASE,
)
_LABEL = re.compile(r'(?P<label>[^\W\d_][^\d:;,.!?"]{1,30}?)\s?:\s*(?P<value>.*)')

# The kinds of labels; those of fields have the fields' names.
_HEADER = frozenset({"length", "section", "author", "title", "deck", "body", "header"})
# Some older files have the length and the section behind the text.
_FOOTER = frozenset({"footer", "language", "url", "caption", "text", "length", "section"})
_GRAPHIC = re.compile(r"graphics?|grafik|graphique|gráfico", re.IGNORECASE)
_BARE_LENGTH = re.compile(r"[\d.,]+ (?:words?|mots?|Wörter|woorden)")
_PAGE_NUMBER = re.compile(r"(?:pg|p|page|s|seite|blz)\b\.? ?[A-Z]?\d", re.IGNORECASE)
_LONGEST_MARK = 90
_MOST_HEADER_LINES = 60
_MOST_FOOTER_LINES = 200


def split(blocks: Blocks) -> list[Blocks]:
    """The parts of a file that have an article each; empty without marks of a bundle."""
    if any(SEPARATOR.fullmatch(line) for block in blocks for line in block):
        return _cut(blocks, SEPARATOR)[1:]
    if any(END.fullmatch(line) for block in blocks for line in block):
        parts = _cut(blocks, END)
        # Behind the last mark, there may be a page's footer.
        return parts if _labels(parts[-1]) else parts[:-1]
    return []


def is_single(blocks: Blocks) -> bool:
    """Whether blocks without marks of a bundle are one article: its length and one more label."""
    lines = [line for block in blocks for line in block]
    if not any(LENGTH.fullmatch(line) for line in lines):
        return False
    return len(_labels(blocks)) >= 2 or "Body" in lines


def _labels(blocks: Blocks) -> set[str]:
    """The labels in blocks."""
    return {line.label for line in _lines(blocks)} - {""}


def _cut(blocks: Blocks, mark: re.Pattern[str]) -> list[Blocks]:
    """The blocks, cut at the lines that a mark matches whole, which are left out."""
    parts: list[Blocks] = [[]]
    for block in blocks:
        lines: list[str] = []
        for line in block:
            if len(line) <= _LONGEST_MARK and mark.fullmatch(line):
                if lines:
                    parts[-1].append(lines)
                lines = []
                parts.append([])
            elif not (len(line) <= _LONGEST_MARK and _PAGE.fullmatch(line)):
                lines.append(line)
        if lines:
            parts[-1].append(lines)
    return parts


def _lines(blocks: Blocks) -> list[ExportLine]:
    """The lines with their labels."""
    return [_line(text, index) for index, block in enumerate(blocks) for text in block]


def _line(text: str, block: int) -> ExportLine:
    match = _LABEL.match(text)
    if match and (kind := NEXIS.get(fold(match["label"]))):
        return ExportLine(text, block, kind, match["label"], match["value"])
    if len(text) <= 10 and _BODY.fullmatch(text):
        return ExportLine(text, block, "body", text)
    return ExportLine(text, block)


def read(part: Blocks) -> Fields | None:
    """The article in a part of a file; None if nothing in it is known for a field."""
    fields = Fields("Nexis")
    lines = _lines(part)
    start = next((i for i, line in enumerate(lines) if line.kind in _HEADER), len(lines))
    has_labels = start < len(lines)
    is_uni = has_labels and not lines[start].label.isupper()
    if not is_uni:
        # A line "Note: …" is one of the text.
        lines = [line if line.label.isupper() else ExportLine(*line[:2]) for line in lines]
    if not has_labels:
        start = _footer_start(lines, 0)
    if is_uni:
        read_uni_head(fields, lines[:start])
        body = start
    else:
        body = read_head(fields, lines[:start], has_labels)
    if has_labels:
        body = _read_header(fields, lines, start, is_uni)
    end = _footer_start(lines, body)
    if body < end and _BARE_LENGTH.fullmatch(lines[body].text):
        body += 1
    paragraphs = texts(in_blocks(_without_graphics(fields, lines[body:end], is_uni)))
    fields.paragraphs += paragraphs
    _read_footer(fields, lines[end:])
    # Without a label above or below the text, it may be any file with a line that is like a mark.
    is_known = has_labels or (end < len(lines) and bool(fields.date_text))
    return fields if is_known and (fields.paragraphs or fields.title) else None


def _read_header(fields: Fields, lines: list[ExportLine], start: int, is_uni: bool) -> int:
    """Read the labelled lines from `start` on; the index of the first line of the text."""
    limit = min(len(lines), start + _MOST_HEADER_LINES)
    bodies = (i for i in range(start, limit) if lines[i].kind == "body")
    marked = next((i for i in bodies if is_uni == (lines[i].label == lines[i].text)), None)
    values: list[tuple[ExportLine, list[str]]] = []
    index = start
    while index < (limit if marked is None else marked):
        line = lines[index]
        if line.kind:
            values.append((line, [line.value]))
        elif marked is not None or _continues(lines[index - 1], line, values[-1][0]):
            values[-1][1].append(line.text)
        elif not (length := _title_between(fields, lines, index)):
            break
        else:
            index += length
            continue
        index += 1
    for line, value in values:
        _put(fields, line, normalize(" ".join(value)))
    if marked is None:
        return index
    if lines[marked].value:
        fields.paragraphs.append(lines[marked].value)
    return marked + 1


def _title_between(fields: Fields, lines: list[ExportLine], index: int) -> int:
    """The length of a block in the header that is the title: labels follow, and none was above."""
    end = index
    while end < len(lines) and lines[end].block == lines[index].block:
        end += 1
    if fields.title or end == len(lines) or lines[end].kind not in _HEADER:
        return 0
    fields.put("title", " ".join(line.text for line in lines[index:end]), "title")
    return end - index


def _continues(before: ExportLine, line: ExportLine, label: ExportLine) -> bool:
    """Whether a line of the header without a label belongs to the one before."""
    if not before.value and before.kind and before.kind != "length":
        return True
    return line.block == before.block and label.kind in {"section", "author", "title", "deck"}


def _put(fields: Fields, line: ExportLine, value: str) -> None:
    """Put a labelled value where its label says."""
    if line.kind == "deck":
        fields.deck.append(value)
    elif line.kind == "section":
        # Behind the section's name: the page and the version.
        name = re.split(r"\s*;\s*", value)[0]
        if not _PAGE_NUMBER.match(name):
            fields.put("section", name, line.label)
    elif line.kind in {"author", "title", "language", "url"}:
        fields.put(line.kind, value, line.label)


def _footer_start(lines: list[ExportLine], start: int) -> int:
    """The index of the first of the lines behind the text.

    From the end back, as long as there are labels, notes of copyright, and what may belong to them:
    the rest of a label's block, the captions of graphics, notes; short lines.
    """
    end = len(lines)
    pending: list[ExportLine] = []
    for index in range(len(lines) - 1, start - 1, -1):
        line = lines[index]
        is_end = is_copyright(line.text) or line.text == "Classification"
        if is_end or (line.kind in _FOOTER and (line.label.isupper() or line.value)):
            apart = [other for other in reversed(pending) if other.block != line.block]
            has_prose = any(reads_as_prose(" ".join(block)) for block in in_blocks(apart))
            if has_prose and not _keeps_prose(lines, index):
                break
            end, pending = index, []
        else:
            pending.append(line)
            if len(pending) > _MOST_FOOTER_LINES:
                break
    return end


def _keeps_prose(lines: list[ExportLine], index: int) -> bool:
    """Whether prose may belong to a label: to that of a caption, or of a note behind others."""
    if lines[index].kind != "text":
        return lines[index].kind == "caption"
    # The block before begins with a label: the text is over.
    before = index - 1
    while before > 0 and lines[before - 1].block == lines[before].block:
        before -= 1
    return before >= 0 and lines[before].kind in {"footer", "language", "caption"}


def _read_footer(fields: Fields, lines: list[ExportLine]) -> None:
    """Read the labelled lines behind the text: captions and notes are kept, others left out."""
    label: ExportLine | None = None
    values: list[tuple[ExportLine, list[str]]] = []
    for line in lines:
        if is_copyright(line.text):
            label = None
        elif line.kind:
            label = line
            values.append((line, [line.value] if line.value else []))
        elif label is not None:
            values[-1][1].append(line.text)
    for line, value in values:
        text = normalize(" ".join(value))
        if line.kind == "caption" and text:
            fields.captions.append(text)
        elif line.kind == "text" and text:
            fields.paragraphs.append(f"{line.label}: {text}")
        elif line.kind in {"language", "url"}:
            fields.put(line.kind, text, line.label)


def _without_graphics(fields: Fields, lines: list[ExportLine], is_uni: bool) -> list[ExportLine]:
    """The lines of the text; in Nexis Uni, those behind a last line "Graphic" are captions."""
    graphic = [i for i, line in enumerate(lines) if _GRAPHIC.fullmatch(line.text)] if is_uni else []
    if not graphic:
        return lines
    fields.captions += texts(in_blocks(lines[graphic[-1] + 1 :]))
    return lines[: graphic[-1]]

"""Exports of Factiva: articles that end with their number, "Document EXNEWS0020260514em5e0001p".

The fields have codes of two letters (HD, PD, SN …), or are lines in a certain order around that of
the length: section, title, author; "1,234 words"; date, source, code, language, copyright.
"""

from __future__ import annotations

import re

from reader.formats.dates import find_date
from reader.formats.exports.fields import (
    Blocks,
    ExportLine,
    Fields,
    in_blocks,
    is_copyright,
    language_code,
    texts,
)

DOCUMENT = re.compile(r"(?:AN\b[\s|]*)?Do[ck]umento? [A-Z][A-Za-z0-9]{3,}\d{8}\w{4,20}")
_LENGTH = re.compile(
    r"[\d.,\s]*\d (?:words?|mots?|Wörter|Wort|palabras|parole|woorden|palavras|ord)", re.IGNORECASE
)
_TIME = re.compile(r"\d{1,2}[:.h]\d{2}(?: ?[ap]m)?(?: [A-Z]{2,4})?", re.IGNORECASE)
_CODE = re.compile(r"[A-Z0-9]{2,10}")
# The codes of fields. LP and TD have the text.
_CODES = frozenset(
    "SE HD BY CR WC PD ET SN SC ED PG VOL LA CY LP TD ART CO IN NS RE IPC IPD PUB AN RF CT CX "
    "NGC GC HDE CLM DL DJN RST TX NT SU".split()
)
_TEXT_CODES = frozenset({"LP", "TD", "TX", "CX"})
_NAMED_CODES = {
    "HD": "title",
    "BY": "author",
    "PD": "date_text",
    "SN": "source",
    "SE": "section",
    "LA": "language",
}
_CODED = re.compile(r"(?P<code>[A-Z]{2,3})(?:\s*\|\s*|\t\s*| |$)(?P<value>.*)")
# Fields behind the text, where nothing but a space is between a code and its value.
_TAIL = re.compile(r"(?:CO|IN|NS|RE) \S+ : |(?:IPC|IPD|PUB|AN) ")
# What a name looks like: words with a capital each, and particles; no word that joins things.
_NAME = re.compile(
    r"(?:(?:by|von|par|por|di|door)\s+)?[^\W\d_a-z][\w.'’-]*"
    r"(?:(?:,)?\s+(?:(?:da|de|del|della|den|der|di|do|dos|du|el|la|le|van|von|y|and|et)\s+)*"
    r"[^\W\d_a-z][\w.'’-]*){1,5}",
)
_BY = re.compile(r"(?:by|von|par|por|di|door)\s+\S.{2,80}", re.IGNORECASE)
_COVER = re.compile(
    r"(?:factiva\W*)?(?:dow jones)?|page \d+.*factiva.*|.*\bfactiva, inc\b.*|"
    r"search summary|headlines|contents",
    re.IGNORECASE,
)
_MOST_LINES_BEHIND_LENGTH = 14
_DATE_WITHIN = 3
_MOST_HEAD_LINES = 6
# The name of a company at the end.
_PUBLISHER = re.compile(
    r".{2,60}\b(?:AG|GmbH(?: & Co\.? KG)?|Ltd\.?|Limited|Inc\.?|LLC|PLC|plc|SARL|Corp\.?|"
    r"S\.?A\.?S?\.?|Corporation|Company|B\.?V\.?|N\.?V\.?|S\.?p\.?A\.?|A/S|KG)"
)


def split(blocks: Blocks) -> list[Blocks]:
    """The parts of a file, each up to the number of its document; what follows is left out."""
    parts: list[Blocks] = [[]]
    for block in blocks:
        lines: list[str] = []
        for line in block:
            if len(line) < 90 and DOCUMENT.fullmatch(line):
                if lines:
                    parts[-1].append(lines)
                lines = []
                parts.append([])
            elif not (len(line) < 90 and _COVER.fullmatch(line)):
                lines.append(line)
        if lines:
            parts[-1].append(lines)
    return parts[:-1]


def read(part: Blocks) -> Fields | None:
    """The article in a part of a file; None if its layout is neither of the two."""
    lines = [ExportLine(text, index) for index, block in enumerate(part) for text in block]
    codes = {match["code"] for line in lines if (match := _CODED.match(line.text))}
    if "HD" in codes and len(codes & _CODES) >= 4:
        return read_coded(part)
    return read_plain(lines)


def read_coded(part: Blocks) -> Fields:
    """The article in lines that begin with codes: "PD | 14 May 2026", or each behind its code."""
    fields = Fields("Factiva")
    values: list[tuple[str, Blocks]] = [("", [])]
    for block in part:
        lines: list[str] = []
        for line in block:
            match = _CODED.fullmatch(line)
            code = match["code"] if match else ""
            # A line of the text may begin with "IN ".
            is_apart = line == code or "|" in line[:6] or "\t" in line[:6] or _TAIL.match(line)
            if match and code in _CODES and (is_apart or values[-1][0] not in _TEXT_CODES):
                values[-1][1].append(lines)
                lines = [match["value"]] if match["value"] else []
                values.append((code, []))
            else:
                lines.append(line)
        values[-1][1].append(lines)
    for code, value in values:
        if code in _TEXT_CODES:
            fields.paragraphs += texts(value)
        elif code in _NAMED_CODES:
            fields.put(_NAMED_CODES[code], " ".join(texts(value)), code)
    return fields


def read_plain(lines: list[ExportLine], title: str = "", author: str = "") -> Fields | None:
    """The article in lines around that of its length; None without one.

    A title and an author that are known already are not among the lines.
    """
    at = next((i for i, line in enumerate(lines) if _LENGTH.fullmatch(line.text)), None)
    if at is None:
        return None
    fields = Fields("Factiva")
    fields.put("title", title, "headline")
    fields.put("author", author, "author")
    head = lines[:at]
    if title:
        fields.put("section", " ".join(line.text for line in head), "line above the title")
    else:
        _read_head(fields, head, lines[at].block)
    start = _read_imprint(fields, lines, at + 1)
    fields.paragraphs = _without_publisher(texts(in_blocks(lines[start:])))
    return fields


def _read_head(fields: Fields, head: list[ExportLine], block: int) -> None:
    """Read the lines above the length: a section or none, the title, an author or none.

    A line in the length's own block is the author. Where all lines are blocks of their own, the
    last of three or more, or of two, is if it looks like a name.
    """
    beside = [line.text for line in head if line.block == block]
    above = [line for line in head if line.block != block]
    if beside and not above:
        beside, above = [], head
    if beside:
        fields.put("author", ", ".join(beside), "line above the length")
        above = [line for line in above if line.block == above[-1].block]
    elif len(above) > 1 and _is_author([line.text for line in above]):
        fields.put("author", above[-1].text, "line above the length")
        above = above[:-1]
    names = [line.text for line in above[-_MOST_HEAD_LINES:]]
    if len(names) > 1 and _is_section(names):
        fields.put("section", names[0], "line above the title")
        names = names[1:]
    fields.put("title", " ".join(names), "line above the length")


def _is_author(lines: list[str]) -> bool:
    """Whether the last line above the length is the author."""
    last = lines[-1]
    if _BY.fullmatch(last):
        return True
    # "Wirtschaft", "Poesie und Stahl": a section and a title, more often than a title and a name.
    is_second_of_two = len(lines) == 2 and " " not in lines[0]
    return bool(_NAME.fullmatch(last)) and len(last) <= 60 and not is_second_of_two


def _is_section(lines: list[str]) -> bool:
    """Whether the first line is a section: short, no sentence, and shorter than the rest."""
    first, rest = lines[0], " ".join(lines[1:])
    return len(first) <= 40 and len(first) < len(rest) and not re.search(r"[.!?,;:…–-]\W*$", first)


def _read_imprint(fields: Fields, lines: list[ExportLine], start: int) -> int:
    """Read the lines below the length; the index of the first line of the text."""
    limit = min(len(lines), start + _MOST_LINES_BEHIND_LENGTH)
    dates = range(start, min(limit, start + _DATE_WITHIN))
    at = next((i for i in dates if find_date(lines[i].text)), None)
    if at is None:
        at = next((i for i in dates if re.search(r"\b\d{4}\b", lines[i].text)), None)
    if at is None:
        fields.warnings.append(f"the date of {fields.title!r} is not where it should be")
        at = start - 1
    else:
        fields.put("date_text", lines[at].text, "line below the length")
    index = at + 1
    if index < limit and _TIME.fullmatch(lines[index].text):
        index += 1
    end = next((i for i in range(index, limit) if is_copyright(lines[i].text)), None)
    language = next((i for i in range(index, limit) if _is_language(lines[i].text)), None)
    if language is not None:
        fields.put("language", lines[language].text, "language")
    if index < limit and index not in (end, language):
        fields.put("source", lines[index].text, "line below the date")
        index += 1
    if end is not None:
        # A long note of copyright goes on in its block.
        block = lines[end].block
        end += 1
        while end < len(lines) and lines[end].block == block:
            end += 1
        return end
    if language is not None:
        return language + 1
    while index < limit and _CODE.fullmatch(lines[index].text):
        index += 1
    return index


def _is_language(text: str) -> bool:
    return len(text) <= 20 and len(text.split()) <= 2 and language_code(text) is not None


def _without_publisher(paragraphs: list[str]) -> list[str]:
    """The paragraphs without a last line that is the publisher's name."""
    if len(paragraphs) > 1 and _PUBLISHER.fullmatch(paragraphs[-1]):
        return paragraphs[:-1]
    return paragraphs

"""Rich Text Format (Microsoft, specification 1.9.1): the text and the footnotes, by striprtf."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

from reader.errors import UnreadableFile
from reader.formats.documents.body import (
    DocumentPart,
    Run,
    articles_of,
    divided,
    lines_of,
    styled,
    table_parts,
    without_bullet,
)
from reader.formats.extras import installing
from reader.language.clean import normalize

if TYPE_CHECKING:
    from reader.model.article import Article

KIND = "an RTF document"
# Characters without pictures. striprtf takes 1 µs for each.
_LONGEST = 8_000_000
# Characters of the table of fonts, for which it takes more. Word's have 60,000.
_LONGEST_FONT_TABLE = 200_000
_MOST_NOTES = 2000
# Pictures, in hexadecimal.
_PICTURE = re.compile(r"[0-9a-fA-F\r\n]{500,}")
_NOTE = re.compile(r"\{(?:\\\*)?\\footnote(?![a-z])")
_BRACE = re.compile(r"(?<!\\)(?:\\\\)*([{}])")
_CODE_PAGE = re.compile(r"\\ansicpg\d{1,5}")
_TITLE = re.compile(r"\{\\title\s+([^{}]{1,1000})\}")
# Characters in which the properties of the document stand.
_PROPERTIES_WITHIN = 200_000
# Control words that striprtf does not tell apart, and what it is given for them: line breaks,
# rows, ends of cells and headings as control characters, deleted text as a comment, which is left
# out.
_REPLACED = (
    (re.compile(r"\\line(?![a-z])"), r"\'1e"),
    (re.compile(r"\\(?:nest)?cell(?![a-z])"), r"\'1f"),
    (re.compile(r"\\trowd(?![a-z])"), r"\'1c"),
    (re.compile(r"\\row(?![a-z])"), r"\'1d"),
    (re.compile(r"\\deleted(?![a-z0-9])"), r"\\comment "),
    # Binary data of no stated length, which is none.
    (re.compile(r"\\bin(?!\d)"), r"\\bi n"),
    # The level of a heading; after it other text may stand.
    (re.compile(r"\\outlinelevel([0-8])(?!\d) ?"), r"\'02\1"),
    # It would put the addresses of links into the text, after looking at each line very often.
    (re.compile(r"\\fldinst\{"), r"\\fldinst {"),
    # A font's beginning: what striprtf looks for in the table of fonts ends at the line's end.
    (re.compile(r"(?=\\f\d)"), "\n"),
)
_LINE, _CELL, _ROW, _ROW_END = "\x1e", "\x1f", "\x1c", "\x1d"
_HEADING = re.compile("\x02([0-8])")
_SURROGATES = re.compile("[\ud800-\udfff]")


def parse_rtf(content: bytes, file_id: str) -> list[Article]:
    """The article in a document. Text that tracked changes delete is left out.

    Raises UnreadableFile, also if the extra `rtf` is not installed.
    """
    if content.lstrip()[:5] != b"{\\rtf":
        raise UnreadableFile(f"{KIND} that is damaged, or none")
    source = _PICTURE.sub("", content.decode("cp1252", "replace"))
    if len(source) > _LONGEST:
        raise UnreadableFile(f"{KIND} of more than {_LONGEST:,} characters")
    source, notes = _without_notes(source)
    code_page = _CODE_PAGE.search(source[:_PROPERTIES_WITHIN])
    start = "{\\rtf1" + (code_page[0] if code_page else "") + " "
    parts = list(_parts(_plain(source)))
    for note in notes:
        text = normalize(_plain(start + note + "}"))
        parts.append(DocumentPart("footnote", text))
    title = _TITLE.search(source[:_PROPERTIES_WITHIN])
    property_title = _plain(start + title[1] + "}") if title else None
    return articles_of(parts, file_id, KIND, property_title)


def _plain(source: str) -> str:
    """The text of RTF, with the marks of lines and cells."""
    try:
        striprtf: Any = import_module("striprtf.striprtf")  # it has no types
    except ImportError as error:
        raise UnreadableFile(f"{KIND}, which needs striprtf: {installing('rtf')}") from error
    if len(striprtf.font_table_group(source)) > _LONGEST_FONT_TABLE:
        raise UnreadableFile(f"{KIND} with too many fonts")
    for pattern, replacement in _REPLACED:
        source = pattern.sub(replacement, source)
    text: str = striprtf.rtf_to_text(source, errors="replace")
    if _SURROGATES.search(text):  # characters beyond the first plane come in two halves
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _without_notes(source: str) -> tuple[str, list[str]]:
    """The RTF without its footnotes, and the RTF of each."""
    kept: list[str] = []
    notes: list[str] = []
    end = 0
    for match in _NOTE.finditer(source):
        if match.start() < end or len(notes) >= _MOST_NOTES:
            continue
        depth = 1
        for brace in _BRACE.finditer(source, match.end()):
            depth += 1 if brace[1] == "{" else -1
            if not depth:
                kept.append(source[end : match.start()])
                notes.append(source[match.end() : brace.end() - 1])
                end = brace.end()
                break
        else:
            break  # no end: nothing after it is a note
    return "".join([*kept, source[end:]]), notes


def _parts(text: str) -> Iterator[DocumentPart]:
    """The paragraphs and tables in the text of a document: a paragraph is a line."""
    rows: list[list[list[DocumentPart]]] = []
    *ended, rest = text.split(_ROW_END)
    for piece in ended:
        before, _, row = piece.partition(_ROW)
        if before.strip():
            yield from table_parts(rows)
            rows = []
            yield from _paragraphs(before)
        rows.append([list(_paragraphs(cell)) for cell in row.split(_CELL)[:-1]])
    yield from table_parts(rows)
    yield from _paragraphs(rest)


def _paragraphs(text: str) -> Iterator[DocumentPart]:
    """The paragraphs in a text: lines, and what two line breaks divide in them."""
    for line in text.split("\n"):
        if heading := _HEADING.search(line):
            level = int(heading[1]) + 1
            yield DocumentPart("heading", normalize(_HEADING.sub("", line)), level=level)
            continue
        for runs in divided([Run(line.replace(_LINE, "\n"))]):
            clean, _ = styled(runs)
            yield without_bullet(DocumentPart("paragraph", clean, lines=lines_of(runs)))

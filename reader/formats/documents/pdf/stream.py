"""The characters on the pages of a PDF, where they stand, read within limits.

pdfminer unpacks whatever it is given, follows any range, and runs what forms repeat: its parser,
streams, fonts and interpreter are used through classes that count.
"""

from __future__ import annotations

import logging
import re
import zlib
from io import BytesIO
from typing import Any, NamedTuple

from reader.errors import UnreadableFile
from reader.formats.extras import installing
from reader.language.clean import normalize

KIND = "a PDF"
_MOST_PAGES = 2000
_MOST_CHARACTERS = 1_500_000
# Bytes that all streams of a file have when they are unpacked, and those of one that has a
# predictor, which pdfminer takes 1 µs a byte for.
_LARGEST_UNPACKED = 64 * 1024 * 1024
_LARGEST_PREDICTED = 4 * 1024 * 1024
# Bytes of page descriptions that are run, repetitions included: 1 µs for each.
_MOST_RUN = 32 * 1024 * 1024
# Codes that the ranges of a font may have.
_MOST_CODES = 200_000
# Codes of one range; all of a font of two bytes are 65,536.
_LARGE_RANGE = 70_000
_MOST_OBJECTS = 500_000
# Those that stand in the file itself, which pdfminer looks for, 25 µs for each, if it has no table.
_MOST_LISTED = 100_000
_CHUNK = 64 * 1024

_BOLD = re.compile(r"bold|black|heavy|demi|cmbx|medi\b|\bbd\b", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|cmti|\bit\b", re.IGNORECASE)
_UNKNOWN = "\ufffd"


class Glyph(NamedTuple):
    """A character of a page: from and to where it goes, its baseline and size, all in points from
    the lower left corner, and whether its font is bold or italic.
    """

    x0: float
    x1: float
    baseline: float
    size: float
    text: str
    is_bold: bool
    is_italic: bool


class PdfPage(NamedTuple):
    """The characters of a page, in the order in which they are printed, and how many others do not
    stand upright.
    """

    glyphs: list[Glyph]
    sideways: int = 0


class Document(NamedTuple):
    """The pages of a PDF, and the title in its properties."""

    title: str | None
    pages: list[PdfPage]


class _Budget:
    """What may still be done for a file. Its methods raise UnreadableFile when that is used up."""

    def __init__(self) -> None:
        self.unpacked = _LARGEST_UNPACKED
        self._run = _MOST_RUN
        self._characters = _MOST_CHARACTERS

    def unpack(self, size: int) -> None:
        self.unpacked -= size
        if self.unpacked < 0:
            raise UnreadableFile(f"{KIND} larger than {_LARGEST_UNPACKED // 1024**2} MiB unpacked")

    def run(self, size: int) -> None:
        self._run -= size
        if self._run < 0:
            raise UnreadableFile(f"{KIND} whose pages take too long to draw")

    def print(self) -> None:
        self._characters -= 1
        if self._characters < 0:
            raise UnreadableFile(f"{KIND} of more than {_MOST_CHARACTERS:,} characters")


def read_pdf(content: bytes) -> Document:
    """The pages of a PDF. Raises UnreadableFile."""
    try:
        import pdfminer.pdfpage
    except ImportError as error:
        raise UnreadableFile(f"{KIND}, which needs pdfminer.six: {installing('pdf')}") from error
    from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect, PDFSyntaxError
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.psexceptions import PSException

    from reader.formats.documents.pdf.counting import Device, Fonts, Interpreter, Parser

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    budget = _Budget()
    if content.count(b" obj") > _MOST_LISTED:
        raise UnreadableFile(f"{KIND} of more than {_MOST_LISTED:,} objects")
    try:
        document = PDFDocument(Parser(BytesIO(content), budget))
    except PDFPasswordIncorrect as error:
        raise UnreadableFile(f"{KIND} that needs a password") from error
    except (PDFSyntaxError, PDFException, PSException) as error:
        raise UnreadableFile(f"{KIND} that is damaged") from error
    _refuse_endless(document)
    fonts = Fonts()
    device = Device(fonts, budget)
    interpreter = Interpreter(fonts, device)
    pages: list[PdfPage] = []
    for page in pdfminer.pdfpage.PDFPage.create_pages(document):
        if len(pages) >= _MOST_PAGES:
            raise UnreadableFile(f"{KIND} of more than {_MOST_PAGES:,} pages")
        device.glyphs, device.sideways = [], 0
        interpreter.process_page(page)
        pages.append(PdfPage(device.glyphs, device.sideways))
    return Document(_title(document), pages)


def _refuse_endless(document: Any) -> None:
    """Raise UnreadableFile for tables that say that they are endless."""
    for xref in document.xrefs:
        objects = sum(count for _, count in getattr(xref, "ranges", ()))
        if objects > _MOST_OBJECTS:
            raise UnreadableFile(f"{KIND} of more than {_MOST_OBJECTS:,} objects")


def _title(document: Any) -> str | None:
    """The title in the properties."""
    from pdfminer.pdftypes import resolve1
    from pdfminer.utils import decode_text

    for properties in document.info:
        title = resolve1(properties.get("Title"))
        if isinstance(title, bytes) and (text := normalize(decode_text(title[:2000]))):
            return text
    return None


def unpacked(data: bytes, budget: Any) -> bytes:
    """Bytes packed by Flate (RFC 1950), up to where they are damaged. Raises UnreadableFile."""
    stream = zlib.decompressobj()
    content = bytearray()
    packed = data
    try:
        while packed and not stream.eof:
            piece = stream.decompress(packed, _CHUNK)
            budget.unpack(len(piece))
            content += piece
            packed = stream.unconsumed_tail
    except zlib.error:
        return _unpacked_before_damage(data, budget)
    return bytes(content)


def _unpacked_before_damage(data: bytes, budget: Any) -> bytes:
    """The same for damaged bytes, one after another: an error takes its whole piece with it."""
    stream = zlib.decompressobj()
    content = bytearray()
    try:
        for n in range(len(data)):
            piece = stream.decompress(data[n : n + 1])
            budget.unpack(len(piece) + 1)
            content += piece
    except zlib.error:
        pass
    return bytes(content)


def unpacked_lzw(data: bytes, budget: Any) -> bytes:
    """Bytes packed by LZW, up to where they are damaged. Raises UnreadableFile."""
    from pdfminer.lzw import LZWDecoder

    content = bytearray()
    try:
        for piece in LZWDecoder(BytesIO(data)).run():
            budget.unpack(len(piece))
            content += piece
    except (EOFError, IndexError, TypeError):
        pass
    return bytes(content)


def refuse_predictor(data: bytes) -> None:
    """Raise UnreadableFile for a stream that is too large to undo a predictor."""
    if len(data) > _LARGEST_PREDICTED:
        raise UnreadableFile(f"{KIND} with streams that take too long to unpack")


def refuse_wide(numbers: Any) -> None:
    """Raise UnreadableFile if a font's list of widths has numbers that are no codes."""
    if isinstance(numbers, list):
        if any(isinstance(n, (int, float)) and abs(n) > _MOST_CODES for n in numbers):
            raise UnreadableFile(f"{KIND} with a font of too many characters")
        if len(numbers) > _MOST_CODES:
            raise UnreadableFile(f"{KIND} with a font of too many characters")


def refuse_wide_map(data: bytes) -> None:
    """Raise UnreadableFile for a map of characters whose ranges have too many."""
    from pdfminer.psparser import PSEOF, PSBaseParser, PSKeyword

    parser = PSBaseParser(BytesIO(data))
    codes, depth = 0, 0
    codes_of_range: list[bytes] | None = None
    try:
        while True:
            token = parser.nexttoken()[1]
            if isinstance(token, PSKeyword):
                name = bytes(token.name) if isinstance(token.name, bytes) else b""
                depth += (name == b"[") - (name == b"]")
                if name in (b"beginbfrange", b"begincidrange"):
                    codes_of_range = []
            elif codes_of_range is not None and not depth and isinstance(token, bytes):
                codes_of_range.append(token)
                if len(codes_of_range) > 1 and len(token) == len(codes_of_range[-2]):
                    first, last = (int.from_bytes(code, "big") for code in codes_of_range[-2:])
                    codes += last - first if 0 < last - first > _LARGE_RANGE else 0
            if codes > _MOST_CODES:
                raise UnreadableFile(f"{KIND} with a font of too many characters")
    except PSEOF:
        return


def style_of(font_name: str) -> tuple[bool, bool]:
    """Whether a font is bold, and whether it is italic, by its name."""
    return bool(_BOLD.search(font_name)), bool(_ITALIC.search(font_name))

"""pdfminer's parser, fonts, interpreter and device, with the limits of `stream`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import (
    LITERALS_ASCII85_DECODE,
    LITERALS_ASCIIHEX_DECODE,
    LITERALS_FLATE_DECODE,
    LITERALS_LZW_DECODE,
    LITERALS_RUNLENGTH_DECODE,
    PDFStream,
    resolve1,
)

from reader.formats.documents.pdf.stream import (
    Glyph,
    refuse_predictor,
    refuse_wide,
    refuse_wide_map,
    style_of,
    unpacked,
    unpacked_lzw,
)

# A control or a private character is none that can be read.
_UNKNOWN = "\ufffd"
# The most that a run of equal bytes is packed to.
_RUN_LENGTH = 64


class CountedStream(PDFStream):
    """A stream whose size unpacked counts, and in which damage ends what is read."""

    budget: Any = None

    def decode(self) -> None:
        """Unpack the stream; images, which are not read, are empty."""
        data = self.rawdata or b""
        if self.decipher:
            data = self.decipher(self.objid or 0, self.genno or 0, data, self.attrs)
        for name, parameters in self.get_filters():
            data = self._unpacked(name, data)
            if isinstance(parameters, Mapping) and "Predictor" in parameters:
                data = self._without_predictor(data, parameters)
        self.data = data
        self.rawdata = None

    def _unpacked(self, name: Any, data: bytes) -> bytes:
        if name in LITERALS_FLATE_DECODE:
            return unpacked(data, self.budget)
        if name in LITERALS_LZW_DECODE:
            return unpacked_lzw(data, self.budget)
        plain = LITERALS_ASCII85_DECODE + LITERALS_ASCIIHEX_DECODE + LITERALS_RUNLENGTH_DECODE
        if name not in plain:
            return b""
        is_packed = name in LITERALS_RUNLENGTH_DECODE
        self.budget.unpack(len(data) * (_RUN_LENGTH if is_packed else 1))
        stream = PDFStream({"Filter": name}, data)
        return stream.get_data()

    def _without_predictor(self, data: bytes, parameters: Mapping[str, Any]) -> bytes:
        if resolve1(parameters["Predictor"]) == 1:
            return data
        refuse_predictor(data)
        from pdfminer.utils import apply_png_predictor, apply_tiff_predictor

        colors, columns, bits = (
            value if isinstance(value := resolve1(parameters.get(name)), int) else default
            for name, default in (("Colors", 1), ("Columns", 1), ("BitsPerComponent", 8))
        )
        if resolve1(parameters["Predictor"]) == 2:
            return apply_tiff_predictor(colors, columns, bits, data)
        return apply_png_predictor(15, colors, columns, bits, data)


class Parser(PDFParser):
    """A parser of a file whose streams count."""

    def __init__(self, file: Any, budget: Any) -> None:
        super().__init__(file)
        self._budget = budget

    def push(self, *objs: Any) -> None:
        """Push objects onto the stack."""
        for _, obj in objs:
            if type(obj) is PDFStream:
                obj.__class__ = CountedStream
                obj.budget = self._budget  # type: ignore[attr-defined]
        super().push(*objs)


class Fonts(PDFResourceManager):
    """The fonts of a file, without those that have no end."""

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        """The font of a specification, made once for each id."""
        if objid is None or objid not in self._cached_fonts:
            for name in ("W", "W2", "FirstChar"):
                widths = resolve1(spec.get(name))
                refuse_wide([resolve1(n) for n in widths] if isinstance(widths, list) else [widths])
            codes = resolve1(spec.get("ToUnicode"))
            if isinstance(codes, PDFStream):
                refuse_wide_map(codes.get_data())
            descriptor = resolve1(spec.get("FontDescriptor"))
            if isinstance(descriptor, dict) and "FontFile2" in descriptor:
                # Its own map of characters may be endless; nearly all have another.
                kept = {key: value for key, value in descriptor.items() if key != "FontFile2"}
                spec = {**spec, "FontDescriptor": kept}
        return super().get_font(objid, spec)


class Interpreter(PDFPageInterpreter):
    """An interpreter of pages that counts what it runs."""

    def execute(self, streams: Sequence[object]) -> None:
        """Run the operators in streams."""
        for stream in streams:
            resolved = resolve1(stream)
            if isinstance(resolved, PDFStream):
                self.device.budget.run(len(resolved.get_data()) + 1000)  # type: ignore[attr-defined]
        super().execute(streams)


class Device(PDFLayoutAnalyzer):
    """A device that keeps the characters of a page, and nothing that is drawn."""

    def __init__(self, fonts: Fonts, budget: Any) -> None:
        super().__init__(fonts)
        self.budget = budget
        self.glyphs: list[Glyph] = []
        self.sideways = 0
        self._styles: dict[str, tuple[bool, bool]] = {}

    def begin_figure(self, name: Any, bbox: Any, matrix: Any) -> None:
        """Characters in forms are the page's."""

    def end_figure(self, _: Any) -> None:
        """Characters in forms are the page's."""

    def paint_path(self, *_: Any) -> None:
        """Lines are not read."""

    def render_image(self, name: Any, stream: Any) -> None:
        """Images are not read."""

    def render_char(
        self,
        matrix: Any,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        *_: Any,
    ) -> float:
        """Keep a character, unless it does not stand upright. Gives how far it goes."""
        self.budget.print()
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            text = _UNKNOWN
        advance: float = font.char_width(cid) * fontsize * scaling
        a, b, c, d, e, f = matrix
        if a * d * scaling > 0 and b * c <= 0 and not font.is_vertical():
            if not text or not text.isprintable():
                text = text if text.isspace() else _UNKNOWN
            name = font.fontname or ""
            style = self._styles.get(name)
            if style is None:
                style = self._styles[name] = style_of(str(name))
            x0, x1 = e + c * rise, a * advance + c * rise + e
            size = abs(d) * abs(fontsize)
            self.glyphs.append(Glyph(min(x0, x1), max(x0, x1), d * rise + f, size, text, *style))
        elif not text.isspace():
            self.sideways += 1
        return advance

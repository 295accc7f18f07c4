"""Decodes text: by its byte order mark, as UTF-8, as the config says, or as its letters tell."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

# UTF-32's marks begin as those of UTF-16 do.
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# How ISO-2022-JP, which is ASCII otherwise, changes to Japanese characters.
_TO_JAPANESE = (b"\x1b$B", b"\x1b$@")
# The difference of the logarithms of two likelihoods, below which a guess is uncertain.
_CERTAIN = 4.0
# Text that is mostly UTF-8 has that many characters outside ASCII for each damaged byte.
_LEAST_UTF_8 = 4
# Of text in UTF-16, the characters at the least, and the share of them that can be printed.
_SHORTEST_UTF_16 = 8
_LEAST_TEXT = 0.98
# Bytes outside ASCII, of which fewer tell nothing if the guess is uncertain.
_TELLING = 8
# Bytes at the beginning that tell which of the two bytes of UTF-16 comes first.
_BEGINNING = 4096
# The names of encodings as people write them, where they differ from Python's.
_NAMES = {
    "cp932": "Shift_JIS",
    "cp949": "EUC-KR",
    "gb18030": "GB18030",
    "big5hkscs": "Big5",
    "euc-jis-2004": "EUC-JP",
    "kz1048": "KZ-1048",
    "koi8-r": "KOI8-R",
    "koi8-u": "KOI8-U",
}


@dataclass
class _Reading:
    """A file that is being read: the encoding of text without a mark, and what is to be said."""

    encoding: str | None = None
    warnings: list[str] = field(default_factory=list)


_reading: ContextVar[_Reading | None] = ContextVar("reading", default=None)


@contextmanager
def reading(encoding: str | None) -> Iterator[list[str]]:
    """While a file is read: the encoding that `decode` takes for text without a mark that is not
    UTF-8, None to guess it. Gives the list to which it adds its warnings.
    """
    state = _Reading(encoding)
    token = _reading.set(state)
    try:
        yield state.warnings
    finally:
        _reading.reset(token)


def decode(content: bytes) -> str:
    """The text in the bytes: what a byte order mark says, else UTF-8, else what `reading` says,
    else the encoding in which it has the letters of a language.

    Never fails: bytes that the encoding does not have become U+FFFD. Where the encoding is
    uncertain, `reading` gets a warning.
    """
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return content[len(bom) :].decode(encoding, "replace")
    if b"\0" in content:
        return _with_nulls(content)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return _unmarked(content)
    if "\x1b$" in text and any(sequence in content for sequence in _TO_JAPANESE):
        return content.decode("iso2022-jp-2", "replace")
    return text


def _with_nulls(content: bytes) -> str:
    """The text in bytes of which some are zero: UTF-16 if it is text then, else as it stands."""
    beginning = content[:_BEGINNING]
    # Characters below U+0100, such as spaces, have a zero byte: the second in little-endian.
    counts = beginning[::2].count(0), beginning[1::2].count(0)
    encoding = "utf-16-be" if counts[0] > counts[1] else "utf-16-le"
    if len(content) % 2 == 0 and len(content) >= 2 * _SHORTEST_UTF_16:
        text = content.decode(encoding, "replace")
        start = "".join(text[:_BEGINNING].split())
        if sum(map(str.isprintable, start)) >= len(start) * _LEAST_TEXT and "\0" not in text:
            return text
    return content.decode("utf-8", "replace")


def _unmarked(content: bytes) -> str:
    """The text in bytes that are not UTF-8."""
    state = _reading.get() or _Reading()
    if state.encoding:
        text = content.decode(state.encoding, "replace")
        if "\ufffd" in text:
            state.warnings.append(
                f"not all of it is {state.encoding}, as `encoding` in the config says"
            )
        return text
    # A text in UTF-8 into which something else was pasted.
    text = content.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    intact = len(text) - len(text.encode("ascii", "ignore")) - damaged
    if intact >= _LEAST_UTF_8 * damaged:
        state.warnings.append("some of its bytes are not UTF-8, as the rest is, and cannot be read")
        return text
    # Takes 10 ms once: most files are UTF-8.
    from reader.formats.recognition.encoding_models import guess

    encoding, margin = guess(content)
    if margin < _CERTAIN:
        if sum(map((127).__lt__, content[:_BEGINNING])) < _TELLING:
            encoding = "cp1252"  # as browsers read unlabelled Western text (WHATWG, Encoding)
        state.warnings.append(
            f"its encoding is uncertain; read as {_name(encoding)}: "
            "`encoding = …` in the config sets one"
        )
    return content.decode(encoding, "replace")


def _name(encoding: str) -> str:
    """The name of an encoding for messages."""
    if encoding in _NAMES:
        return _NAMES[encoding]
    if encoding.startswith("cp125"):
        return encoding.replace("cp", "Windows-")
    return encoding.upper().replace("ISO8859", "ISO-8859")

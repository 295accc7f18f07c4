"""The quotation marks of a text, written as English newspapers write them.

Other marks stand for them: those of Germany, France and Japan, of typewriters and of TeX. Each text
keeps its length, so that spans are those of the text itself.
"""

from __future__ import annotations

import re

_OTHER = re.compile("``|''|,,|[‚»『「｢＂]")
# Marks of two characters: the character that stays beside the mark is a space.
_DOUBLE_OPENING = re.compile(r"(?:(?<![^\s(\[—–-])(?:``|''|,,)|``)(?=[^\W_]|[‘'“(\[…])")
_DOUBLE_CLOSING = re.compile(r"(?<=\S)''(?![^\W_])")
_LOW_SINGLE = re.compile(r"(?<![^\s(\[—–„“\"-])‚(?=[^\W_])([^‚‘’]{1,1000})[‘’](?![^\W_])")
_POINTING_IN = re.compile(r"(?<![^\s(\[—–-])»(?=[^\W_]|[›„“(\[…])")
_CORNERS = str.maketrans("「」｢｣『』＂", '“”“”‘’"')
_POINTING_OUT = str.maketrans("»«", "””")


def with_common_marks(text: str) -> str:
    """The text with its quotation marks as “ ” ‘ ’ " ' « »; its length stays."""
    if text.isascii() and "``" not in text and "''" not in text and ",," not in text:
        return text
    if not _OTHER.search(text):
        return text
    text = text.translate(_CORNERS)
    if _DOUBLE_OPENING.search(text):
        text = _DOUBLE_CLOSING.sub("” ", _DOUBLE_OPENING.sub(" “", text))
    text = _LOW_SINGLE.sub(r"‘\1’", text)
    first = re.search("[«»]", text)
    if first and first[0] == "»" and _POINTING_IN.match(text, first.start()):
        text = _POINTING_IN.sub("“", text).translate(_POINTING_OUT)
    return text

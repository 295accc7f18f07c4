"""Cleaning text from outside, so that no printed text can control the terminal."""

from __future__ import annotations

import re

# C0 and C1 controls, the bidirectional embeddings, overrides and isolates (Unicode TR 36,
# section 2.8), and lone surrogates, which no output encoding can carry.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def normalize(text: str) -> str:
    """The text on one line: white space as single spaces, unsafe characters removed.

    Unsafe are control characters, bidirectional overrides and lone surrogates; ESC goes this way,
    so no escape sequence survives. All other characters stay as they are.
    """
    line = " ".join(text.split())
    if line.isprintable():
        return line
    # Removing a character between two spaces would leave both.
    return " ".join(_UNSAFE.sub("", line).split())


# Letters that have no decomposition but are written with a plain letter where the keyboard lacks
# them; Azerbaijani ə is a in English spelling (Zəngəzur, Əliyev).
_PLAIN = str.maketrans(
    {
        "ə": "a",
        "ı": "i",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ħ": "h",
        **dict.fromkeys("'’‘ʼʻ`´ʹʿʾ＇", ""),
    }
)


def fold(text: str) -> str:
    """The text without case, accents and apostrophes, for comparison and indexing."""
    lowered = text.casefold()
    if lowered.isascii():
        return lowered.replace("'", "").replace("`", "")
    import unicodedata

    decomposed = unicodedata.normalize("NFKD", lowered.translate(_PLAIN))
    return "".join(char for char in decomposed if not unicodedata.combining(char))

"""Cleaning text from outside, so that no printed text can control the terminal."""

from __future__ import annotations

import re
from functools import cache

from reader.language.word_lists import LANGUAGE

# C0 and C1 controls, the line and paragraph separators, the bidirectional embeddings, overrides and
# isolates (Unicode TR 36, section 2.8), and lone surrogates, which no output encoding can carry.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
# Those of them at which `str.splitlines` ends a line, and the tab, which ends a column.
_BREAKS = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029")


# Characters without a glyph that are not part of the spelling: soft hyphens, places where a line or
# word may or may not end, and joiners outside the scripts that are written with them (in Persian,
# the scripts of India, and pictures of people).
@cache
def _unseen() -> re.Pattern[str]:
    # Compiled when it is needed, which takes 2 ms.
    joiners = "(?<![\u0600-\u1dff\u2190-\U0010ffff])[\u200c\u200d]"
    return re.compile(f"[\xad\u200b\u2060\ufeff]|{joiners}")


def normalize(text: str) -> str:
    """The text on one line: white space as single spaces, unsafe characters removed, in NFC.

    Unsafe are control characters, bidirectional overrides and lone surrogates; ESC goes this way,
    so no escape sequence survives. Soft hyphens and the like go too. Letters with marks are single
    characters where there are such (Unicode's normal form C).
    """
    line = " ".join(text.split())
    if line.isascii() and line.isprintable():
        return line
    if not line.isprintable():
        # Removing a character between two spaces would leave both.
        line = " ".join(_unseen().sub("", _UNSAFE.sub("", line)).split())
    import unicodedata

    if unicodedata.is_normalized("NFC", line):
        return line
    # Putting many marks of a letter in order takes time that grows with the square of their number:
    # no letter of a language has as many (Unicode Standard Annex 15, section 13).
    return unicodedata.normalize("NFC", _crowds().sub(r"\1", line))


@cache
def combining_marks() -> str:
    """The combining marks, as the inside of a character class of a regular expression."""
    ranges = (entry.split("..") for entry in LANGUAGE.entries("combining_marks"))
    return "".join(f"{chr(int(first, 16))}-{chr(int(last, 16))}" for first, last in ranges)


@cache
def _crowds() -> re.Pattern[str]:
    marks = combining_marks()
    return re.compile(f"([{marks}]{{{_MOST_MARKS}}})[{marks}]+")


_MOST_MARKS = 30


def printable(text: str) -> str:
    """The text as it may be printed in a column of a record or on a line of a terminal.

    Each line break and tab becomes a space, each other unsafe character a question mark, as where
    `ls` lists a name. Everything that views and messages print goes through here. What `normalize`
    has cleaned is unchanged, and so is the length of any text.
    """
    if text.isprintable():
        return text
    return _UNSAFE.sub(lambda match: " " if match[0] in _BREAKS else "?", text)


def printable_lines(text: str) -> str:
    """The text with each of its lines as `printable` gives it; its line feeds stay."""
    return "\n".join(map(printable, text.split("\n")))


# Soft hyphens, and characters without width that join letters or keep them apart.
IGNORED = "\u00ad\u200b-\u200d\u2060\ufeff"

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
        **dict.fromkeys("'’‘ʼʻ`´ʹʿʾ＇\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
    }
)


# Characters. Words and names are shorter.
_LONG = 200


def fold(text: str) -> str:
    """The text without case, accents and apostrophes, for comparison and indexing."""
    lowered = text.casefold()
    if lowered.isascii():
        return lowered.replace("'", "").replace("`", "")
    import unicodedata

    plain = lowered.translate(_PLAIN)
    if len(plain) > _LONG:
        # Putting many marks in order takes time that grows with the square of their number.
        plain = "".join(char for char in plain if not unicodedata.combining(char))
    decomposed = unicodedata.normalize("NFKD", plain)
    return "".join(char for char in decomposed if not unicodedata.combining(char))

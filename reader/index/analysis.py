"""Words: how a text is divided into them, and the forms that they are indexed and found by."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from whoosh.lang.porter2 import stem as porter2

from reader.text import fold

# Raised when a text's words or their forms change, so that indexes are made again.
VERSION = 1

# Letters and figures, with apostrophes inside: don't, O’Neill, Zangazur's.
_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’ʼ][sS]$")


class Token(NamedTuple):
    """A word of a text: the characters where it starts and ends, its folded form and its stem."""

    start: int
    end: int
    form: str
    stem: str


def tokenize(text: str) -> list[Token]:
    """The words of the text in order."""
    return [
        Token(match.start(), match.end(), *forms(match[0])) for match in _WORD.finditer(text)
    ]


@lru_cache(maxsize=200_000)
def forms(word: str) -> tuple[str, str]:
    """The folded form of a word, without a possessive ending, and its stem (Porter2)."""
    form = fold(_POSSESSIVE.sub("", word))
    return form, porter2(form) if form.isascii() else form


@lru_cache(maxsize=2)
def words(text: str) -> tuple[tuple[str, str], ...]:
    """The forms and stems of the text's words; remembered, as two fields index the same text."""
    return tuple(forms(word) for word in _WORD.findall(text))

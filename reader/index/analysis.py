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
    """A word of a text: the characters where it starts and ends, and its folded form."""

    start: int
    end: int
    form: str

    @property
    def stem(self) -> str:
        """The form without its endings (Porter2)."""
        return stem(self.form)

    def has_stem(self, wanted: str) -> bool:
        """Whether this is the stem: quick where not, as a stem begins as its word does."""
        return self.form[:1] == wanted[:1] and stem(self.form) == wanted


def tokenize(text: str) -> list[Token]:
    """The words of the text in order."""
    return [Token(match.start(), match.end(), form(match[0])) for match in _WORD.finditer(text)]


@lru_cache(maxsize=200_000)
def form(word: str) -> str:
    """The word with case, accents, apostrophes and a possessive ending set aside."""
    return fold(_POSSESSIVE.sub("", word))


@lru_cache(maxsize=200_000)
def stem(form: str) -> str:
    """The stem of a folded form; a form with letters outside ASCII is its own."""
    return porter2(form) if form.isascii() else form


@lru_cache(maxsize=2)
def forms(text: str) -> tuple[str, ...]:
    """The forms of the text's words; remembered, as two fields index the same text."""
    return tuple(map(form, _WORD.findall(text)))

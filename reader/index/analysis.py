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


def form(word: str) -> str:
    """The word with case, accents, apostrophes and a possessive ending set aside."""
    return fold(_POSSESSIVE.sub("", word))


class _Known(dict[str, str]):
    """The forms of the words met so far: looking one up is three times as fast as a call."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        self[word] = known = form(word)
        return known


_MOST_KNOWN = 200_000
_known = _Known()


@lru_cache(maxsize=_MOST_KNOWN)
def stem(form: str) -> str:
    """The stem of a folded form; a form with letters outside ASCII is its own."""
    return porter2(form) if form.isascii() else form


def forms(text: str) -> list[str]:
    """The forms of the text's words in order."""
    if text.isascii() and "'" not in text:  # nothing to set aside but case
        return _WORD.findall(text.lower())
    return list(map(_known.__getitem__, _WORD.findall(text)))

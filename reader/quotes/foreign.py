"""Articles in other languages than English, whose verbs of saying are unknown."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from reader.quotes.vocabulary import FIRST_NAMES

# A fourth of the words of English news are among these, of news in other languages hardly any.
_FREQUENT = frozenset(
    "the of and to in that for on with is was are were said at by from has have it he she his her "
    "but not they this be had who which its an as".split()
)
_LEAST_SHARE = 0.06
# Words that tell the language. In a shorter text letters beyond the Latin ones do.
_LEAST_WORDS = 20
_LAST_LATIN = "\u024f"
# Paragraphs and characters that are read for it, the first.
_MOST_PARAGRAPHS = 20
_MOST_CHARACTERS = 2000


def is_foreign(texts: Iterable[str]) -> bool:
    """Whether texts are in another language than English, by their most frequent words."""
    words = " ".join(islice(texts, _MOST_PARAGRAPHS))[:_MOST_CHARACTERS].lower().split()
    if len(words) < _LEAST_WORDS:
        return any(word[0] > _LAST_LATIN and word[0].isalpha() for word in words)
    return sum(word in _FREQUENT for word in words) < _LEAST_SHARE * len(words)


def sure_name(name: str) -> str | None:
    """The part of a name in another language that is surely one; None without it: the name if it
    begins with a known first name or, in scripts whose nouns have no capitals, the capitalised
    words at its end.
    """
    words = name.split()
    if name[:1] > _LAST_LATIN:
        small = [n for n, word in enumerate(words, 1) if not word[:1].isupper()]
        words = words[small[-1] if small else 0 :]
    elif words[0].casefold() not in FIRST_NAMES:
        return None
    return " ".join(words) if len(words) > 1 else None

"""The people of an article: the fullest form of each name, and whether it is he or she."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from reader.quotes.proper_names import proper_name
from reader.quotes.vocabulary import FIRST_NAMES, HERS, HIS, ORGANISATIONS, PARTICLES, SUFFIXES

_PARTICLE = f"(?:{'|'.join(sorted(PARTICLES, key=len, reverse=True))})"
_ARTICLE = r"(?:(?:al|el|ul|ad|an|ar|as|ash|at|az)-)?"
_WORD = _ARTICLE + r"(?:[^\W\d_a-z](?:\.|\w*(?:[’'‑-]\w+)*(?:(?<=[JS]r)\.)?))"
_NAME = re.compile(
    rf"(?<![\w@#])(?:(M(?:r|rs|s)|Miss)\.?\s+)?({_WORD}(?:\s+(?:{_PARTICLE}\s+){{0,2}}{_WORD}){{0,5}})"
)

_MOST = 5
# What a sentence ends with, and a headline does not.
_STOPS = frozenset('.”"')


class PersonNames:
    """The names of an article's people; `fullest` gives of any form the one that says most.

    A surname that several have is that of whom the article names in full most often.
    """

    def __init__(self, texts: Iterable[str], title: str = "") -> None:
        self._full: Counter[str] = Counter()
        self._by_last: dict[str, list[str]] = {}
        self._by_first: dict[str, list[str]] = {}
        self._gender: dict[str, str] = {}
        for text in texts:
            self._read(text)
        # Every word of a headline may be capitalised: only a first name tells a name there.
        words = title.split()
        for first, last in pairwise(words):
            if first.casefold() in FIRST_NAMES and last[:1].isupper():
                self._add(proper_name(f"{first} {last}"))

    def _read(self, text: str) -> None:
        found = list(_NAME.finditer(text))
        capitals = sum(len(match[2].split()) for match in found)
        if capitals * 2 > len(text.split()) + 1 and text[-1:] not in _STOPS:
            return  # a headline: all words are capitalised
        for match in found:
            name = proper_name(match[2])
            words = name.split()
            if match[1] and words:
                self._gender.setdefault(words[-1].casefold(), "he" if match[1] == "Mr" else "she")
            if 2 <= len(words) <= _MOST and words[-1].strip(".").lower() not in ORGANISATIONS:
                self._add(name)

    def _add(self, name: str) -> None:
        words = name.split()
        if not words:
            return
        if name not in self._full:
            self._by_last.setdefault(_surname(words), []).append(name)
            self._by_first.setdefault(words[0].casefold(), []).append(name)
        self._full[name] += 1

    def fullest(self, name: str, pronoun: str | None = None) -> str:
        """The fullest form that the article has of a name; the name itself if it has no other.

        `pronoun` is "he" or "she" where the text tells which it is.
        """
        words = name.split()
        if not words:
            return name
        known = self._by_last.get(_surname(words), [])
        if len(words) == 1:
            fitting = [full for full in known if self.fits(full, pronoun)] or known
            if fitting:
                return max(fitting, key=lambda full: self._full[full])
            first = self._by_first.get(words[0].casefold(), [])
            return first[0] if len(first) == 1 else name
        longer = [full for full in known if set(words) < set(full.split())]
        return longer[0] if longer else name

    def fits(self, name: str, pronoun: str | None) -> bool:
        """Whether a person may be meant by "he" or "she", as far as is known."""
        return pronoun is None or self.pronoun(name) in (None, pronoun)

    def pronoun(self, name: str) -> str | None:
        """Whether a person is "he" or "she"; None if nothing tells."""
        words = name.split()
        first = words[0].casefold() if len(words) > 1 else ""
        if first in HIS:
            return "he"
        if first in HERS:
            return "she"
        return self._gender.get(words[-1].casefold()) if words else None

    def frequency(self, name: str) -> str:
        """How often the article has a name in full: "0", "1", "2" or "many"."""
        count = self._full[name]
        return str(count) if count < 3 else "many"

    def is_person(self, name: str) -> bool:
        """Whether a name is of a person, as far as its form tells."""
        words = name.split()
        return bool(words) and words[-1].strip(".").lower() not in ORGANISATIONS


def _surname(words: list[str]) -> str:
    last = words[-1].strip(".,").casefold()
    if last in SUFFIXES and len(words) > 1:
        last = words[-2].strip(".,").casefold()
    return last

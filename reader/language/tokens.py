"""Words: how a text is divided into them, and the forms that they are indexed and found by.

Chinese, Japanese and Korean are written without spaces between words, or with endings joined on, so
of such a run each pair of neighbouring characters is a word, and its last character: what is asked
for is found as a phrase of pairs, wherever it stands in a run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from whoosh.lang.porter2 import stem as porter2

from reader.language.clean import fold

# Increase it when the words of a text or their forms change: indexes are then rebuilt.
VERSION = 3

# Letters and figures, with apostrophes inside: don't, O’Neill, Zangazur's.
_APOSTROPHES = "'’ʼ"
_WORD = re.compile(rf"[^\W_]+(?:[{_APOSTROPHES}][^\W_]+)*")
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}][sS]$")

# Han, Hiragana, Katakana (also of half width) and Hangul, by Unicode's blocks; 々 repeats a sign.
_CJK = (
    "々\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
# Words of letters with hyphens between: co-operation, Al-Qaeda.
_LETTERS = rf"[^\W\d_]+(?:[{_APOSTROPHES}][^\W\d_]+)*"
_HYPHENS = "-‐‑"


# Compiled when a text first needs them: that takes longer than a search for a plain word.
@cache
def _cjk() -> re.Pattern[str]:
    return re.compile(f"[{_CJK}]")


@cache
def _runs() -> re.Pattern[str]:
    return re.compile(f"[{_CJK}]+|[^{_CJK}]+")


@cache
def _compound() -> re.Pattern[str]:
    # Neither end is part of a longer word: in "1990's-style" the s is the figure's.
    before = rf"(?<![^\W_])(?<![^\W_][{_APOSTROPHES}])"
    after = rf"(?![{_APOSTROPHES}]?[^\W_])"
    return re.compile(rf"{before}{_LETTERS}(?:[{_HYPHENS}]{_LETTERS})+{after}")


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
    words = _WORD.finditer(text)
    if text.isascii() or not _cjk().search(text):
        return [Token(match.start(), match.end(), form(match[0])) for match in words]
    return [
        Token(match.start() + start, match.start() + end, form)
        for match in words
        for start, end, form in _tokens_of(match[0])
    ]


def _tokens_of(word: str) -> Iterator[Token]:
    """A word that may have Chinese, Japanese or Korean in it, divided."""
    for match in _runs().finditer(word):
        start, run = match.start(), match[0]
        if not _cjk().match(run):
            yield Token(start, start + len(run), form(run))
            continue
        for place in range(len(run)):
            pair = run[place : place + 2]
            yield Token(start + place, start + place + len(pair), _compatible(pair))


def tokens_asked_for(text: str) -> list[Token]:
    """The words of a text that is looked for: without the last character of a run at the end,
    which the texts that are found need not end with.
    """
    tokens = tokenize(text)
    if len(tokens) > 1 and tokens[-1].start < tokens[-2].end:
        tokens.pop()
    return tokens


def is_beginning(text: str) -> bool:
    """Whether the text is one Chinese, Japanese or Korean character: of pairs, the beginning."""
    return len(text) == 1 and _cjk().match(text) is not None


def form(word: str) -> str:
    """The word with case, accents, apostrophes and a possessive ending set aside."""
    return fold(_POSSESSIVE.sub("", word))


def _compatible(pair: str) -> str:
    """The characters in the width and composition that is usual. (`fold` would take syllables
    of Hangul apart.)
    """
    import unicodedata

    return unicodedata.normalize("NFKC", pair)


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
    if text.isascii():
        if "'" not in text:  # nothing to set aside but case
            return _WORD.findall(text.lower())
    elif _cjk().search(text):
        return [token.form for token in tokenize(text)]
    return list(map(_known.__getitem__, _WORD.findall(text)))


def compounds(text: str) -> list[tuple[int, str]]:
    """The words with hyphens in the text as if written without: co-operation as cooperation.

    Each with the number of the word in the text that it begins with.
    """
    found = []
    number = place = 0
    for token in compound_tokens(text):
        number += len(forms(text[place : token.start]))
        place = token.start
        found.append((number, token.form))
    return found


def compound_tokens(text: str) -> list[Token]:
    """The words with hyphens in the text as if written without."""
    if not _has_hyphen(text):
        return []
    return [
        Token(match.start(), match.end(), joined(match[0]))
        for match in _compound().finditer(text)
        if not _cjk().search(match[0])
    ]


def joined(compound: str) -> str:
    """The form of a word with hyphens as if written without."""
    return form("".join(letter for letter in compound if letter not in _HYPHENS))


def is_compound(text: str) -> bool:
    """Whether a text is one word of letters with hyphens between."""
    return _has_hyphen(text) and _compound().fullmatch(text) is not None


def _has_hyphen(text: str) -> bool:
    return "-" in text or (not text.isascii() and any(hyphen in text for hyphen in _HYPHENS))

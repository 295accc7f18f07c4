"""Proper names in running text: their words, and their form without titles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from reader.language.word_lists import LANGUAGE, months
from reader.quotes.vocabulary import (
    COURTESY_TITLES,
    FIRST_NAMES,
    HONOURS,
    ORGANISATIONS,
    PARTICLES,
    QUOTATIONS,
    TITLES,
)

DETERMINERS = QUOTATIONS.words("function_words", "determiners")
# Words that no mention contains: it ends before them.
OUTSIDE = QUOTATIONS.words("function_words", "outside").union(
    (names[0].lower() for names in months()),  # in full: Jan may be a person
    (day.lower() for day in LANGUAGE.entries("weekdays")),
)
# Words that are capitalised where a sentence begins, and are no names.
OPENERS = OUTSIDE | DETERMINERS | QUOTATIONS.words("function_words", "openers")
# Words that may stand before a name, and are no names.
_LEADING = TITLES | OPENERS
POSSESSIVE = re.compile(r"(?:[’'][sS]|(?<=s)[’'])$")

_CAPITALISED = re.compile(r"(?<=[\w,] )[^\W\d_a-z][\w’'-]*")
_SMALL = re.compile(r"(?<![\w’'-])[a-z]{3,}(?![\w’'-])")


def words_inside_sentences(texts: Iterable[str]) -> frozenset[str]:
    """The words of texts that are capitalised inside sentences, where capitals mark names, and
    those in small letters.
    """
    vocabulary: set[str] = set()
    for text in texts:
        capitalised = _CAPITALISED.findall(text)
        if len(capitalised) * 2 <= text.count(" "):  # else a headline
            vocabulary.update(POSSESSIVE.sub("", word) for word in capitalised)
        vocabulary.update(_SMALL.findall(text))
    return frozenset(vocabulary)


# Cached, as an article has its names again and again.
@lru_cache(maxsize=10_000)
def proper_name(name: str) -> str:
    """A name of capitalised words without preceding titles and a possessive ending; empty if
    nothing is left.
    """
    words = name.split()
    if not words:
        return ""
    words = [*words[:-1], POSSESSIVE.sub("", words[-1])]
    while len(words) > 2 and words[-1].strip(".,") in HONOURS:
        words.pop()
    is_addressed = len(words) == 2 and _bare(words[0]) in COURTESY_TITLES
    words = _without_titles(words)
    # A stop that belongs to the name is not the sentence's: U.S., Jr.
    is_short = len(words[-1]) < 3 or "." in words[-1][:-1]
    name = " ".join(words) if is_short else " ".join(words).strip(" ,.")
    if len(words) == 1 and is_addressed:  # Mr. King
        return name
    is_empty = _bare(name) in _LEADING | PARTICLES or len(name.strip(".")) < 2
    return "" if is_empty else name


def _without_titles(words: list[str]) -> list[str]:
    """The words of a name without preceding titles; an organisation keeps its titles."""
    if _bare(words[-1]) in ORGANISATIONS:
        return _without_leading(words, OPENERS)
    titles = [index for index, word in enumerate(words[:-1]) if _bare(word) in TITLES]
    if titles:
        words = words[titles[-1] + 1 :]
    words = _without_leading(words, _LEADING)
    if len(words) > 2 and len(words[0]) > 2 and _bare(words[0]) not in FIRST_NAMES:
        # "Certainly Donald Trump", "Exchequer Nigel Lawson": the name begins with the first name.
        # A word before a particle is a first name, too: "María del Carmen".
        firsts = (
            n
            for n, word in enumerate(words[:-1])
            if _bare(word) in FIRST_NAMES or (words[n + 1].islower() and words[n + 1] != "y")
        )
        words = words[next(firsts, 0) :]
    return words


def _without_leading(words: list[str], leading: frozenset[str]) -> list[str]:
    first = 0
    while first < len(words) - 1 and _bare(words[first]) in leading:
        first += 1
    return words[first:]


def _bare(word: str) -> str:
    return word.strip(".,@").lower()

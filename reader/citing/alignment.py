"""Aligns words that somebody quotes with the words of a text, as an editor compares them.

Case, spaces, quotation marks, dashes and other punctuation do not count; letters, figures and signs
such as % do. An ellipsis in what is quoted, with or without brackets, stands for any words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from reader.citing.claims import Change
from reader.language.tokens import Mode, Token, tokenize

_GAP = re.compile(r"[\[(]?\s?(?:…|\.\s?\.\s?\.(?:\s?\.)*)\s?[\])]?")
# "[T]he" is "The" with another case; "[sic]" is the editor's.
_CASE = re.compile(r"\[(\w{1,2})\](?=\w)")
_SIC = re.compile(r"\[sic[.!]?\]", re.IGNORECASE)


# A word's form is what it is compared by.
Word: TypeAlias = Token


class Quoted(NamedTuple):
    """Words that are quoted, and before which of them others may be left out."""

    text: str
    words: tuple[Word, ...]
    gaps: frozenset[int]


class Alignment(NamedTuple):
    """Where words stand in a text, nearly or wholly.

    `cost` is the number of words that must be added, left out or changed; `start` and `end` are the
    first and the last word of the text, the end excluded; `pairs` give, in order, the number of a
    word that is quoted and that of the word in the text: None where one of them has no other.
    """

    cost: int
    start: int
    end: int
    pairs: tuple[tuple[int | None, int | None], ...]


def quoted(text: str) -> Quoted:
    """The words of a text that somebody quotes."""
    plain = _CASE.sub(r"\1", _SIC.sub(" ", text))
    words = words_of(plain)
    gaps = {bisect_left(words, (match.start(),)) for match in _GAP.finditer(plain)}
    return Quoted(plain, tuple(words), frozenset(gaps - {0, len(words)}))


def words_of(text: str) -> list[Word]:
    """The words of a text that is quoted from."""
    return tokenize(text, Mode.VERBATIM)


def align(words: Sequence[str], gaps: frozenset[int], text: Sequence[str]) -> Alignment:
    """The words where they stand in the text, with the fewest changes, the first such place.

    Approximate matching by dynamic programming (Sellers, 1980): it takes time in proportion to the
    number of the words times that of the text. Words of the text at a gap cost nothing.
    """
    width = len(text) + 1
    rows = [[0] * width]
    for number, word in enumerate(words, start=1):
        before = rows[-1]
        skip = 0 if number in gaps else 1
        here = number
        row = [here]
        for place in range(1, width):
            cost = before[place - 1] + (word != text[place - 1])
            if before[place] < cost:
                cost = before[place] + 1
            if here + skip < cost:
                cost = here + skip
            row.append(cost)
            here = cost
        rows.append(row)
    last = rows[-1]
    end = min(range(width), key=last.__getitem__)
    return _traced(words, gaps, text, rows, end)


def _traced(
    words: Sequence[str],
    gaps: frozenset[int],
    text: Sequence[str],
    rows: Sequence[Sequence[int]],
    end: int,
) -> Alignment:
    """The way through the table that led to its last row at `end`."""
    pairs: list[tuple[int | None, int | None]] = []
    number, place = len(words), end
    while number:
        cost = rows[number][place]
        skip = 0 if number in gaps else 1
        if place and cost == rows[number - 1][place - 1] + (words[number - 1] != text[place - 1]):
            number, place = number - 1, place - 1
            pairs.append((number, place))
        elif place and cost == rows[number][place - 1] + skip:
            place -= 1
            if skip:
                pairs.append((None, place))
        else:
            number -= 1
            pairs.append((number, None))
    return Alignment(rows[-1][end], place, end, tuple(reversed(pairs)))


def changes(
    claim: Quoted, text: str, words: Sequence[Word], found: Alignment
) -> tuple[Change, ...]:
    """An alignment as runs of words that are the same and runs that are not.

    Words that differ only in how they are put together are the same: "co-operation",
    "cooperation"; "U.S.", "US".
    """
    runs: list[tuple[bool, list[Word], list[Word]]] = []
    for ours, theirs in found.pairs:
        mine = claim.words[ours] if ours is not None else None
        other = words[theirs] if theirs is not None else None
        same = mine is not None and other is not None and mine.form == other.form
        if not runs or runs[-1][0] != same:
            runs.append((same, [], []))
        runs[-1][1].extend(filter(None, [mine]))
        runs[-1][2].extend(filter(None, [other]))
    merged: list[Change] = []
    for same, mine_run, other_run in runs:
        alike = same or _joined(mine_run) == _joined(other_run) != ""
        change = Change(_span(claim.text, mine_run), _span(text, other_run), alike)
        if merged and merged[-1].same and alike:
            last = merged.pop()
            change = Change(
                f"{last.claimed} {change.claimed}", f"{last.found} {change.found}", True
            )
        merged.append(change)
    return tuple(merged)


def _joined(words: Sequence[Word]) -> str:
    return "".join(word.form for word in words)


def _span(text: str, words: Sequence[Word]) -> str:
    return text[words[0].start : words[-1].end] if words else ""

"""Aligns the words of a quotation with those of a text, as an editor compares them.

Case, spaces, quotation marks, dashes and other punctuation do not count; letters, figures and signs
such as % do. An ellipsis in the quotation, with or without brackets, matches any words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from typing import NamedTuple

from reader.citing.claims import Change
from reader.language.tokens import Mode, Token, tokenize

_GAP = re.compile(r"[\[(]?\s?(?:…|\.\s?\.\s?\.(?:\s?\.)*)\s?[\])]?")
# "[T]he" is "The" with its case changed; "[sic]" is added by an editor.
_CASE = re.compile(r"\[(\w{1,2})\](?=\w)")
_SIC = re.compile(r"\[sic[.!]?\]", re.IGNORECASE)


class ClaimWords(NamedTuple):
    """The words of a claim. `gaps` are the indexes of words after an ellipsis."""

    text: str
    words: tuple[Token, ...]
    gaps: frozenset[int]


class Alignment(NamedTuple):
    """Words of a claim aligned with words of a text.

    `cost` is the number of words that are added, left out or changed; `start` and `end` are the
    span of the alignment in the text's words, the end excluded. `pairs` are, in order, the index of
    a word in the claim and of its counterpart in the text; None where one has no counterpart.
    """

    cost: int
    start: int
    end: int
    pairs: tuple[tuple[int | None, int | None], ...]


def claim_words(text: str) -> ClaimWords:
    """The words of a claim."""
    plain = _CASE.sub(r"\1", _SIC.sub(" ", text))
    words = text_words(plain)
    gaps = {bisect_left(words, (match.start(),)) for match in _GAP.finditer(plain)}
    return ClaimWords(plain, tuple(words), frozenset(gaps - {0, len(words)}))


def text_words(text: str) -> list[Token]:
    """The words of a text of the corpus."""
    return tokenize(text, Mode.VERBATIM)


def align(
    words: Sequence[str],
    gaps: frozenset[int],
    text: Sequence[str],
    kept: Collection[int] = (),
) -> Alignment:
    """The cheapest alignment of words with any part of a text; of equals, the first.

    Approximate matching by dynamic programming (Sellers, 1980), in time proportional to the product
    of the two lengths. Words of the text at a gap cost nothing, but those with the indexes `kept`.
    """
    width = len(text) + 1
    rows = [[0] * width]
    insertions = [1] * width
    at_gap = [0] * width
    for index in kept:
        at_gap[index + 1] = 1
    for row_index, word in enumerate(words, start=1):
        above = rows[-1]
        insertion = at_gap if row_index in gaps else insertions
        left = row_index
        row = [left]
        for column in range(1, width):
            cost = above[column - 1] + (word != text[column - 1])
            if above[column] < cost:
                cost = above[column] + 1
            if left + insertion[column] < cost:
                cost = left + insertion[column]
            row.append(cost)
            left = cost
        rows.append(row)
    end = min(range(width), key=rows[-1].__getitem__)
    return _traced(words, gaps, text, rows, at_gap, end)


def _traced(
    words: Sequence[str],
    gaps: frozenset[int],
    text: Sequence[str],
    rows: Sequence[Sequence[int]],
    at_gap: Sequence[int],
    end: int,
) -> Alignment:
    """The alignment that led to column `end` of the last row, traced back through the table."""
    pairs: list[tuple[int | None, int | None]] = []
    row, column = len(words), end
    while row:
        cost = rows[row][column]
        insertion = at_gap[column] if row in gaps else 1
        if column and cost == rows[row - 1][column - 1] + (words[row - 1] != text[column - 1]):
            row, column = row - 1, column - 1
            pairs.append((row, column))
        elif column and cost == rows[row][column - 1] + insertion:
            column -= 1
            if insertion:
                pairs.append((None, column))
        else:
            row -= 1
            pairs.append((row, None))
    return Alignment(rows[-1][end], column, end, tuple(reversed(pairs)))


def changes(
    claim: ClaimWords, text: str, words: Sequence[Token], alignment: Alignment
) -> tuple[Change, ...]:
    """An alignment as runs of equal and of different words.

    Words that differ only in hyphens, stops or spaces are equal: "co-operation", "cooperation";
    "U.S.", "US".
    """
    merged: list[Change] = []
    for same, claimed, original in _runs(claim.words, words, alignment):
        alike = same or _joined(claimed) == _joined(original) != ""
        change = Change(_span(claim.text, claimed), _span(text, original), alike)
        if merged and merged[-1].same and alike:
            last = merged.pop()
            change = Change(
                f"{last.claimed} {change.claimed}", f"{last.original} {change.original}", True
            )
        merged.append(change)
    return tuple(merged)


def _runs(
    claim: Sequence[Token], text: Sequence[Token], alignment: Alignment
) -> list[tuple[bool, list[Token], list[Token]]]:
    """Runs of pairs with equal forms and of others: the words of the claim and of the text."""
    runs: list[tuple[bool, list[Token], list[Token]]] = []
    for claim_index, text_index in alignment.pairs:
        claimed = claim[claim_index] if claim_index is not None else None
        original = text[text_index] if text_index is not None else None
        same = claimed is not None and original is not None and claimed.form == original.form
        if not runs or runs[-1][0] != same:
            runs.append((same, [], []))
        runs[-1][1].extend(filter(None, [claimed]))
        runs[-1][2].extend(filter(None, [original]))
    return runs


def _joined(words: Sequence[Token]) -> str:
    return "".join(word.form for word in words)


def _span(text: str, words: Sequence[Token]) -> str:
    return text[words[0].start : words[-1].end] if words else ""

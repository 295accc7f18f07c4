"""Words that turn the sense of a sentence, left out of a quotation or right beside it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from reader.language.sentences import sentences

if TYPE_CHECKING:
    from reader.citing.alignment import Alignment
    from reader.citing.excerpts import Excerpt
    from reader.language.tokens import Token

# Absolute and approximate negators (Huddleston and Pullum, The Cambridge Grammar of the English
# Language, 2002, chapter 9); verbs that deny; "unless".
_NEGATIONS = frozenset(
    "not never no nobody none nothing nowhere neither nor cannot without hardly scarcely barely "
    "rarely seldom unless deny denies denied denying refuse refuses refused refusing".split()
)
_CONTRACTED = re.compile(r"n['’ʼ`]t$", re.IGNORECASE)
_ABBREVIATED = re.compile(r"No\.\s?\d")  # No. 10
# The beginning of another clause, which a negation does not reach.
_CLAUSE = re.compile(r"[;:—]|,\s+(?:and|but|so|yet|or)\b")
# A sentence that is left out whole turns the sense of those around it only if it answers: "No.",
# "Not at all."
_ANSWER = 4
# The words before a quotation in which a negation is worth a note: in the same quotation, and
# in the words around it ("he never said"). A negation after it belongs to it only if it is near.
_BEFORE, _BEFORE_MARK, _AFTER = 6, 3, 2


def negations(excerpt: Excerpt) -> list[int]:
    """The indexes of an excerpt's words that turn the sense."""
    text = excerpt.text
    return [index for index, word in enumerate(excerpt.words) if _is_negation(text, word)]


def omitted_negations(excerpt: Excerpt, turning: Sequence[int], alignment: Alignment) -> list[int]:
    """The indexes of the words that turn the sense and that an ellipsis leaves out.

    Those in whole sentences that are left out count only in short ones.
    """
    aligned = [index for _, index in alignment.pairs if index is not None]
    omitted = [
        index
        for before, after in pairwise(aligned)
        for index in turning[bisect_right(turning, before) :]
        if index < after
    ]
    if not omitted:
        return []
    sentence_of = _sentence_of(excerpt)
    kept = {sentence_of[index] for index in aligned}
    return [
        index
        for index in omitted
        if sentence_of[index] in kept or sentence_of.count(sentence_of[index]) <= _ANSWER
    ]


def with_omissions(alignment: Alignment, omitted: Iterable[int]) -> Alignment:
    """The alignment with words of the text at an ellipsis as words that are left out."""
    remaining = list(omitted)
    cost = alignment.cost + len(remaining)
    pairs: list[tuple[int | None, int | None]] = []
    for pair in alignment.pairs:
        while remaining and pair[1] is not None and remaining[0] < pair[1]:
            pairs.append((None, remaining.pop(0)))
        pairs.append(pair)
    return alignment._replace(cost=cost, pairs=tuple(pairs))


def notes_beside(excerpt: Excerpt, alignment: Alignment) -> tuple[str, ...]:
    """Notes on words that turn the sense right before or after the words of an alignment."""
    words, text = excerpt.words, excerpt.text
    first, last = alignment.start, alignment.end - 1
    if not 0 <= first <= last < len(words):
        return ()
    beside = range(max(first - _BEFORE, 0), min(last + _AFTER + 1, len(words)))
    turning = [index for index in beside if _is_negation(text, words[index])]
    if all(first <= index <= last for index in turning):
        return ()
    sentence_of, quotations = _sentence_of(excerpt), excerpt.quotations
    notes = []
    for index in turning:
        edge = first if index < first else last
        inside = quotations[index] == quotations[edge]
        between = excerpt.text[words[min(index, edge)].end : words[max(index, edge)].start]
        if first <= index <= last or sentence_of[index] != sentence_of[edge]:
            continue
        if _CLAUSE.search(between):
            continue
        if index < first and (inside or first - index <= _BEFORE_MARK):
            passage = _between(excerpt, index, min(first + 2, last))
            where, shown = "before", f"{passage} …"
        elif index > last and inside:
            passage = _between(excerpt, max(last - 2, first), index)
            where, shown = "after", f"… {passage}"
        else:
            continue
        word = _between(excerpt, index, index)
        notes.append(f"right {where} these words the article has “{word}”: “{shown}”")
    return tuple(notes)


def _between(excerpt: Excerpt, first: int, last: int) -> str:
    """The text from one word of an excerpt to another."""
    return " ".join(excerpt.text[excerpt.words[first].start : excerpt.words[last].end].split())


def _is_negation(text: str, word: Token) -> bool:
    if word.form in _NEGATIONS:
        return word.form != "no" or not _ABBREVIATED.match(text, word.start)
    return word.form.endswith("nt") and bool(_CONTRACTED.search(text[word.start : word.end]))


def _sentence_of(excerpt: Excerpt) -> list[int]:
    """For each word of an excerpt the index of its sentence."""
    starts: list[int] = []
    offset = 0
    for text in excerpt.texts:
        starts += [offset + start for start, _ in sentences(text)]
        offset += len(text) + 1
    return [bisect_right(starts, word.start) for word in excerpt.words]

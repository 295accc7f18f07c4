"""Compares a claim with an excerpt of the corpus."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from reader.citing.alignment import Alignment, ClaimWords, align, changes
from reader.citing.negations import negations, omitted_negations, with_omissions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.citing.excerpts import Excerpt, ExcerptReader


class Match(NamedTuple):
    """A claim aligned with an excerpt.

    `same` are the pairs of indexes, in the claim and in the excerpt, of equal words. `matched` is
    the number of the claim's words in the excerpt, `cost` that of the changes. `speakers` are those
    of the quotations with the words, "" where not named; empty if the words are not quoted.
    `is_quoted`: most of the words are in quotations. `notes` say what is wrong besides the words.
    """

    excerpt: Excerpt
    alignment: Alignment
    same: tuple[tuple[int, int], ...]
    matched: int
    cost: int
    speakers: tuple[str, ...]
    is_quoted: bool
    notes: tuple[str, ...] = ()


def compare(claim: ClaimWords, excerpt: Excerpt, excerpts: ExcerptReader) -> Match:
    """The best alignment of a claim with an excerpt."""
    claimed = [word.form for word in claim.words]
    text = [word.form for word in excerpt.words]
    alignment = align(claimed, claim.gaps, text)
    alignment, omitted = _with_negations(claim, excerpt, alignment)
    pairs = [(a, b) for a, b in alignment.pairs if a is not None and b is not None]
    same = tuple((a, b) for a, b in pairs if claimed[a] == text[b])
    cost, matched = alignment.cost, len(same)
    # Words that differ only in hyphens, stops or spaces are not changes.
    if cost and all(run.same for run in changes(claim, excerpt.text, excerpt.words, alignment)):
        cost, matched = 0, len(claimed)
    quotations = [excerpt.quotations[b] for _, b in same]
    inside = dict.fromkeys(quotation for quotation in quotations if quotation >= 0)
    speakers = dict.fromkeys(excerpts.speaker(excerpt.id.segment, quoted) for quoted in inside)
    notes = [f"the omission leaves out “{word}”" for word in dict.fromkeys(omitted)]
    joints = _joints(claim, excerpt, excerpts, same)
    return Match(
        excerpt,
        alignment,
        same,
        matched,
        cost + len(joints),
        tuple(speakers),
        2 * sum(quotation >= 0 for quotation in quotations) > len(quotations),
        (*notes, *dict.fromkeys(joints)),
    )


def _with_negations(
    claim: ClaimWords, excerpt: Excerpt, alignment: Alignment
) -> tuple[Alignment, list[str]]:
    """An alignment in which the words that turn the sense and that an ellipsis leaves out count as
    left out; and these words. Another as cheap without any is better.
    """
    turning = negations(excerpt) if claim.gaps else []
    omitted = omitted_negations(excerpt, turning, alignment) if turning else []
    if not omitted:
        return alignment, []
    claimed = [word.form for word in claim.words]
    text = [word.form for word in excerpt.words]
    other = align(claimed, claim.gaps, text, turning)
    if other.cost == alignment.cost:
        return other, []
    words = [excerpt.words[index] for index in omitted]
    return with_omissions(alignment, omitted), [excerpt.text[w.start : w.end] for w in words]


def _joints(
    claim: ClaimWords, excerpt: Excerpt, excerpts: ExcerptReader, same: Sequence[tuple[int, int]]
) -> list[str]:
    """A note for each time that the match crosses from one quotation into another.

    A crossing at an ellipsis of the claim does not count, unless the speakers differ, or the parts
    are neither of one quotation nor of paragraphs side by side.
    """
    joints = []
    for (claim_index, text_index), (next_claim_index, next_text_index) in pairwise(same):
        first, second = excerpt.quotations[text_index], excerpt.quotations[next_text_index]
        if first == second >= 0:
            continue
        has_gap = any(claim_index < gap <= next_claim_index for gap in claim.gaps)
        if has_gap and _paragraph(excerpt, next_text_index) - _paragraph(excerpt, text_index) > 1:
            joints.append("parts of paragraphs far apart are joined")
            continue
        if -1 in (first, second):
            continue
        segment = excerpt.id.segment
        speakers = {excerpts.speaker(segment, first), excerpts.speaker(segment, second)}
        if len(speakers - {""}) > 1:
            joints.append("quotations of two speakers are joined")
        elif not has_gap:
            joints.append("two quotations are joined without an ellipsis")
    return joints


def _paragraph(excerpt: Excerpt, word: int) -> int:
    """The index, in an excerpt, of the paragraph of a word."""
    return bisect_right(excerpt.starts, word)

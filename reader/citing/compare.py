"""Compares a claim with an excerpt of the corpus."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from reader.citing.alignment import Alignment, ClaimWords, align, changes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.citing.excerpts import Excerpt, ExcerptReader


class Match(NamedTuple):
    """A claim aligned with an excerpt.

    `same` are the pairs of indexes, in the claim and in the excerpt, of equal words. `matched` is
    the number of the claim's words in the excerpt, `cost` that of the changes. `speakers` are those
    of the quotations with the words, "" where not named; empty if the words are not quoted.
    `is_quoted`: most of the words are in quotations.
    """

    excerpt: Excerpt
    alignment: Alignment
    same: tuple[tuple[int, int], ...]
    matched: int
    cost: int
    speakers: tuple[str, ...]
    is_quoted: bool


def compare(claim: ClaimWords, excerpt: Excerpt, excerpts: ExcerptReader) -> Match:
    """The best alignment of a claim with an excerpt."""
    claimed = [word.form for word in claim.words]
    text = [word.form for word in excerpt.words]
    alignment = align(claimed, claim.gaps, text)
    pairs = [(a, b) for a, b in alignment.pairs if a is not None and b is not None]
    same = tuple((a, b) for a, b in pairs if claimed[a] == text[b])
    cost, matched = alignment.cost, len(same)
    # Words that differ only in hyphens, stops or spaces are not changes.
    if cost and all(run.same for run in changes(claim, excerpt.text, excerpt.words, alignment)):
        cost, matched = 0, len(claimed)
    quotations = [excerpt.quotations[b] for _, b in same]
    inside = dict.fromkeys(quotation for quotation in quotations if quotation >= 0)
    speakers = dict.fromkeys(excerpts.speaker(excerpt.id.segment, quoted) for quoted in inside)
    return Match(
        excerpt,
        alignment,
        same,
        matched,
        cost + _joints(claim, excerpt, excerpts, same),
        tuple(speakers),
        2 * sum(quotation >= 0 for quotation in quotations) > len(quotations),
    )


def _joints(
    claim: ClaimWords, excerpt: Excerpt, excerpts: ExcerptReader, same: Sequence[tuple[int, int]]
) -> int:
    """The number of times that the match crosses from one quotation into another.

    A crossing at an ellipsis of the claim does not count, unless the speakers differ.
    """
    joints = 0
    for (claim_index, text_index), (next_claim_index, next_text_index) in pairwise(same):
        first, second = excerpt.quotations[text_index], excerpt.quotations[next_text_index]
        if -1 in (first, second) or first == second:
            continue
        segment = excerpt.id.segment
        speakers = {excerpts.speaker(segment, first), excerpts.speaker(segment, second)}
        has_gap = any(claim_index < gap <= next_claim_index for gap in claim.gaps)
        if not has_gap or len(speakers - {""}) > 1:
            joints += 1
    return joints

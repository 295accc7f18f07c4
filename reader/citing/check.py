"""Checks claims against the corpus: the words and their attribution."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from reader.citing.alignment import ClaimWords, changes, claim_words, text_words
from reader.citing.candidates import CandidateFinder, articles_titled
from reader.citing.claims import CheckedClaim, Claim, Verdict
from reader.citing.compare import Match, compare
from reader.citing.excerpts import ExcerptReader, ParagraphId
from reader.citing.negations import notes_beside
from reader.citing.speakers import SpeakerNames, is_publication
from reader.language.tokens import forms
from reader.model.dates import day_number

if TYPE_CHECKING:
    from reader.model.summary import Summary
    from reader.search.engine import Index

# The least overlap of a claim with an excerpt that is not coincidence: the mean of the share of the
# claim's words that the excerpt has in order, and of their share by IDF. It is higher for words of
# another speaker than the claim's, as common words may coincide.
_MIN_OVERLAP = 0.45
_MIN_OVERLAP_MISATTRIBUTED = 0.65
# A run of words, all in a row, that is not coincidence either.
_LONG_RUN = 8
# The most words that an ellipsis may leave out.
_MOST_LEFT_OUT = 300
# Candidates for an exact match that are compared.
_MOST_EXACT = 2000


class Checker:
    """Checks claims against the paragraphs of an index. Raises Damaged."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._candidates = CandidateFinder(index)
        self._excerpts = ExcerptReader(index.segments)
        self._speakers = SpeakerNames(index.segments)

    def check(self, claim: Claim) -> CheckedClaim:
        """The claim with its verdict and the best match."""
        words = claim_words(claim.words)
        if not words.words:
            return CheckedClaim(claim, "missing")
        match = min(self._matches(words), key=lambda m: self._sort_key(claim, m), default=None)
        verdict = self._verdict(claim, words, match) if match else "missing"
        # Drafts put the titles of articles in quotation marks too.
        if verdict != "verbatim" and (title := self._check_title(claim)):
            return title
        if match is None or verdict == "missing":
            return CheckedClaim(claim, "missing")
        return self._checked(claim, words, match, verdict)

    def _matches(self, words: ClaimWords) -> Iterator[Match]:
        """The claim compared with its candidates: the exact matches, or the nearest if none is."""
        has_exact = False
        exact = iter(()) if words.gaps else self._candidates.exact(words)
        for id in islice(exact, _MOST_EXACT):
            match = compare(words, self._excerpts.read(id), self._excerpts)
            if match.cost == 0:
                has_exact = True
                yield match
        if has_exact:
            return
        more = len(words.words) + (_MOST_LEFT_OUT if words.gaps else 0)
        for id in self._candidates.nearest(words):
            yield compare(words, self._excerpts.read(id, more), self._excerpts)

    def _sort_key(self, claim: Claim, match: Match) -> tuple[object, ...]:
        """Sort key of matches: fewest changes, less the words matched; by the claimed speaker; in a
        quotation; attributed; newest first; then by id and paragraph.
        """
        id = match.excerpt.id
        summary = self._summary(id)
        return (
            match.cost - match.matched,
            not self._has_speaker(claim, match),
            not match.is_quoted,
            not any(match.speakers),
            -day_number(summary.date),
            summary.id,
            id.paragraph,
        )

    def _verdict(self, claim: Claim, words: ClaimWords, match: Match) -> Verdict:
        has_speaker = self._has_speaker(claim, match)
        if match.cost == 0:
            return "verbatim" if has_speaker else "misattributed"
        min_overlap = _MIN_OVERLAP if has_speaker else _MIN_OVERLAP_MISATTRIBUTED
        return "altered" if self._is_similar(words, match, min_overlap) else "missing"

    def _is_similar(self, words: ClaimWords, match: Match, min_overlap: float) -> bool:
        """Whether the overlap of a claim with an excerpt is too large to be coincidence."""
        same = [index for index, _ in match.same]
        if _longest_run(same) >= _LONG_RUN:
            return True
        weights = [self._candidates.idf(word.form) for word in words.words]
        share = len(same) / len(weights)
        share_by_idf = sum(weights[index] for index in same) / sum(weights)
        return (share + share_by_idf) / 2 >= min_overlap and len(same) > 1

    def _has_speaker(self, claim: Claim, match: Match) -> bool:
        """Whether the words may be by the speaker that the claim names, if it names one."""
        if claim.speaker is None:
            return True
        if not match.is_quoted:
            return is_publication(claim.speaker, self._summary(match.excerpt.id))
        return all(self._speakers.may_be(claim.speaker, speaker) for speaker in match.speakers)

    def _check_title(self, claim: Claim) -> CheckedClaim | None:
        """The claim as the title of an article; None if no article has it."""
        claimed = [word.form for word in text_words(claim.words)]
        for index, segment in enumerate(self._index.segments):
            for article in articles_titled(segment, forms(claim.words)):
                summary = self._index.summary(index, article)
                if [word.form for word in text_words(summary.title)] == claimed:
                    return CheckedClaim(claim, "verbatim", summary)
        return None

    def _checked(
        self, claim: Claim, words: ClaimWords, match: Match, verdict: Verdict
    ) -> CheckedClaim:
        excerpt = match.excerpt
        index = _main_paragraph(match)
        return CheckedClaim(
            claim,
            verdict,
            self._summary(excerpt.id),
            self._excerpts.paragraph_number(excerpt.id) + index,
            excerpt.texts[index],
            next(filter(None, match.speakers), None),
            changes(words, excerpt.text, excerpt.words, match.alignment) if match.cost else (),
            match.notes or (() if match.cost else notes_beside(excerpt, match.alignment)),
        )

    def _summary(self, id: ParagraphId) -> Summary:
        return self._index.summary(id.segment, self._excerpts.article(id))


def _longest_run(indexes: list[int]) -> int:
    """The length of the longest run of consecutive integers in an ascending list."""
    longest = run = min(len(indexes), 1)
    for before, index in pairwise(indexes):
        run = run + 1 if index == before + 1 else 1
        longest = max(longest, run)
    return longest


def _main_paragraph(match: Match) -> int:
    """The index, in the excerpt, of the paragraph to cite for a match: the first with words of an
    exact match, else that with the most words.
    """
    aligned = [pair[1] for pair in match.alignment.pairs if pair[1] is not None]
    counts = Counter(bisect_right(match.excerpt.starts, index) - 1 for index in aligned)
    if match.cost == 0:
        return min(counts, default=0)
    return min(counts, key=lambda index: (-counts[index], index), default=0)

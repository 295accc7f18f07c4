"""Candidates: the paragraphs that a claim may quote, from the index alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from heapq import nlargest, nsmallest
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from reader.citing.excerpts import ParagraphId
from reader.index.segment import SHIFT
from reader.language.tokens import forms
from reader.search.postings import idf

if TYPE_CHECKING:
    from reader.citing.alignment import ClaimWords
    from reader.index.generation import OpenSegment
    from reader.index.segment import Postings
    from reader.search.engine import Index

# Candidates for a claim, and for a claim of few words, which leave more paragraphs equally likely.
_MOST_CANDIDATES = 12
_MOST_FOR_FEW_WORDS = 40
_FEW_WORDS = 12
# The look-up limit: the rarest words of a claim, at least a few, until they have this many
# occurrences.
_MOST_OCCURRENCES = 30_000
_FEWEST_WORDS = 3
# For signs such as %, which are not indexed: about that of a word in nine of ten paragraphs.
_IDF_OF_SIGN = 0.1
# The windows with the highest scores, from which the candidates are taken.
_MOST_WINDOWS = 400
# Windows have 2 ** 4 words: with additions or omissions in a claim, votes fall in a window and a
# neighbour. Positions are shifted, so that none is negative.
_WINDOW_BITS = 4
_SHIFTED = 1 << 12

# Scores by segment and window: an occurrence without its last bits.
_Scores = Mapping[tuple[int, int], float]


class _RareWord(NamedTuple):
    """A word of a claim: its form, its IDF, and its positions in the claim."""

    form: str
    idf: float
    positions: tuple[int, ...]


class CandidateFinder:
    """Finds candidates in the segments of an index. Raises Damaged."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._segments = index.segments
        self._total = sum(segment.document_count("text") for segment in index.segments)

    def exact(self, claim: ClaimWords) -> Iterator[ParagraphId]:
        """The paragraphs with all the words of a claim in a row, as the index tokenizes them."""
        claim_forms = forms(claim.text)
        if not claim_forms:
            return
        postings = self._index.resolver.phrase_of_forms(claim_forms)
        for segment in range(len(self._segments)):
            yield from (ParagraphId(segment, id) for id in sorted(postings.ids(segment)))

    def nearest(self, claim: ClaimWords) -> list[ParagraphId]:
        """The paragraphs most similar to a claim, the most similar first.

        Each occurrence of a word votes for a start offset of the claim. Windows of offsets are
        scored by the IDF of their votes (a Hough transform in one dimension); a paragraph's score
        is that of its best window with both neighbours.
        """
        scores = self._window_scores(claim)
        best: defaultdict[ParagraphId, float] = defaultdict(float)
        highest = nlargest(_MOST_WINDOWS, scores.items(), key=itemgetter(1))
        for (segment, window), score in highest:
            id = ParagraphId(segment, window >> (SHIFT - _WINDOW_BITS))
            if id.paragraph not in self._segments[segment].deleted_paragraphs:
                before = scores.get((segment, window - 1), 0)
                after = scores.get((segment, window + 1), 0)
                best[id] = max(best[id], score + after + before)
        most = _MOST_CANDIDATES if len(claim.words) > _FEW_WORDS else _MOST_FOR_FEW_WORDS
        return nsmallest(most, best, key=lambda candidate: (-best[candidate], candidate))

    def idf(self, form: str) -> float:
        """The IDF of a word: the lowest of its indexed forms; low for a sign, which is not indexed;
        the highest for a word that no paragraph has.
        """
        parts = (idf(self._total, self._frequency(part)) for part in forms(form))
        return min(parts, default=_IDF_OF_SIGN)

    def _window_scores(self, claim: ClaimWords) -> _Scores:
        scores: defaultdict[tuple[int, int], float] = defaultdict(float)
        for word in self._rarest(claim):
            for index, segment in enumerate(self._segments):
                postings = self._postings(segment, word.form)
                if postings is None:
                    continue
                every = range(segment.file.paragraphs)
                for position in word.positions:
                    for start in postings.occurrences(every, position - _SHIFTED):
                        scores[index, start >> _WINDOW_BITS] += word.idf
        return scores

    def _rarest(self, claim: ClaimWords) -> Iterator[_RareWord]:
        """The rarest words, up to the look-up limit."""
        claim_forms = forms(claim.text)
        frequencies = {form: self._frequency(form) for form in claim_forms}
        indexed = sorted({form for form in claim_forms if frequencies[form]})
        occurrences = 0
        for rank, form in enumerate(sorted(indexed, key=frequencies.__getitem__)):
            frequency = frequencies[form]
            occurrences += frequency
            if rank >= _FEWEST_WORDS and occurrences > _MOST_OCCURRENCES:
                return
            positions = tuple(n for n, own in enumerate(claim_forms) if own == form)
            yield _RareWord(form, idf(self._total, frequency), positions)

    def _frequency(self, form: str) -> int:
        """The number of paragraphs with a form, deleted ones included."""
        frequency = 0
        for segment in self._segments:
            word = segment.file.find("text", form)
            frequency += segment.file.document_frequency("text", word) if word >= 0 else 0
        return frequency

    @staticmethod
    def _postings(segment: OpenSegment, form: str) -> Postings | None:
        word = segment.file.find("text", form)
        return segment.file.postings("text", word) if word >= 0 else None


def articles_titled(segment: OpenSegment, words: Sequence[str]) -> list[int]:
    """The articles of a segment, as ids, with all the words in their titles."""
    ids: set[int] | None = None
    for form in words:
        word = segment.file.find("title", form)
        if word < 0:
            return []
        own = set(segment.file.postings("title", word).ids)
        ids = own if ids is None else ids & own
    return sorted((ids or set()) - segment.deleted_articles)

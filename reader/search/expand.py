"""Expands a question by related words from its best paragraphs.

This is pseudo-relevance feedback: the best paragraphs are assumed to be relevant, and their
distinctive words count in the ranking too. The model is RM3 (Lavrenko and Croft 2001; Abdul-Jaleel
et al. 2004) with paragraphs for documents, as an article drifts from one subject to another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from reader.language.tokens import forms, stem
from reader.language.word_lists import stop_words

# Tuned in 5 to 20 paragraphs, 20 to 60 words, 0.3 to 0.6: little changes near these values.
PARAGRAPHS = 8
_MAX_WORDS = 40
_SHARE = 0.4

_STOP_STEMS = frozenset(map(stem, stop_words()))


def related(terms: int, best: Sequence[tuple[str, float]]) -> dict[str, float]:
    """Expansion stems, with weights relative to the question's terms (1 each).

    `terms` is the number of these terms, `best` the paragraphs' texts with their scores.
    """
    total = sum(score for _, score in best)
    if not total:  # matches of a negation alone
        return {}
    weights: dict[str, float] = {}
    for text, score in best:
        counts = Counter(map(stem, forms(text)))
        length = sum(counts.values())
        for word, count in counts.items():
            if len(word) > 1 and word not in _STOP_STEMS:
                weights[word] = weights.get(word, 0.0) + score / total * count / length
    chosen = sorted(weights, key=lambda word: (-weights[word], word))[:_MAX_WORDS]
    share = sum(weights[word] for word in chosen)
    # The question's terms, at 1 each, make up 1 - _SHARE of the total weight.
    scale = terms * _SHARE / (1 - _SHARE)
    return {word: scale * weights[word] / share for word in chosen if share}

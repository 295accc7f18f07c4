"""Expands a question by related words, from the paragraphs that answer it best.

This is pseudo-relevance feedback: the best paragraphs are taken to be relevant, and the words that
stand out in them count in the ranking too. The model is RM3 (Lavrenko and Croft 2001; Abdul-Jaleel
et al. 2004) with paragraphs for documents, as an article drifts from one subject to another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from reader.language.tokens import forms, stem
from reader.language.word_lists import stop_words

# Tried from 5 to 20 paragraphs, 20 to 60 words, 0.3 to 0.6: little changes around these.
PARAGRAPHS = 8
_MAX_WORDS = 40
_SHARE = 0.4

_STOP_STEMS = frozenset(map(stem, stop_words()))


def related(terms: int, best: Sequence[tuple[str, float]]) -> dict[str, float]:
    """The stems that stand out in the best paragraphs, each with its weight beside a question's
    terms, each of which has the weight 1.

    `terms` is the number of these, `best` the paragraphs' texts with their scores.
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
    # The question's words have together 1 - _SHARE of all weight, and each of them counts 1.
    scale = terms * _SHARE / (1 - _SHARE)
    return {word: scale * weights[word] / share for word in chosen if share}

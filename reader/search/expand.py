"""Words that go with a question, from the paragraphs that answer it best.

Relevance feedback without a user: the best paragraphs are taken to be right, and the words that
stand out in them count too when articles and paragraphs are ranked. It is the relevance model RM3
(Lavrenko and Croft 2001; Abdul-Jaleel et al. 2004), with paragraphs for documents: a paragraph is
of one thing, where an article drifts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from reader.language.stop_words import STOP_WORDS
from reader.language.tokens import forms, stem

# Tried from 5 to 20 paragraphs, 20 to 60 words, 0.3 to 0.6: little changes around these.
PARAGRAPHS = 8
_WORDS = 40
_SHARE = 0.4

_STOP_STEMS = frozenset(map(stem, STOP_WORDS))


def related(asked: int, best: Sequence[tuple[str, float]]) -> dict[str, float]:
    """The stems that stand out in the best paragraphs, given with their scores, and how much each
    counts beside so many words that were asked for, of which each counts 1.
    """
    total = sum(score for _, score in best)
    weights: dict[str, float] = {}
    for text, score in best:
        counts = Counter(map(stem, forms(text)))
        length = sum(counts.values())
        for word, often in counts.items():
            if len(word) > 1 and word not in _STOP_STEMS:
                weights[word] = weights.get(word, 0.0) + score / total * often / length
    chosen = sorted(weights, key=lambda word: (-weights[word], word))[:_WORDS]
    share = sum(weights[word] for word in chosen)
    # The question's words have together 1 - _SHARE of all weight, and each of them counts 1.
    scale = asked * _SHARE / (1 - _SHARE)
    return {word: scale * weights[word] / share for word in chosen if share}

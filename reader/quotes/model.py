"""The model of quotations: a weight for each feature, learnt from annotated articles.

It is linear: the score of a candidate is the sum of the weights of its features. The weights are in
`weights.tsv` beside this file, a feature a line; `tests/bench/train_quotes.py` makes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from math import exp
from pathlib import Path

# Trained before candidates were limited to neighbouring sentences; retrained weights misclassified
# one more quotation of world-dev.jsonl, so these were kept.
WEIGHTS = Path(__file__).with_name("weights.tsv")


@cache
def weights() -> dict[str, float]:
    """The weight of each feature; a missing feature has the weight 0."""
    rows = (line.split("\t") for line in WEIGHTS.read_text(encoding="utf-8").splitlines())
    return {feature: float(weight) for feature, weight in rows}


def score(features: Iterable[str], weights: dict[str, float]) -> float:
    """The sum of the weights of the features."""
    get = weights.get
    return sum([get(feature, 0.0) for feature in features])


def shares(scores: Sequence[float]) -> list[float]:
    """The probability of each of several candidates, from their scores (softmax)."""
    highest = max(scores)
    exponentials = [exp(value - highest) for value in scores]
    total = sum(exponentials)
    return [value / total for value in exponentials]


def probability(value: float) -> float:
    """The probability of a statement from its score (logistic function)."""
    return 1 / (1 + exp(-value)) if value > -50 else 0.0

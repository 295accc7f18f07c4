"""The model of quotations: a weight for each feature, learnt from annotated articles.

It is linear: what a candidate scores is the sum of the weights of its features. The weights are in
`weights.tsv` beside this file, a feature a line; `tests/bench/train_quotes.py` makes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from math import exp
from pathlib import Path

WEIGHTS = Path(__file__).with_name("weights.tsv")


@cache
def weights() -> dict[str, float]:
    """The weight of each feature; those not there weigh nothing."""
    rows = (line.split("\t") for line in WEIGHTS.read_text(encoding="utf-8").splitlines())
    return {feature: float(weight) for feature, weight in rows}


def score(features: Iterable[str], known: dict[str, float]) -> float:
    """The sum of the weights of the features."""
    get = known.get
    return sum([get(feature, 0.0) for feature in features])


def shares(scores: Sequence[float]) -> list[float]:
    """How probable each of several is by its score: together 1."""
    most = max(scores)
    exponentials = [exp(value - most) for value in scores]
    total = sum(exponentials)
    return [value / total for value in exponentials]


def probability(value: float) -> float:
    """How probable it is by its score that something holds."""
    return 1 / (1 + exp(-value)) if value > -50 else 0.0

"""Explanations of queries."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Explanation:
    """A part of a query as it is understood: its depth in the query, the number of paragraphs that
    match it, and its text.
    """

    depth: int
    hits: int
    query: str

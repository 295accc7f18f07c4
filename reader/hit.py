"""What a search finds: plain data that the index makes and the views show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime


@dataclass(frozen=True)
class Hit:
    """A paragraph that a search found, with what is known of its article.

    `score` is comparable within one search only. `highlights` are the characters of `text` where
    each match starts and ends, in order, none overlapping.
    """

    article: str
    paragraph: int
    title: str
    date: datetime.date | None
    source: str | None
    text: str
    score: float
    highlights: tuple[tuple[int, int], ...]

"""What a search finds: plain data that the index makes and the views show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import datetime

Highlights: TypeAlias = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Hit:
    """A paragraph that a search found, with what is known of its article.

    `score` is comparable within one search only. `mark` finds the matches in a text.
    """

    article: str
    paragraph: int
    title: str
    date: datetime.date | None
    source: str | None
    text: str
    score: float
    mark: Callable[[str], Highlights]

    @cached_property
    def highlights(self) -> Highlights:
        """The characters of `text` where each match starts and ends, in order, none overlapping.

        Found when asked for: plain output does without, and it takes as long as all the rest.
        """
        return self.mark(self.text)

"""How the results of a search are given."""

from __future__ import annotations

from dataclasses import dataclass

from reader.model.arguments import check_choice, check_count
from reader.model.choices import SearchSort


@dataclass(frozen=True)
class ResultOptions:
    """How results are given.

    `question`: related words count in the ranking. `context` is the number of paragraphs on each
    side of a hit. `limit` is the largest number of hits or articles, 0 for all. Without
    `highlights` hits have neither these nor other names: to find them takes as long as the rest.

    Raises TypeError, ValueError for values that are not allowed.
    """

    question: bool = False
    sort: SearchSort = "relevance"
    context: int = 0
    limit: int = 0
    highlights: bool = True

    def __post_init__(self) -> None:
        check_choice("sort", self.sort, SearchSort)
        check_count("context", self.context)
        check_count("limit", self.limit)

"""Options of the results of a search."""

from __future__ import annotations

from dataclasses import dataclass

from reader.model.arguments import check_choice, check_count, check_type
from reader.model.choices import SearchSort


@dataclass(frozen=True)
class ResultOptions:
    """Options of results.

    `question`: related words count in the ranking. `context` is the number of paragraphs on each
    side of a hit. `limit` is the largest number of hits or articles, 0 for all. Without
    `highlights` hits have neither these nor `other_names`, which take as long as the rest.

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
        check_type("highlights", self.highlights, bool)
